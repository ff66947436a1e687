using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.DashScope;
using ProductVideo.Tests.Generations;

namespace ProductVideo.Tests.Providers.DashScope;

public sealed class HappyHorseConformanceTests : DashScopeConformanceTests
{
    internal override DashScopeFamily Family => DashScopeFamily.HappyHorse;
}

public sealed class WanConformanceTests : DashScopeConformanceTests
{
    internal override DashScopeFamily Family => DashScopeFamily.Wan;
}

public abstract class DashScopeConformanceTests : RemoteProviderConformance
{
    private readonly RemoteParts _parts = new();
    private readonly FakeDashScope _fake;

    protected DashScopeConformanceTests() => _fake = new FakeDashScope { Clock = _parts.Clock };

    internal abstract DashScopeFamily Family { get; }

    protected override FakeProvider Fake => _fake;

    protected override void PassTimeout() => _parts.Clock.Advance(new SubmitOptions().Timeout);

    protected override async Task<IVideoProvider> StartAsync()
    {
        await _parts.PictureAsync(ImageRole.FirstFrame);
        return new DashScopeVideoProvider(
            Family, new DashScopeOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = Fake.Address }, _parts.Exchange, _parts.Carrier, _parts.Clock,
            NullLogger<DashScopeVideoProvider>.Instance);
    }

    protected override VideoRequest Request(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the mug.",
        Resolution = "720P",
        Images = model.EndsWith("t2v", StringComparison.Ordinal) ? []
            : [new RequestImage(model.EndsWith("r2v", StringComparison.Ordinal) ? ImageRole.Reference : ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 1080, 1080)],
    };

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _parts.Dispose();
        GC.SuppressFinalize(this);
    }
}
