using ProductVideo.Conformance.Providers;
using ProductVideo.Providers;
using ProductVideo.Providers.LocalAi;
using Xunit;

namespace ProductVideo.Tests.Providers.LocalAi;

/// <summary>A start returns while the server works on: what its refusals and losses lead to stands in <see cref="LocalAiVideoProviderTests"/>.</summary>
public sealed class LocalAiConformanceTests : VideoProviderConformance, IAsyncLifetime
{
    private readonly LocalAiParts _parts = new();
    private LocalAiCalls _calls = null!;
    private LocalAiVideoProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        await _parts.StartAsync();
        (_provider, _calls) = _parts.Process();
    }

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    protected override Task<IVideoProvider> StartAsync() => Task.FromResult<IVideoProvider>(_provider);

    protected override VideoRequest Request(string model) => LocalAiParts.Request(model);

    protected override async Task FinishAsync(ProviderOperation operation)
    {
        var end = _calls.EndOf(operation.RemoteId);
        _parts.Fake.FinishAll();
        await end;
    }

    /// <summary>The calls are on their way when a start returns.</summary>
    protected override async Task<int> TasksAsync()
    {
        for (var begun = _calls.Held; begun > 0; begun--)
            await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        return _parts.Fake.Tasks.Count;
    }
}
