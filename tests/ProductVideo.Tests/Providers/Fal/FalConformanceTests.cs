using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Fal;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.Fal;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.Fal;

public sealed class FalConformanceTests : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeFal _fake;

    public FalConformanceTests() => _fake = new FakeFal { Clock = _parts.Clock };

    protected override FakeProvider Fake => _fake;

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        var options = new FalOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = Fake.Address };
        foreach (var preset in FalPreset.All)
            options.Models.Add(new FalModelOptions { Id = preset.Id, PricePerSecond = 0.1m });
        return new FalVideoProvider(options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<FalVideoProvider>.Instance);
    }

    protected override VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the lamp.",
        Resolution = FalPreset.Of(model)!.Resolutions.FirstOrDefault(),
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 1080, 1080)],
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
    }
}
