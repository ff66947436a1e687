using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Blobs;
using ProductVideo.Conformance;
using ProductVideo.Health;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Tests.BlobStores;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Health;

public sealed class HealthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-health-").FullName;
    private readonly FakeTimeProvider _clock = new(Some.Noon);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_server_that_is_being_stopped_is_not_ready_and_alive()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        (await AnswerAsync(client)).ShouldBe((HttpStatusCode.OK, "ready"));

        app.Lifetime.StopApplication();
        (await AnswerAsync(client)).ShouldBe((HttpStatusCode.ServiceUnavailable, "not ready: stopping"));
        (await client.GetStringAsync("/health/live", Token)).ShouldBe("live");
        using var head = new HttpRequestMessage(HttpMethod.Head, "/health/live");
        (await client.SendAsync(head, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task what_is_unfit_is_named_and_no_more_is_told_to_strangers()
    {
        await using var app = await StartAsync(services =>
        {
            services.AddSingleton<IBlobStore>(new FickleStore { Fails = true });
            services.Configure<HealthOptions>(health => health.MinFreeDisk = long.MaxValue);
        });
        using var client = app.GetTestClient();
        (await AnswerAsync(client)).ShouldBe((HttpStatusCode.ServiceUnavailable, "not ready: storage, disk"));
    }

    [Fact]
    public async Task a_worker_whose_sweep_hangs_is_unfit_until_it_looks_again()
    {
        var beat = new SweepBeat(_clock);
        Task<HealthCheckResult> Check(string roles) => new SweepCheck(beat, new ProductVideoOptions { Roles = roles }).CheckHealthAsync(new HealthCheckContext(), Token);
        _clock.Advance(TimeSpan.FromSeconds(60));
        (await Check("worker")).Status.ShouldBe(HealthStatus.Healthy);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var hung = await Check("worker");
        (hung.Status, hung.Description).ShouldBe((HealthStatus.Unhealthy, "The sweep has not looked for 61 s."));
        (await Check("web,render")).Status.ShouldBe(HealthStatus.Healthy, "it has no sweep");

        beat.Tell();
        (await Check("worker")).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task a_sweep_that_hangs_is_noticed_though_the_clock_was_set_back()
    {
        var clock = new SetBackClock(Some.Noon);
        var beat = new SweepBeat(clock);
        clock.SetBack = TimeSpan.FromHours(1);
        clock.Advance(TimeSpan.FromMinutes(2));
        var hung = await new SweepCheck(beat, new ProductVideoOptions { Roles = "worker" }).CheckHealthAsync(new HealthCheckContext(), Token);
        (hung.Status, hung.Description).ShouldBe((HealthStatus.Unhealthy, "The sweep has not looked for 120 s."));
    }

    [Fact]
    public async Task a_storage_that_failed_is_noticed_though_the_clock_was_set_back()
    {
        var clock = new SetBackClock(Some.Noon);
        var store = new FickleStore();
        var check = new StorageCheck(store, clock);
        (await check.CheckHealthAsync(new HealthCheckContext(), Token)).Status.ShouldBe(HealthStatus.Healthy);
        (store.Fails, clock.SetBack) = (true, TimeSpan.FromHours(1));
        clock.Advance(TimeSpan.FromMinutes(2));
        (await check.CheckHealthAsync(new HealthCheckContext(), Token)).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task a_sweep_that_finds_nothing_has_looked()
    {
        var fixture = new PipelineFixture { Clock = _clock };
        await fixture.InitializeAsync();
        await using (fixture)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await fixture.Get<Sweep>().RunAsync(Token);
            fixture.Get<SweepBeat>().Since.ShouldBe(TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task storage_is_tried_once_a_minute_and_again_at_once_after_it_failed()
    {
        var store = new FickleStore();
        var check = new StorageCheck(store, _clock);
        async Task<HealthStatus> Check() => (await check.CheckHealthAsync(new HealthCheckContext(), Token)).Status;
        (await Check(), await Check(), store.Inner.Writes).ShouldBe((HealthStatus.Healthy, HealthStatus.Healthy, 1));
        (await store.Inner.ListAsync("", Token).ToListAsync(Token)).ShouldBeEmpty();

        store.Fails = true;
        (await Check()).ShouldBe(HealthStatus.Healthy);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await Check(), await Check()).ShouldBe((HealthStatus.Unhealthy, HealthStatus.Unhealthy));

        (store.Fails, store.Forgets) = (false, true);
        (await Check()).ShouldBe(HealthStatus.Unhealthy, "what was written is not there");
        store.Forgets = false;
        (await Check(), store.Inner.Writes).ShouldBe((HealthStatus.Healthy, 3));
    }

    [Fact]
    public void a_server_drains_as_long_as_it_was_told_and_not_at_all_by_default()
    {
        new Draining(new HealthOptions(), _clock).StoppingAsync(Token).IsCompletedSuccessfully.ShouldBeTrue();
        var draining = new Draining(new HealthOptions { Drain = TimeSpan.FromSeconds(10) }, _clock).StoppingAsync(Token);
        _clock.Advance(TimeSpan.FromSeconds(9));
        draining.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        draining.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void settings_that_make_no_sense_are_named()
    {
        new HealthOptions().Mistakes().ShouldBeEmpty();
        new HealthOptions { MinFreeDisk = -1, Drain = TimeSpan.FromMinutes(5) }.Mistakes().ShouldBe(
        [
            "ProductVideo:Health:MinFreeDisk is -1; write how many bytes must be free, or 0.",
            "ProductVideo:Health:Drain is 00:05:00; write up to 30 seconds, for example 00:00:10.",
        ]);
    }

    private async Task<WebApplication> StartAsync(Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddCheckedFfmpeg();
        add?.Invoke(builder.Services);
        builder.Services.AddProductVideo(options => options.DataFolder = _folder);
        var app = builder.Build();
        app.MapProductVideo();
        await app.StartAsync(Token);
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Text)> AnswerAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/health/ready", Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private sealed class FickleStore : IBlobStore
    {
        public MemoryBlobStore Inner { get; } = new();

        public bool Fails { get; set; }

        public bool Forgets { get; set; }

        public Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken) =>
            Fails ? throw new BlobStoreException("The storage is full.", "No room.") : Inner.PutAsync(key, content, contentType, mode, cancellationToken);

        public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => Forgets ? Task.FromResult<Stream?>(null) : Inner.OpenAsync(key, cancellationToken);

        public Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken) => Inner.FindAsync(key, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => Inner.DeleteAsync(key, cancellationToken);

        public IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken) => Inner.ListAsync(prefix, cancellationToken);

        public Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => Inner.ReadUrlAsync(key, lifetime, cancellationToken);
    }
}
