using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Data;
using ProductVideo.Health;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class GaugesTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task what_waits_for_a_worker_and_for_a_person_and_how_long_ago_it_was_looked_can_be_read_off()
    {
        _pipeline.Provider.Correlation = CorrelationClass.Nothing;
        _pipeline.Provider.OnStart = _ => new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "reset by peer", "The connection broke."));
        var beat = new SweepBeat(_pipeline.Clock);
        using var gauges = await StartedAsync(_pipeline.Get<GenerationStore>(), beat, "worker");
        Read(gauges).ShouldBe(["productvideo.sweep.age 0", "productvideo.videos.due 0", "productvideo.videos.in_doubt 0"]);

        var ordered = await _pipeline.OrderAsync();
        Read(gauges).ShouldContain("productvideo.videos.due 1");
        await _pipeline.AdvanceAsync(ordered.Id);
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(30));
        Read(gauges).ShouldBe(["productvideo.sweep.age 30", "productvideo.videos.due 0", "productvideo.videos.in_doubt 1"]);
    }

    [Fact]
    public async Task a_task_that_is_due_to_be_asked_about_is_counted_once()
    {
        using var gauges = await StartedAsync(_pipeline.Get<GenerationStore>(), new SweepBeat(_pipeline.Clock), "worker");
        var ordered = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(ordered.Id);
        Read(gauges).ShouldContain("productvideo.videos.due 0");
        _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        Read(gauges).ShouldContain("productvideo.videos.due 1");
    }

    [Fact]
    public async Task while_the_database_is_away_nothing_is_counted_and_a_server_without_the_worker_tells_nothing()
    {
        var away = new GenerationStore(new Away(), _pipeline.Get<IDatabaseClock>(), []);
        using var worker = await StartedAsync(away, new SweepBeat(_pipeline.Clock), "worker");
        Read(worker).ShouldBe(["productvideo.sweep.age 0"]);
        using var web = await StartedAsync(_pipeline.Get<GenerationStore>(), new SweepBeat(_pipeline.Clock), "web,render");
        Read(web).ShouldBeEmpty();
    }

    private async Task<Gauges> StartedAsync(GenerationStore store, SweepBeat beat, string roles)
    {
        var gauges = new Gauges(store, beat, new ProductVideoOptions { Roles = roles }, NullLogger<Gauges>.Instance);
        await gauges.StartAsync(CancellationToken.None);
        return gauges;
    }

    private static List<string> Read(Gauges gauges)
    {
        var read = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == gauges.Meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => read.Add(FormattableString.Invariant($"{instrument.Name} {value}")));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => read.Add(FormattableString.Invariant($"{instrument.Name} {value}")));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. read.Order(StringComparer.Ordinal)];
    }

    private sealed class Away : IDbContextFactory<ProductVideoDb>
    {
        public ProductVideoDb CreateDbContext() => throw new InvalidOperationException("The server can't be reached.");
    }
}
