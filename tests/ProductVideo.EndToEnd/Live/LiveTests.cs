using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Live;

/// <summary>Against the real service, for money: run by <c>tests/live</c> only.</summary>
public sealed class LiveTests
{
    [Fact(Explicit = true)]
    public async Task the_real_service_makes_a_video_of_the_sample_shop_within_the_limit()
    {
        var service = LiveService.Read(Environment.GetEnvironmentVariable);
        var recordings = Path.Combine(Checkout.Root, "artifacts", "live", service.Provider);
        if (Directory.Exists(recordings))
            Directory.Delete(recordings, recursive: true);
        var more = (Environment.GetEnvironmentVariable("PRODUCTVIDEO_LIVE_ORDER") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (await LiveRun.RunAsync(service, recordings, more)).ShouldNotBeEmpty();
        TestContext.Current.SendDiagnosticMessage($"Recorded in {recordings}");
    }
}
