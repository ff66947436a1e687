using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Accounts;
using ProductVideo.Conformance.Databases;
using ProductVideo.Conformance;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Xunit;

namespace ProductVideo.Tests.Accounts;

/// <summary>The pipeline on a real SQLite file with a provider that counts; generations are put there as rows, without a shop.</summary>
public sealed class GateFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-gate-").FullName;
    private ServiceProvider? _services;

    internal CountingProvider Provider { get; } = new();

    internal ListingProvider Listing { get; private set; } = null!;

    internal FakeTimeProvider Clock { get; } = new(Some.Noon);

    internal T Get<T>() where T : notnull => _services!.GetRequiredService<T>();

    internal ProviderAccounts Accounts => Get<ProviderAccounts>();

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        Listing = new ListingProvider(Clock);
        services.AddSingleton<IVideoProvider>(Provider);
        services.AddSingleton<IVideoProvider>(Listing);
        services.AddCheckedFfmpeg();
        services.AddProductVideo(options => options.DataFolder = _folder);
        _services = services.BuildServiceProvider(validateScopes: true);
        await MigratedFile.CopyToAsync(Path.Combine(_folder, "productvideo.db"), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Orders that wait to be sent.</summary>
    internal async Task<IReadOnlyList<Guid>> PlannedAsync(
        int count, string shop = "sample", string provider = "counting", GenerationOrigin origin = GenerationOrigin.Api)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var generation = Some.Generation(new GenerationState.Planned(), provider: provider);
            var now = Clock.GetUtcNow();
            generation = generation with { Product = new(shop, $"mug-{i}"), Order = generation.Order with { Origin = origin }, CreatedAt = now, UpdatedAt = now, DueAt = now };
            ids.Add((await Get<GenerationStore>().AddAsync(generation, idempotency: null, CancellationToken.None)).Id);
        }

        return ids;
    }

    internal async Task<Generation> AdvanceAsync(Guid id)
    {
        await Get<Advance>().RunAsync(id, CancellationToken.None);
        return await FindAsync(id);
    }

    internal async Task<Generation> AdvanceAfterAsync(TimeSpan time, Guid id)
    {
        Clock.Advance(time);
        return await AdvanceAsync(id);
    }

    /// <summary>Moves those that are due, all at once. The others would not be claimed either, but each try would wait for the file's one writer.</summary>
    internal async Task AdvanceAllAsync(IEnumerable<Guid> ids)
    {
        var now = Clock.GetUtcNow();
        await using var db = await Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        var due = await db.Generations.Where(row => row.DueAt <= now).Select(row => row.Id).ToListAsync();
        await Task.WhenAll(ids.Intersect(due).Select(id => Task.Run(() => Get<Advance>().RunAsync(id, CancellationToken.None))));
    }

    internal async Task<Generation> FindAsync(Guid id) => (await Get<GenerationStore>().FindAsync(id, CancellationToken.None))!;

    internal async Task<IReadOnlyList<SubmitIntentRow>> IntentsAsync()
    {
        await using var db = await Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        return await db.SubmitIntents.AsNoTracking().OrderBy(row => row.At).ToListAsync();
    }
}
