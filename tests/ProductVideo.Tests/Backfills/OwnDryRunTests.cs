using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
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
    public async Task of_named_products_it_tells_how_many_were_named()
    {
        BackfillCalls.Fill(_api, 14);
        var id = (await _api.Get<BackfillDesk>().CreateAsync(
            "test", "three", new BackfillPlan(), ["p-000", "p-007", "nonesuch"], new Requester("tester", GenerationOrigin.CommandLine), CancellationToken.None)).Id;
        (await RunAsync(id)).Quote!.Videos.ShouldBe(2);
        _steps.ShouldAllBe(step => step.IsScan || step.OfAll == 3);
        _steps[^1].ShouldBe(new DryRunStep(IsScan: false, 3, 3));
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
    public async Task a_shop_whose_scan_is_overdue_is_gone_through_again_first()
    {
        BackfillCalls.Fill(_api, 150);
        var before = await RunAsync(await DraftAsync());
        BackfillCalls.Fill(_api, 250);
        await SetAsync(row => row.DueAt = DateTimeOffset.UtcNow.AddHours(-1));
        var pages = _api.Shop.Listed.Count;

        var quoted = await RunAsync(before.Id);

        (quoted.Quote!.Videos, _api.Shop.Listed.Count - pages).ShouldBe((251, 3));
        quoted.Quote.IndexedAt!.Value.ShouldBeGreaterThan(before.Quote!.IndexedAt!.Value);
        (await _api.Get<WatchedShops>().FindAsync("test", CancellationToken.None))!.DueAt.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddHours(5));
    }

    [Fact]
    public async Task what_is_known_of_a_shop_must_do_while_another_process_goes_through_it_or_it_is_away()
    {
        var before = await RunAsync(await DraftAsync());
        BackfillCalls.Fill(_api, 1);
        await SetAsync(row => (row.DueAt, row.Owner, row.LeaseUntil) = (DateTimeOffset.UtcNow.AddHours(-1), "another", DateTimeOffset.UtcNow.AddMinutes(5)));
        (await RunAsync(before.Id)).Quote!.ShouldSatisfyAllConditions(
            quote => quote.Videos.ShouldBe(1), quote => quote.IndexedAt.ShouldBe(before.Quote!.IndexedAt));

        await SetAsync(row => (row.Owner, row.LeaseUntil) = (null, null));
        _api.Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));
        (await RunAsync(before.Id)).Quote!.IndexedAt.ShouldBe(before.Quote!.IndexedAt);
        _api.Shop.ListFaults.ShouldBeEmpty("it was asked");
    }

    [Fact]
    public async Task whether_a_scan_is_due_says_the_databases_clock()
    {
        await using var api = new ApiFixture { Add = services => services.AddSingleton<IDatabaseClock>(new ClockBehind(TimeSpan.FromHours(1))) };
        await api.InitializeAsync();
        var id = (await api.Get<BackfillDesk>().CreateAsync(
            "test", "all", new BackfillPlan(), products: null, new Requester("tester", GenerationOrigin.CommandLine), CancellationToken.None)).Id;
        api.Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));
        (await Should.ThrowAsync<RefusedException>(() => api.Get<OwnDryRun>().RunAsync(id, _steps.Add, CancellationToken.None))).Problem.MerchantText.ShouldBe("The shop is away.");
    }

    private async Task SetAsync(Action<WatchedShopRow> set)
    {
        await using var db = await _api.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        set(await db.WatchedShops.SingleAsync(row => row.Shop == "test"));
        await db.SaveChangesAsync();
    }

    private sealed class ClockBehind(TimeSpan by) : IDatabaseClock
    {
        public Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) => Task.FromResult(DateTimeOffset.UtcNow - by);
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
