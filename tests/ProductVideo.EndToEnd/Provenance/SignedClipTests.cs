using System.Diagnostics;
using ProductVideo.Clips;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Replicate;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.EndToEnd.Providers;
using ProductVideo.Provenance;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Provenance;

/// <summary>The real program signs clips, and a reader that is not ours judges them.</summary>
public sealed class SignedClipTests : IDisposable
{
    private readonly string _data = Checkout.NewFolder();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task a_clip_is_signed_by_the_installation_itself_where_no_certificate_is_named()
    {
        var (signed, drawn) = await MakeAsync([]);
        var verdict = await C2paReader.JudgeAsync(signed);
        verdict.State.ShouldBe("Valid");
        verdict.Failures.ShouldBe(["signingCredential.untrusted"]);
        var manifest = verdict.Manifest;
        manifest.GetProperty("claim_generator_info")[0].GetProperty("name").GetString().ShouldBe("ProductVideo");
        manifest.GetProperty("signature_info").GetProperty("common_name").GetString().ShouldStartWith("Clips of ProductVideo installation ");
        var action = manifest.GetProperty("assertions")[0].GetProperty("data").GetProperty("actions")[0];
        action.GetProperty("action").GetString().ShouldBe("c2pa.created");
        action.GetProperty("digitalSourceType").GetString().ShouldBe(AiMark.Drawn);
        manifest.GetRawText().ShouldNotContain("mug", Case.Insensitive);
        (await PicturesAsync(signed)).ShouldBe(await PicturesAsync(drawn), "each picture is to be what the model drew");
    }

    [Fact]
    public async Task a_clip_is_trusted_by_whoever_trusts_the_named_certificate_until_one_byte_of_it_changes()
    {
        var own = OwnCertificate.Make(DateTimeOffset.UtcNow);
        var (chain, key, root) = (Path.Combine(_data, "chain.pem"), Path.Combine(_data, "key.pem"), Path.Combine(_data, "root.pem"));
        await File.WriteAllTextAsync(chain, own.Certificate, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(key, own.Key, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(root, own.Authority, TestContext.Current.CancellationToken);
        var (signed, _) = await MakeAsync(new(StringComparer.Ordinal)
        {
            ["PRODUCTVIDEO_ProductVideo__Signing__Certificate"] = chain, ["PRODUCTVIDEO_ProductVideo__Signing__Key"] = key,
        });
        var verdict = await C2paReader.JudgeAsync(signed, root);
        (verdict.State, verdict.Failures.Count).ShouldBe(("Trusted", 0));

        var bytes = await File.ReadAllBytesAsync(signed, TestContext.Current.CancellationToken);
        foreach (var at in (int[])[bytes.AsSpan().IndexOf("mdat"u8) + 500, bytes.AsSpan().LastIndexOf("xpacket"u8)])
        {
            var changed = Path.Combine(_data, "changed.mp4");
            bytes[at] ^= 1;
            await File.WriteAllBytesAsync(changed, bytes, TestContext.Current.CancellationToken);
            bytes[at] ^= 1;
            verdict = await C2paReader.JudgeAsync(changed, root);
            (verdict.State, verdict.Failures.ShouldHaveSingleItem()).ShouldBe(("Invalid", "assertion.bmffHash.mismatch"));
        }
    }

    [Theory]
    [InlineData("+faststart")]
    [InlineData("+write_colr")]
    public async Task a_reader_accepts_it_wherever_the_index_stands(string flags)
    {
        var (drawn, laid, signed, root) = (Path.Combine(_data, "drawn.mp4"), Path.Combine(_data, "laid.mp4"), Path.Combine(_data, "signed.mp4"), Path.Combine(_data, "root.pem"));
        await File.WriteAllBytesAsync(drawn, await TestClip.MakeAsync(size: "320x320"), TestContext.Current.CancellationToken);
        await RunAsync("ffmpeg", "-nostdin", "-v", "error", "-i", drawn, "-c", "copy", "-movflags", flags, laid);
        var own = OwnCertificate.Make(DateTimeOffset.UtcNow);
        await File.WriteAllTextAsync(root, own.Authority, TestContext.Current.CancellationToken);
        await SignedMp4.WriteAsync(laid, signed, new ClipManifest(DateTimeOffset.UtcNow), own.ToSign(), TestContext.Current.CancellationToken);
        var verdict = await C2paReader.JudgeAsync(signed, root);
        verdict.State.ShouldBe("Trusted", string.Join(", ", verdict.Failures));
        (await PicturesAsync(signed)).ShouldBe(await PicturesAsync(drawn));
    }

    /// <summary>Orders one clip and brings it home.</summary>
    /// <returns>The stored file, and what the provider gave.</returns>
    private async Task<(string Signed, string Drawn)> MakeAsync(Dictionary<string, string> settings)
    {
        var data = Path.Combine(_data, "data");
        await using var fake = new FakeReplicate { FinishesAtOnce = true, Clip = await TestClip.MakeAsync() };
        await fake.StartAsync();
        const string Own = "PRODUCTVIDEO_ProductVideo__Replicate__";
        settings[Own + "ApiKey"] = FakeProvider.ApiKey;
        settings[Own + "BaseAddress"] = new Uri(fake.Address, "/v1").AbsoluteUri;
        (settings[Own + "Models__0__Id"], settings[Own + "Models__0__Seconds__0"], settings[Own + "Models__0__PricePerSecond__any"]) = (FakeReplicate.Model, "5", "0.1");
        settings[Own + "PriceDate"] = "2026-11-01";
        settings["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__0"] = fake.Address.Authority;
        var ended = await HostProcess.RunAsync(
            ["generate", "--shop", "sample", "--product", "stoneware-mug", "--provider", "replicate", "--aspect", "1:1", "--publish", "--wait", "--data", data, "--yes-pay", "100 USD"], settings);
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        ended.Output.ShouldContain("On its listing: ");
        var drawn = Path.Combine(_data, "drawn.mp4");
        await File.WriteAllBytesAsync(drawn, fake.Clip, TestContext.Current.CancellationToken);
        return (Directory.EnumerateFiles(Path.Combine(data, "blobs"), "*.mp4", SearchOption.AllDirectories).ShouldHaveSingleItem(), drawn);
    }

    /// <summary>A hash of each picture and each piece of sound.</summary>
    private static Task<string> PicturesAsync(string file) => RunAsync("ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", file, "-f", "framemd5", "-");

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        return output;
    }
}
