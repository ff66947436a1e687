using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Host;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class StrangersStopTests
{
    [Fact]
    public async Task a_request_that_never_ends_holds_up_a_stop_for_ten_seconds_at_most()
    {
        var clock = new FakeTimeProvider();
        using var endless = new Endless();
        using var server = new StrangersStop(endless, clock);
        var stopping = server.StopAsync(CancellationToken.None);
        clock.Advance(StrangersStop.Patience - TimeSpan.FromSeconds(1));
        stopping.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(1));
        await stopping;
    }

    [Fact]
    public async Task a_host_that_waits_no_longer_is_obeyed_at_once()
    {
        using var endless = new Endless();
        using var server = new StrangersStop(endless, new FakeTimeProvider());
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var stopping = server.StopAsync(impatient.Token);
        await impatient.CancelAsync();
        await stopping;
    }

    /// <summary>Waits for what is open, as Kestrel does: until it is told to wait no longer.</summary>
    private sealed class Endless : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) =>
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        public void Dispose()
        {
        }
    }
}
