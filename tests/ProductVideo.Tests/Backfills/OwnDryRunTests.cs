using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Api;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class OwnDryRunTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();
    private readonly List<DryRunStep> _steps = [];

    public ValueTask InitializeAsync() => _api.InitializeAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private async Task<Guid> DraftAsync() => (await _api.Get<BackfillDesk>().CreateAsync(
        "test", "all", new BackfillPlan(), products: null, new Requester("tester", GenerationOrigin.CommandLine), CancellationToken.None)).Id;

    private async Task<Backfill> RunAsync(Guid id) => await _api.Get<OwnDryRun>().RunAsync(id, _steps.Add, CancellationToken.None);

    [Fact]
    public async Task a_shop_that_was_never_gone_through_is_first_and_no_other()
    {
        BackfillCalls.Fill(_api, 150);
        var quoted = await RunAsync(await DraftAsync());
        (quoted.State, quoted.Quote!.Videos).ShouldBe((BackfillState.Quoted, 151));
        _steps[^1].ShouldBe(new DryRunStep(IsScan: false, 151, 151));
        _api.Other.Listed.ShouldBeEmpty();
        var pages = _api.Shop.Listed.Count;
        (await RunAsync(quoted.Id)).State.ShouldBe(BackfillState.Quoted);
        _api.Shop.Listed.Count.ShouldBe(pages, "it is known now");
    }

    [Fact]
    public async Task a_shop_that_is_away_is_told_at_once_and_asked_again_the_next_time()
    {
        var id = await DraftAsync();
        _api.Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));
        (await Should.ThrowAsync<RefusedException>(() => RunAsync(id))).Problem.MerchantText.ShouldBe("The shop is away.");
        (await RunAsync(id)).State.ShouldBe(BackfillState.Quoted);
    }

    [Fact]
    public async Task nobody_elses_backfill_is_moved()
    {
        var desk = _api.Get<BackfillDesk>();
        var (mine, other) = (await DraftAsync(), await DraftAsync());
        await desk.QuoteAsync(other, CancellationToken.None);
        await RunAsync(mine);
        (await desk.GetAsync(other, CancellationToken.None)).State.ShouldBe(BackfillState.Quoting);
        (await desk.CancelAsync(other, "tester", CancellationToken.None)).State.ShouldBe(BackfillState.Cancelled);
        (await Should.ThrowAsync<RefusedException>(() => RunAsync(other))).Kind.ShouldBe(RefusalKind.Conflict);
    }
}
