using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Jobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

/// <summary>What a provider says it charged is booked as far as it can be meant, and whoever runs the server hears of what nobody expected.</summary>
public sealed class CostAlarmTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private readonly PipelineFixture _pipeline;

    public CostAlarmTests() => _pipeline = new() { Add = services => services.AddSingleton<ILoggerProvider>(_log) };

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Theory]
    [InlineData(false, "0.70", "0.70", null)]
    [InlineData(false, "0.71", "0.71", "over")]
    [InlineData(true, "0.71", "0.71", "over")]
    [InlineData(false, "1000000000", "1000000000", "over")]
    [InlineData(false, "1000000000000000", "0.70", "unreadable")]
    [InlineData(true, "1000000000000000", "0.70", "unreadable")]
    [InlineData(false, "-1", "0.70", "unreadable")]
    public async Task a_cost_that_nobody_expected_is_counted_and_told(bool inBatch, string told, string booked, string? kind)
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip], Usd(told));
        using var counted = new Counted();
        var made = await MovedAsync(inBatch);

        made.State.ShouldBeOfType<GenerationState.AwaitingReview>();
        made.Cost.ShouldBe(Usd(booked));
        counted.Of(made.Order.Provider).ShouldBe(kind is null ? [] : [kind]);
        var errors = _log.Lines.Where(line => line.Level == LogLevel.Error).Select(line => line.Text).ToList();
        if (kind is null)
            errors.ShouldBeEmpty();
        else
            errors.ShouldHaveSingleItem().ShouldStartWith($"{made.Order.Provider} says that it charged {Usd(told)} for generation {made.Id}");
    }

    private static Money Usd(string amount) => new(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "USD");

    private async Task<Generation> MovedAsync(bool inBatch)
    {
        var ordered = await _pipeline.OrderAsync();
        if (!inBatch)
            return await _pipeline.AdvanceAsync(ordered.Id);
        await _pipeline.Get<Sweep>().RunAsync(CancellationToken.None);
        return await _pipeline.AdvanceAsync(ordered.Id);
    }

    /// <summary>Listens for the counter of unexpected costs.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly System.Collections.Concurrent.ConcurrentQueue<(string Kind, string Provider)> _seen = new();

        public Counted()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "productvideo.costs.unexpected")
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                var told = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
                _seen.Enqueue((told["kind"], told["provider"]));
            });
            _listener.Start();
        }

        public string[] Of(string provider) => [.. _seen.Where(one => one.Provider == provider).Select(one => one.Kind)];

        public void Dispose() => _listener.Dispose();
    }
}
