using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Data;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillWorkTests : BackfillFixture
{
    private readonly SqlLog _log = new();

    internal override void Add(IServiceCollection services) => _log.AddTo(services);

    [Fact]
    public async Task one_whose_orders_are_broken_off_is_gone_on_with_at_once()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        Shop.Reading = new TaskCompletionSource().Task;
        using var stop = new CancellationTokenSource();
        var moving = Pipeline.Get<BackfillWork>().MoveNextAsync(stop.Token);
        while (await OwnerAsync() is null)
        {
            // It is about to be claimed.
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => moving);
        (await OwnerAsync()).ShouldBeNull();

        Shop.Reading = Task.CompletedTask;
        await MoveAsync();
        (await VideosAsync()).Count.ShouldBe(3);
        (await NowAsync(started)).Problem.ShouldBeNull();
    }

    [Fact]
    public async Task what_was_stopped_comes_first_then_what_orders_and_then_what_only_finds_a_price()
    {
        Stock(2);
        await ScanAsync();
        var (running, cancelled) = (await QuotedAsync(), await QuotedAsync());
        var dryRun = await PlanAsync(BackfillPriority.High, products: null);
        await StartedAsync(running);
        await CutOffAsync(cancelled);
        var claims = new List<Guid>();
        while (await Pipeline.Get<BackfillStore>().ClaimNextAsync(Token) is { } claim)
            claims.Add(claim.Backfill.Id);
        claims.ShouldBe([cancelled.Id, running.Id, dryRun.Id]);
    }

    [Fact]
    public async Task what_was_not_sent_is_cancelled_though_a_long_list_is_being_priced_and_whoever_cancelled_was_cut_off()
    {
        Stock(100);
        await ScanAsync();
        Pipeline.Get<BackfillsOptions>().Ahead = 3;
        var started = await StartedAsync(await QuotedAsync());
        await MoveAsync();
        var list = await PlanAsync(BackfillPriority.High, Names(100));
        await MoveAsync(most: 1);
        await CutOffAsync(started);

        await MoveAsync(most: 2);

        (await NowAsync(list)).State.ShouldBe(BackfillState.Quoting);
        await AdvanceAllAsync();
        Pipeline.Provider.Submits.ShouldBeEmpty();
        (await ProgressAsync(started)).Of(ItemState.Cancelled).ShouldBe(3);
    }

    [Fact]
    public async Task a_dry_run_has_its_turn_before_a_long_list_is_through()
    {
        Stock(100);
        await ScanAsync();
        var list = await PlanAsync(BackfillPriority.High, Names(100));
        await MoveAsync(most: 1);
        var other = await PlanAsync(BackfillPriority.Low, products: null);
        for (var i = 0; i < 2; i++)
        {
            Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
            await MoveAsync(most: 1);
        }

        ((await NowAsync(list)).State, (await NowAsync(other)).State).ShouldBe((BackfillState.Quoting, BackfillState.Quoted));
        await MoveAsync();
        (await NowAsync(list)).Quote!.Videos.ShouldBe(100);
    }

    [Fact]
    public async Task what_orders_has_its_turn_before_a_large_catalogue_is_priced()
    {
        const int Copies = 10_000;
        Stock(2);
        await ScanAsync();
        var running = await QuotedAsync();
        await CopyAsync("p001", Copies);
        var dryRun = await PlanAsync(BackfillPriority.High, products: null);
        await MoveAsync(most: 1);
        await StartedAsync(running);

        await MoveAsync(most: 1);

        (await NowAsync(dryRun)).State.ShouldBe(BackfillState.Quoting);
        (await VideosAsync()).Count.ShouldBe(2, "what orders came in between");
        await MoveAsync();
        (await NowAsync(dryRun)).Quote!.Products.ShouldBe(Copies + 1, "of the last one a video is under way since");
    }

    [Fact]
    public async Task why_there_is_no_price_is_told_though_an_earlier_turn_met_it()
    {
        Stock(2, (i, product) => product with { Tags = i == 1 ? ["mug"] : [] });
        await ScanAsync();
        await CopyAsync("p001", 9_999);
        Pipeline.Provider.NoPrice = Unpriced;

        var quoted = await QuotedAsync(new BackfillScope { Tags = ["mug"] });

        quoted.Quote!.Skipped[SkipReason.NoProvider].ShouldBe(10_000);
        quoted.Problem.ShouldBe(Unpriced.Problem);
    }

    [Fact]
    public async Task a_dry_run_that_was_due_for_long_has_a_turn_before_what_orders_without_a_pause()
    {
        Stock(2);
        await ScanAsync();
        var running = await StartedAsync(await QuotedAsync());
        var dryRun = await PlanAsync(BackfillPriority.Low, products: null);
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(11));
        (await Pipeline.Get<BackfillStore>().ClaimNextAsync(Token))!.Backfill.Id.ShouldBe(dryRun.Id);
        (await Pipeline.Get<BackfillStore>().ClaimNextAsync(Token))!.Backfill.Id.ShouldBe(running.Id);
    }

    [Fact]
    public async Task a_dry_run_of_names_counts_no_catalogue()
    {
        Stock(40);
        await ScanAsync();
        var list = await PlanAsync(BackfillPriority.Normal, Names(40));
        _log.Clear();

        await MoveAsync();

        (await NowAsync(list)).State.ShouldBe(BackfillState.Quoted);
        _log.Statements.Count(asked => asked.Contains("FROM \"watched_shops\"", StringComparison.Ordinal)).ShouldBeGreaterThan(1, "it is written down");
        _log.Statements.ShouldNotContain(asked => asked.Contains("COUNT(*)", StringComparison.Ordinal) && asked.Contains("FROM \"catalog_products\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_cancelled_backfill_reads_no_order_that_was_sent_however_many_still_move()
    {
        Stock(6);
        await ScanAsync();
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Pending(TimeSpan.FromMinutes(1));
        var started = await StartedAsync(await QuotedAsync());
        await MoveAsync();
        await AdvanceAllAsync();
        await Desk.CancelAsync(started.Id, "tester", Token);
        _log.Clear();

        (await MoveAsync()).ShouldBe(1);

        (await ProgressAsync(started)).Of(ItemState.UnderWay).ShouldBe(6);
        _log.Statements.Count(asked => asked.Contains("\"generations\"", StringComparison.Ordinal)).ShouldBe(1, "whether any was not sent");
    }

    private static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(i => $"p{i:000}")];

    /// <summary>A dry run that begins a moment after all that was.</summary>
    private async Task<Backfill> PlanAsync(BackfillPriority priority, IReadOnlyCollection<string>? products)
    {
        Pipeline.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var draft = await Desk.CreateAsync(
            "test", $"{priority}", new BackfillPlan { Recipe = Scripted, Priority = priority }, products, new Requester("tester", GenerationOrigin.Click), Token);
        return await Desk.QuoteAsync(draft.Id, Token);
    }

    /// <summary>So many more products in the index that are like this one.</summary>
    private Task CopyAsync(string product, int count) => ReadAsync(async db =>
    {
        var one = CatalogRows.ToProduct(await db.CatalogProducts.SingleAsync(row => row.ProductId == product, Token));
        var copies = Enumerable.Range(0, count).Select(i => one with { Ref = new ProductRef(one.Ref.Shop, $"{product}-{i:00000}") });
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await db.WriteManyAsync(CatalogRows.Table, [.. copies], Token);
        await transaction.CommitAsync(Token);
        return count;
    });

    /// <summary>Cancels it, and is cut off before anything else of it is.</summary>
    private Task CutOffAsync(Backfill backfill) => Pipeline.Get<BackfillStore>().FollowAsync(
        backfill.Id, before => BackfillMachine.Cancel(before, "tester", Pipeline.Clock.GetUtcNow()), together: null, Token);

    private Task<string?> OwnerAsync() => ReadAsync(db => db.Backfills.Select(row => row.Owner).SingleAsync(Token));
}
