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
}
