using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenRouter;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Tests.Providers.OpenRouter;

public sealed class OpenRouterConformanceTests : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeOpenRouter _fake;

    public OpenRouterConformanceTests() => _fake = new FakeOpenRouter { Clock = _parts.Clock };

    protected override FakeProvider Fake => _fake;

    /// <summary>Why a task failed is told in words alone.</summary>
    protected override ProviderFaultCode LateModeration => ProviderFaultCode.TaskFailed;

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        return await _parts.ReadProviderAsync(OpenRouterParts.Options(
            _fake, OpenRouterModels.BySound, OpenRouterModels.ByCents, OpenRouterModels.ByToken, OpenRouterModels.ByMode, OpenRouterModels.ByPicture));
    }

    protected override VideoRequest Request(string model) => OpenRouterParts.Request(model);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
    }
}
