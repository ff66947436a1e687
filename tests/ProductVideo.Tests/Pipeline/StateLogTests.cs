using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Jobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

/// <summary>What became of a video that went wrong is one line of the log, whoever moved it.</summary>
public sealed class StateLogTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private readonly PipelineFixture _pipeline;

    public StateLogTests() => _pipeline = new() { Add = services => services.AddSingleton<ILoggerProvider>(_log) };

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_video_that_failed_is_told_with_its_product_and_reason(bool inBatch)
    {
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.TaskFailed, "the model crashed", "It could not be made."));
        var ordered = await MovedAsync(inBatch);
        ordered.State.ShouldBeOfType<GenerationState.Failed>();
        Lines("failed").ShouldBe([(LogLevel.Information, $"Generation {ordered.Id} of test/mug failed: the model crashed")]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_video_in_doubt_is_a_warning(bool inBatch)
    {
        _pipeline.Provider.Correlation = CorrelationClass.Nothing;
        _pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset by peer", "The connection broke."));
        var ordered = await MovedAsync(inBatch);
        ordered.State.ShouldBeOfType<GenerationState.InDoubt>();
        var (level, text) = Lines("in doubt").ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Warning);
        text.ShouldStartWith($"Generation {ordered.Id} of test/mug is in doubt and waits for a person: ");
    }

    private IEnumerable<(LogLevel Level, string Text)> Lines(string word) => _log.Lines.Where(line => line.Text.Contains(word, StringComparison.Ordinal));

    private async Task<Generation> MovedAsync(bool inBatch)
    {
        var ordered = await _pipeline.OrderAsync();
        if (!inBatch)
            return await _pipeline.AdvanceAsync(ordered.Id);
        await _pipeline.Get<Sweep>().RunAsync(CancellationToken.None);
        return await _pipeline.Get<VideoGenerations>().GetAsync(ordered.Id, CancellationToken.None);
    }
}
