using System.Globalization;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;

namespace ProductVideo.EndToEnd.Live;

/// <summary>The real program against a real service, within a limit: who is let in, and the main job from order to listing, each exchange recorded.</summary>
internal static class LiveRun
{
    /// <param name="service">Whom to ask.</param>
    /// <param name="recordings">Where the exchanges are written.</param>
    /// <param name="more">Arguments of <c>generate</c>, for example a resolution.</param>
    /// <returns>What went between the product and the service, in order.</returns>
    public static async Task<IReadOnlyList<Recorder.Exchange>> RunAsync(LiveService service, string recordings, params IReadOnlyList<string> more)
    {
        await using var recorder = await Recorder.StartAsync(service.Address, recordings, new Redaction(service.ApiKey));
        var data = Checkout.NewFolder();
        try
        {
            await HostProcess.BeginAsync(data);
            // Another key must not get in: otherwise it is not this key that opens the door.
            (await HostProcess.RunAsync(["providers", "--test", "--data", data], Settings(service with { ApiKey = "no-key-of-" + service.Provider }, recorder.Address)))
                .ExitCode.ShouldBe(1, $"{service.Provider} lets in a key that nobody has");
            var let = await HostProcess.RunAsync(["providers", "--test", "--data", data], Settings(service, recorder.Address));
            let.ExitCode.ShouldBe(0, let.Output + let.Errors);

            var made = await HostProcess.RunAsync(
                ["generate", "--shop", "sample", "--product", "stoneware-mug", "--provider", service.Provider, "--publish", "--wait", "--data", data, "--yes-pay", "10 USD", "--yes-pay", "100 CNY", .. more],
                Settings(service, recorder.Address));
            made.ExitCode.ShouldBe(0, made.Output + made.Errors);
            made.Output.ShouldContain("On its listing: ");

            var ledger = await HostProcess.RunAsync(["spend", "--data", data], Settings(service, recorder.Address));
            await File.WriteAllTextAsync(Path.Combine(recordings, "spend.csv"), ledger.Output);
            await File.WriteAllTextAsync(Path.Combine(recordings, "generate.txt"), made.Output);
            return [.. recorder.Exchanges];
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static Dictionary<string, string> Settings(LiveService service, Uri recorder) => new(StringComparer.Ordinal)
    {
        [$"PRODUCTVIDEO_ProductVideo__{service.Section}__ApiKey"] = service.ApiKey,
        [$"PRODUCTVIDEO_ProductVideo__{service.Section}__BaseAddress"] = recorder.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__0"] = recorder.Authority,
        // The bytes of a clip come from an address that the service names, past the recorder.
        ["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__1"] = service.Address.Authority,
        ["PRODUCTVIDEO_ProductVideo__Spending__Caps__0__Provider"] = service.Provider,
        ["PRODUCTVIDEO_ProductVideo__Spending__Caps__0__Period"] = "ever",
        ["PRODUCTVIDEO_ProductVideo__Spending__Caps__0__Amount"] = service.Limit.ToString(CultureInfo.InvariantCulture),
        ["PRODUCTVIDEO_ProductVideo__Spending__Caps__0__Currency"] = service.Currency,
    };
}
