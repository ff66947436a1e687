using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProductVideo.Benchmarks.Measuring;
using ProductVideo.Benchmarks.Rendering;
using ProductVideo.Conformance.Blobs;
using ProductVideo.Rendering;

namespace ProductVideo.Benchmarks.Streaming;

/// <summary>
/// Performance goal 8: a clip's way from the provider's server to the blob store, by the product's own code, each in a process of its own.
/// Memory must not grow with the clip, and the whole way must not take much longer than the upload alone. The emulator is the slow end, and
/// both sides meet the same one.
/// </summary>
internal static class StreamingBenchmark
{
    private const int First = 10;
    private const int Small = 50;
    private const int Large = 500;

    /// <summary>What a process has in memory grows with how long it runs, by code that is compiled again; that is no matter of the clip.</summary>
    private const string Recompiling = "DOTNET_TieredCompilation";

    /// <summary>Prints the figures.</summary>
    /// <returns>0 if the goals are met, else 1.</returns>
    public static async Task<int> RunAsync(bool quick)
    {
        var folder = Directory.CreateTempSubdirectory("pv-streaming-").FullName;
        await using var store = new Azurite();
        await store.InitializeAsync();
        await using var provider = Serve(folder);
        await provider.StartAsync();
        try
        {
            Environment.SetEnvironmentVariable(ClipChild.Store, store.ConnectionString);
            var report = Measure(folder, new Uri(provider.Urls.First()), quick ? 1 : 3);
            Console.WriteLine(report);
            return report.AllMet ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Report Measure(string folder, Uri provider, int rounds)
    {
        var ffmpeg = FfmpegTool.Find(ffmpegPath: null, ffprobePath: null);
        var film = BigClip.Film(folder, ffmpeg.FfmpegPath);
        var (small, large, usual, rates) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            Environment.SetEnvironmentVariable(Recompiling, "0");
            small.Add(Bring(Small).PeakMegabytes);
            large.Add(Bring(Large).PeakMegabytes);
            Environment.SetEnvironmentVariable(Recompiling, null);
            // A pair, and the other way round in the next, so that a busy moment meets both.
            var uploadFirst = round % 2 == 1 ? Upload().WallSeconds : 0;
            var brought = Bring(Large);
            var uploaded = uploadFirst > 0 ? uploadFirst : Upload().WallSeconds;
            usual.Add(brought.PeakMegabytes);
            rates.Add(uploaded / brought.WallSeconds);
            Console.Error.WriteLine(FormattableString.Invariant(
                $"round {round + 1}: {small[^1]:0} and {large[^1]:0} MB, {usual[^1]:0} MB as it runs; {Large / brought.WallSeconds:0} MB/s brought, {Large / uploaded:0} MB/s uploaded"));
        }

        var report = new Report();
        report.AtMost($"peak memory of a {Large} MB clip, MB", 110, Median(usual));
        report.AtMost($"the same / that of a {Small} MB clip, nothing compiled again", 1.15, Median(large) / Median(small));
        report.AtLeast($"rate of the whole way / of the upload alone, {Large} MB", 0.75, Median(rates));
        return report;

        ChildCost Bring(int megabytes) => Run(megabytes, (first, clip) =>
            ChildRun.Self("bring-clip", Address(first), Address(clip), ffmpeg.FfmpegPath, ffmpeg.FfprobePath));

        ChildCost Upload() => Run(Large, (first, clip) => ChildRun.Self("upload-clip", first, clip));

        string Address(string clip) => new Uri(provider, Path.GetFileName(clip)).AbsoluteUri;

        ChildCost Run(int megabytes, Func<string, string, ChildCost> run)
        {
            var (first, clip) = (BigClip.Make(folder, film, First), BigClip.Make(folder, film, megabytes));
            var cost = run(first, clip);
            File.Delete(first);
            File.Delete(clip);
            return cost;
        }
    }

    private static WebApplication Serve(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/{file}", (string file) => Results.File(Path.Combine(folder, Path.GetFileName(file)), "video/mp4"));
        return app;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
