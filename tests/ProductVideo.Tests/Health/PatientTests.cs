using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Blobs;
using ProductVideo.Conformance;
using ProductVideo.Data;
using ProductVideo.Health;
using ProductVideo.Hosting;
using ProductVideo.Tests.BlobStores;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Health;

/// <summary>What takes a question and never answers, whatever the one who asks does.</summary>
public sealed class PatientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-patient-").FullName;
    private readonly FakeTimeProvider _clock = new(Some.Noon);
    private readonly Gate _gate = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_part_that_does_not_answer_is_unfit_after_5_seconds_and_asked_once_until_it_does()
    {
        var check = new Silent(_gate);
        var patient = new Patient<Silent>(check, _clock);
        Task<HealthCheckResult> Check() => patient.CheckHealthAsync(new HealthCheckContext(), Token);
        _gate.Close();
        var first = Check();
        _clock.Advance(TimeSpan.FromSeconds(4));
        var second = Check();
        (first.IsCompleted, second.IsCompleted).ShouldBe((false, false));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var unfit = (HealthStatus.Unhealthy, "It has not answered for 5 s.");
        ((await first).Status, (await first).Description).ShouldBe(unfit);
        ((await second).Status, (await second).Description).ShouldBe(unfit, "it waits no longer than the first");
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await Check()).Description.ShouldBe("It has not answered for 65 s.", "nobody waits again");
        await _gate.Asked;
        check.Looks.ShouldBe(1);

        _gate.Open();
        while ((await Check()).Status is not HealthStatus.Healthy)
            await Task.Yield();
        (await Check()).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task what_a_check_throws_is_told_as_ever()
    {
        var patient = new Patient<Failing>(new Failing(), _clock);
        await Should.ThrowAsync<TimeoutException>(() => patient.CheckHealthAsync(new HealthCheckContext(), Token));
    }

    [Fact]
    public async Task a_server_whose_database_and_storage_have_died_says_so_instead_of_hanging()
    {
        await using var app = await StartAsync();
        using var client = app.GetTestClient();
        (await client.GetStringAsync("/health/ready", Token)).ShouldBe("ready");
        _clock.Advance(TimeSpan.FromMinutes(2));

        _gate.Close();
        var asked = client.GetAsync("/health/ready", Token);
        // The request's own steps take real time: the clock goes on until they have come to waiting.
        while (!asked.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        using var answer = await asked;
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        // The disk's own look takes real time too, in which the clock may run past its patience.
        (await answer.Content.ReadAsStringAsync(Token)).ShouldStartWith("not ready: database, storage");
        _gate.Open();
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_clock);
        builder.Services.AddSingleton<IBlobStore>(new SilentStore(new MemoryBlobStore(), _gate));
        builder.Services.AddSingleton<IDbContextFactory<ProductVideoDb>>(all => new SilentDatabase(all.GetRequiredService<IDatabaseEngine>(), _gate));
        builder.Services.AddCheckedFfmpeg();
        builder.Services.AddProductVideo(options => (options.DataFolder, options.Roles) = (_folder, ProcessRoles.Web));
        var app = builder.Build();
        app.MapProductVideo();
        await app.StartAsync(Token);
        return app;
    }

    /// <summary>Lets through or keeps for as long as it is closed.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _way = Way(open: true);

        public Task Asked => _asked.Task;

        public Task PassAsync()
        {
            _asked.TrySetResult();
            return _way.Task;
        }

        public void Close() => _way = Way(open: false);

        public void Open() => _way.TrySetResult();

        private static TaskCompletionSource Way(bool open)
        {
            var way = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (open)
                way.SetResult();
            return way;
        }
    }

    private sealed class Silent(Gate gate) : IHealthCheck
    {
        private int _looks;

        public int Looks => _looks;

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _looks);
            await gate.PassAsync();
            return HealthCheckResult.Healthy();
        }
    }

    private sealed class Failing : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => throw new TimeoutException("Its own.");
    }

    private sealed class SilentDatabase(IDatabaseEngine engine, Gate gate) : IDbContextFactory<ProductVideoDb>
    {
        public ProductVideoDb CreateDbContext() => engine.CreateDbContext();

        public async Task<ProductVideoDb> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            await gate.PassAsync();
            return engine.CreateDbContext();
        }
    }

    private sealed class SilentStore(IBlobStore store, Gate gate) : IBlobStore
    {
        public async Task<BlobWritten> PutAsync(string key, Stream content, string contentType, PutMode mode, CancellationToken cancellationToken)
        {
            await gate.PassAsync();
            return await store.PutAsync(key, content, contentType, mode, cancellationToken);
        }

        public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => store.OpenAsync(key, cancellationToken);

        public Task<BlobProperties?> FindAsync(string key, CancellationToken cancellationToken) => store.FindAsync(key, cancellationToken);

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

        public IAsyncEnumerable<BlobProperties> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);

        public Task<Uri?> ReadUrlAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken) => store.ReadUrlAsync(key, lifetime, cancellationToken);
    }
}
