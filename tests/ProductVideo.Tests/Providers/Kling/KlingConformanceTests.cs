using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Kling;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.Kling;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.Kling;

public sealed class KlingConformanceTests() : KlingSuite("kling-3.0")
{
    protected override VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the lamp.",
        Resolution = "720p",
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 1080, 1080)],
    };
}

public sealed class GoodsStudioConformanceTests() : KlingSuite("goods-studio")
{
    protected override VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.References,
        Seconds = 15,
        Resolution = "720p",
        Product = new ProductWords("Desk lamp", "Bends where it is wanted."),
        Images = [new RequestImage(ImageRole.Reference, "prepared/1.jpg", "image/jpeg", 1080, 1080)],
    };
}

public abstract class KlingSuite : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeKling _fake;
    private readonly string _model;

    private protected KlingSuite(string model) => (_model, _fake) = (model, new FakeKling { Clock = _parts.Clock });

    protected override FakeProvider Fake => _fake;

    /// <summary>A failed task says why in words only.</summary>
    protected override ProviderFaultCode LateModeration => ProviderFaultCode.TaskFailed;

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        var options = new KlingOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = Fake.Address, GoodsStudio = true, PriceDate = new DateOnly(2026, 11, 1) };
        options.PricePerSecond[_model] = new(StringComparer.Ordinal) { ["720p"] = 0.1m };
        return new KlingVideoProvider(options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<KlingVideoProvider>.Instance);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
        GC.SuppressFinalize(this);
    }
}
