using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Runway;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.Runway;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.Runway;

public sealed class RunwayConformanceTests : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeRunway _fake;

    public RunwayConformanceTests() => _fake = new FakeRunway { Clock = _parts.Clock };

    protected override FakeProvider Fake => _fake;

    protected override (ProviderFaultCode Code, TimeSpan? Wait) UsedUp => (ProviderFaultCode.RateLimited, TimeSpan.FromHours(1));

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        return new RunwayVideoProvider(
            new RunwayOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = Fake.Address },
            _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<RunwayVideoProvider>.Instance);
    }

    protected override VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the lamp.",
        Resolution = "720p",
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 960, 960)],
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
    }
}
