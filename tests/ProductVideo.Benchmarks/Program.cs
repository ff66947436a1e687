using System.Globalization;
using ProductVideo.Benchmarks.Catalogs;
using ProductVideo.Benchmarks.Imaging;
using ProductVideo.Benchmarks.Remote;
using ProductVideo.Benchmarks.Rendering;
using ProductVideo.Benchmarks.Streaming;
using ProductVideo.Rendering;

return args switch
{
    ["renderer", .. var options] => await RendererBenchmark.RunAsync(quick: options.Contains("--quick")),
    ["imaging", .. var options] => ImagingBenchmark.Run(options),
    ["catalogue", .. var options] => await CatalogBenchmark.RunAsync(options),
    ["backfill", .. var options] => await BackfillBenchmark.RunAsync(options),
    ["remote", .. var options] => await RemoteBenchmark.RunAsync(options),
    ["streaming", .. var options] => await StreamingBenchmark.RunAsync(quick: options.Contains("--quick")),
    // What a benchmark starts as a child, so that the whole of its CPU time and memory can be measured.
    ["photos", var folder] => RenderOnce.Photos(folder),
    ["render", var folder, var preset, var times, var ffmpeg, var ffprobe] =>
        await RenderOnce.ClipAsync(folder, preset, int.Parse(times, CultureInfo.InvariantCulture), FfmpegTool.AlreadyChecked(ffmpeg, ffprobe)),
    ["prepare", var picture, var times] => ImagingBenchmark.PrepareMany(picture, int.Parse(times, CultureInfo.InvariantCulture)),
    ["catalogue-once", var folder, var database, var products] => await CatalogSide.RunAsync(folder, database, int.Parse(products, CultureInfo.InvariantCulture)),
    ["catalogue-tracked", var folder, var database, var products] => await CatalogSide.TrackedAsync(folder, database, int.Parse(products, CultureInfo.InvariantCulture)),
    ["backfill-once", var folder, var database, var products, var provider, var inFlight] =>
        await BackfillSide.RunAsync(folder, database, int.Parse(products, CultureInfo.InvariantCulture), new Uri(provider), int.Parse(inFlight, CultureInfo.InvariantCulture)),
    ["remote-provider"] => await FakeProvider.RunAsync(length: null),
    ["remote-provider", var seconds] => await FakeProvider.RunAsync(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))),
    ["remote-sweep", var provider, var folder, var database, var tasks] => await SweepSide.RunAsync(new Uri(provider), folder, database, int.Parse(tasks, CultureInfo.InvariantCulture)),
    ["remote-jobs", var provider, var database, var tasks] => await PollJobsSide.RunAsync(new Uri(provider), database, int.Parse(tasks, CultureInfo.InvariantCulture)),
    ["remote-calls", var provider, var tasks] => await BareCallsSide.RunAsync(new Uri(provider), int.Parse(tasks, CultureInfo.InvariantCulture)),
    ["bring-clip", var first, var address, var ffmpeg, var ffprobe] => await ClipChild.BringAsync(first, address, FfmpegTool.AlreadyChecked(ffmpeg, ffprobe)),
    ["upload-clip", var first, var file] => await ClipChild.UploadAsync(first, file),
    ["frames-once", var folder] => RenderOnce.Frames(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: dotnet run -c Release --project tests/ProductVideo.Benchmarks -- renderer [--quick] | imaging | remote [--tasks N] [--engine sqlite|postgres] [--rounds N] [--in-flight N] | streaming [--quick] | catalogue [--products N,N] [--engine sqlite,postgres] | backfill [--products N] [--in-flight N] [--engine sqlite|postgres]");
    return 2;
}
