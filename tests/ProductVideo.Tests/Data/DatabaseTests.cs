using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Data;

public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    private GenerationStore Store => _pipeline.Get<GenerationStore>();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task the_migrations_make_the_tables_that_the_code_expects()
    {
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        db.Database.HasPendingModelChanges().ShouldBeFalse();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_commit_survives_a_power_cut_and_readers_do_not_wait_for_writers()
    {
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
        (await db.Database.SqlQueryRaw<int>("SELECT synchronous AS Value FROM pragma_synchronous").SingleAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task every_state_is_read_back_as_it_was_written()
    {
        foreach (var state in Some.States)
        {
            // One task of a provider belongs to one generation, so each gets a provider of its own.
            var generation = Some.Generation(state, provider: "provider-" + state.Name);
            await Store.AddAsync(generation, idempotency: null, CancellationToken.None);
            var read = (await Store.FindAsync(generation.Id, CancellationToken.None))!;
            Json.Write(read.State).ShouldBe(Json.Write(state));
            read.State.GetType().ShouldBe(state.GetType());
            Json.Write(read.Order).ShouldBe(Json.Write(generation.Order));
            (read.Product, read.CreatedAt, read.DueAt).ShouldBe((generation.Product, generation.CreatedAt, generation.DueAt));
        }
    }

    [Fact]
    public async Task two_generations_can_not_hold_one_task_of_a_provider()
    {
        await Store.AddAsync(Some.Generation(Some.States[2]), idempotency: null, CancellationToken.None);
        var second = Some.Generation(new GenerationState.Planned());
        await Store.AddAsync(second, idempotency: null, CancellationToken.None);
        var claimed = (await Store.ClaimAsync(second.Id, "owner", TimeSpan.FromMinutes(1), CancellationToken.None))!;
        var save = await Should.ThrowAsync<Exception>(() => Store.SaveAsync(claimed, claimed with { State = Some.States[2] }, "owner", null, CancellationToken.None));
        save.ToString().ShouldContain("UNIQUE");
    }

    [Fact]
    public async Task a_generation_that_can_not_be_added_is_refused_instead_of_tried_for_ever()
    {
        await Store.AddAsync(Some.Generation(Some.States[2]), idempotency: null, CancellationToken.None);
        var add = await Should.ThrowAsync<Exception>(() => Store.AddAsync(Some.Generation(Some.States[2]), idempotency: null, CancellationToken.None));
        add.ToString().ShouldContain("UNIQUE");
    }

    [Fact]
    public async Task pages_of_generations_cover_all_once_newest_first()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 25; i++)
        {
            var generation = Some.Generation(new GenerationState.Planned()) with { Id = Guid.CreateVersion7(), CreatedAt = Some.Noon.AddSeconds(i / 3) };
            await Store.AddAsync(generation, idempotency: null, CancellationToken.None);
            ids.Add(generation.Id);
        }

        var seen = new List<Generation>();
        while (await Store.ListAsync(new GenerationFilter(Before: seen.LastOrDefault(), Take: 4), CancellationToken.None) is { Count: > 0 } page)
            seen.AddRange(page);

        seen.Select(generation => generation.Id).ShouldBe(ids, ignoreOrder: true);
        seen.Select(generation => generation.CreatedAt).ShouldBe(seen.Select(generation => generation.CreatedAt).OrderDescending());
    }
}
