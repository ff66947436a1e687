using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Seedance;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.Seedance;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.Seedance;

public sealed class SeedanceConformanceTests : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeArk _fake;

    public SeedanceConformanceTests() => _fake = new FakeArk { Clock = _parts.Clock, EchoesIdentifier = true };

    protected override FakeProvider Fake => _fake;

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        return new SeedanceVideoProvider(
            new SeedanceOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = new Uri(Fake.Address, "/api/v3"), EchoesIdentifier = true },
            // Waits before it asks for the list again.
            _parts.Exchange, _parts.Carrier, new PassingClock(), NullLogger<SeedanceVideoProvider>.Instance);
    }

    protected override VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the lamp.",
        Resolution = "720p",
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 1080, 1080)],
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
    }
}
