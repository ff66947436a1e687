using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Tests.Providers.OpenAiVideos;

public sealed class VllmOmniConformanceTests() : OpenAiVideosConformanceTests(VideosSoftware.VllmOmni);

public sealed class SglangConformanceTests() : OpenAiVideosConformanceTests(VideosSoftware.Sglang);

public sealed class GenericVideosConformanceTests() : OpenAiVideosConformanceTests(VideosSoftware.Generic);

public abstract class OpenAiVideosConformanceTests(VideosSoftware software) : RemoteProviderConformance
{
    private readonly ServerParts _parts = new(software);

    protected override FakeProvider Fake => _parts.Fake;

    /// <summary>SGLang calls a task queued from its beginning to its end.</summary>
    protected override bool TellsQueue => false;

    protected override void PassTimeout() => _parts.Remote.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PutPictureAsync();
        return _parts.Provider();
    }

    protected override VideoRequest Request(string model) => ServerParts.Request(model);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
        GC.SuppressFinalize(this);
    }
}
