using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.GeminiOmni;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.GeminiOmni;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.GeminiOmni;

public sealed class GeminiOmniConformanceTests : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeGeminiOmni _fake;

    public GeminiOmniConformanceTests() => _fake = new FakeGeminiOmni { Clock = _parts.Clock };

    protected override FakeProvider Fake => _fake;

    /// <summary>Only the task is judged, and no code says why it made no video.</summary>
    protected override ProviderFaultCode EarlyModeration => ProviderFaultCode.TaskFailed;

    protected override ProviderFaultCode LateModeration => ProviderFaultCode.TaskFailed;

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        return GeminiOmniVideoProviderTests.Create(_fake, _parts);
    }

    protected override VideoRequest Request(string model) => GeminiOmniVideoProviderTests.Order(model);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
    }
}
