using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Replicate;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.Replicate;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.Replicate;

public sealed class ReplicateConformanceTests : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeReplicate _fake;

    public ReplicateConformanceTests() => _fake = new FakeReplicate { Clock = _parts.Clock };

    protected override FakeProvider Fake => _fake;

    /// <summary>Models judge content when they run, each in words of its own.</summary>
    protected override ProviderFaultCode EarlyModeration => ProviderFaultCode.InvalidInput;

    protected override ProviderFaultCode LateModeration => ProviderFaultCode.TaskFailed;

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        var options = new ReplicateOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = new Uri(Fake.Address, "/v1"), PriceDate = new DateOnly(2026, 11, 1) };
        options.Models.Add(new ReplicateModelOptions { Id = FakeReplicate.Model, Seconds = { 5, 10 }, Resolutions = { "720p" }, PricePerSecond = { ["720p"] = 0.05m } });
        return new ReplicateVideoProvider(options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<ReplicateVideoProvider>.Instance);
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
