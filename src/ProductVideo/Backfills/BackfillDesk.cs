using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Backfills;

/// <summary>
/// What pages, API and command line ask of backfills. Every method checks and writes; the work follows in the background. What stands already as
/// it is asked for is given as it is: whoever lost the answer may ask again.
/// </summary>
internal sealed class BackfillDesk(
    BackfillStore store, BackfillItems items, CancelledRest rest, BackfillRules rules, BackfillGate gate, IdempotencyKeys idempotency, SpendLedger ledger, Shops shops,
    IDbContextFactory<ProductVideoDb> databases, IDatabaseClock clock)
{
    /// <summary>More products than this are named by what they are.</summary>
    public const int MostNames = 1_000_000;

    /// <summary>What is said of one that is not there, or not whoever asks's.</summary>
    public const string UnknownText = "There is no such backfill. It may have been deleted, or belong to another shop.";

    private const int LongestId = 255;

    private const string NotChangeable = "Only a backfill that was not started can be changed. Make a new one like it, and cancel this one if it shall order nothing more.";

    /// <summary>Writes a backfill down. Nothing is found out or spent before it is quoted and started.</summary>
    /// <param name="shop">Of which shop.</param>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="plan">What is wanted.</param>
    /// <param name="products">The shop's ids or handles of the only products it is for; null for those that the scope says.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="id">The caller's own id of it: the same id gives the same backfill for ever.</param>
    /// <exception cref="RefusedException">There is no such shop, or something is wrong with the plan.</exception>
    public async Task<Backfill> CreateAsync(
        string shop, string name, BackfillPlan plan, IReadOnlyCollection<string>? products, Requester requester, CancellationToken cancellationToken, Guid? id = null) =>
        (await CreateAsync(new NewBackfill(shop, name, plan, products, requester) { Id = id }, cancellationToken)).Backfill;

    /// <summary>Writes a backfill down; the dry run of one whose price is agreed to beforehand begins at once.</summary>
    /// <exception cref="RefusedException">There is no such shop, something is wrong with the plan, or the key was used for another request.</exception>
    public async Task<CreatedBackfill> CreateAsync(NewBackfill wanted, CancellationToken cancellationToken)
    {
        var hash = wanted.Hash();
        if (await MadeAsync(wanted, hash, cancellationToken) is { } made)
            return new CreatedBackfill(made, IsNew: false);
        var plan = wanted.Plan with { Scope = wanted.Plan.Scope with { OnlyNamed = wanted.Products is not null } };
        rules.Demand(wanted.Shop, wanted.Name, plan);
        var names = NamesOf(wanted.Products);
        var backfill = await NewAsync(wanted, plan, cancellationToken);
        try
        {
            await store.AddAsync(
                backfill, async db =>
                {
                    if (wanted.Key is { } key)
                    {
                        db.IdempotencyKeys.Add(new IdempotencyRow { Caller = key.Caller, Key = key.Key, RequestHash = hash, GenerationId = backfill.Id, CreatedAt = backfill.CreatedAt });
                        await db.SaveChangesAsync(cancellationToken);
                    }

                    await WriteNamesAsync(db, backfill.Id, names, cancellationToken);
                },
                cancellationToken);
            return new CreatedBackfill(backfill, IsNew: true);
        }
        catch (DbUpdateException e) when (DatabaseFaults.IsDuplicate(e))
        {
            // The same request came twice at once.
            if (await MadeAsync(wanted, hash, cancellationToken) is { } twin)
                return new CreatedBackfill(twin, IsNew: false);
            if (wanted.Id is { } id)
                throw MadeAndDeleted(id);
            throw;
        }
    }

    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<Backfill> GetAsync(Guid id, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) ?? throw new RefusedException(
            RefusalKind.NotFound, new Problem("unknown_backfill", UnknownText, $"Backfill {id} does not exist."));

    /// <summary>One that may have been deleted; null if there is none.</summary>
    public Task<Backfill?> FindAsync(Guid id, CancellationToken cancellationToken) => store.FindAsync(id, cancellationToken);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Backfill>> ListAsync(BackfillFilter filter, CancellationToken cancellationToken) => store.ListAsync(filter, cancellationToken);

    public Task<IReadOnlyList<BackfillItem>> ItemsAsync(Guid id, ItemFilter filter, CancellationToken cancellationToken) => items.ListAsync(id, filter, cancellationToken);

    /// <summary>The products that were named for it, by id or handle, in the order of the alphabet; none where it is for those that its scope says, or where they are kept no more.</summary>
    public Task<IReadOnlyList<string>> NamesAsync(Guid id, CancellationToken cancellationToken) => store.NamesAsync(id, cancellationToken);

    /// <summary>Changes what is wanted of one that was not started. What it was to cost counts no more: its dry run must be made anew.</summary>
    /// <param name="id">Which.</param>
    /// <param name="name">1 to 100 characters.</param>
    /// <param name="plan">What is wanted now.</param>
    /// <param name="products">The only products that it is for, in the place of those that were named before; null for the same ones, where the plan is for named ones.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">It was started, is a run of a schedule, or something is wrong with the plan.</exception>
    public async Task<Backfill> ChangeAsync(Guid id, string name, BackfillPlan plan, IReadOnlyCollection<string>? products, CancellationToken cancellationToken)
    {
        var before = await GetAsync(id, cancellationToken);
        DemandChangeable(before);
        plan = plan with { Scope = plan.Scope with { OnlyNamed = plan.Scope.OnlyNamed || products is not null } };
        rules.Demand(before.Shop, name, plan);
        var names = NamesOf(plan.Scope.OnlyNamed && !before.Plan.Scope.OnlyNamed ? products ?? [] : products);
        var stay = plan.Scope.OnlyNamed && products is null;
        return await FollowAsync(
            id, backfill => BackfillMachine.Change(backfill, name.Trim(), plan), NotChangeable,
            async (db, _) =>
            {
                if (stay)
                    return;
                await db.BackfillNames.Where(row => row.BackfillId == id).ExecuteDeleteAsync(cancellationToken);
                await WriteNamesAsync(db, id, names, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Sees to it that whoever would change it is told before they write.</summary>
    /// <exception cref="RefusedException">It was started, or is a run of a schedule.</exception>
    public static void DemandChangeable(Backfill backfill)
    {
        if (backfill.RunOf is not null)
            throw new RefusedException(RefusalKind.Conflict, new Problem("run_of_schedule", "This is a run of a schedule. Make a new backfill like it instead.", $"Backfill {backfill.Id} is a run of {backfill.RunOf}."));
        if (!BackfillMachine.IsUnstarted(backfill.State))
            throw NotInThisState(NotChangeable, backfill);
    }

    /// <summary>Begins the dry run: what would be made, at what price, and why each other product is skipped. Spends nothing.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="anew">Whether one that goes on is begun anew.</param>
    /// <exception cref="RefusedException">It was started.</exception>
    public async Task<Backfill> QuoteAsync(Guid id, CancellationToken cancellationToken, bool anew = true)
    {
        var now = await clock.NowAsync(cancellationToken);
        var before = await GetAsync(id, cancellationToken);
        shops.Get(before.Shop);
        // One that would start by itself is asked for its price alone now; one that met something is to be tried at once.
        if (!anew && before is { State: BackfillState.Quoting, Consent: null, Problem: null })
            return before;
        return await FollowAsync(
            id, backfill => BackfillMachine.Quote(backfill, now), "Only a backfill that was not started can be quoted.",
            together: null, cancellationToken);
    }

    /// <summary>Starts it, or its schedule, for the price that was agreed to.</summary>
    /// <param name="id">Which.</param>
    /// <param name="agreed">The most it, or each of its runs, may cost, for each currency. Must cover the quote.</param>
    /// <param name="by">Who agrees.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="apiKey">The start of the API key that agrees, whose own caps count what is spent; null where a person does.</param>
    /// <param name="quotedAt">When the price was found that they looked at: of one that was changed or priced anew since, they know only what it was. Null where nobody says.</param>
    /// <exception cref="RefusedException">It is not quoted, was since they looked, costs more than was agreed to, or two prices in one currency were.</exception>
    public async Task<Backfill> StartAsync(
        Guid id, IReadOnlyList<Money> agreed, string by, CancellationToken cancellationToken, string? apiKey = null, DateTimeOffset? quotedAt = null)
    {
        var backfill = await GetAsync(id, cancellationToken);
        shops.Get(backfill.Shop);
        DemandEachOnce(agreed);
        if (backfill is { State: BackfillState.Quoted, Quote: { } quote } && !quote.IsCovered(agreed))
            throw TooDear(quote, agreed);
        var now = await clock.NowAsync(cancellationToken);
        return await FollowAsync(
            id,
            before => before is { State: BackfillState.Quoted, Quote: { } found } && quotedAt is { } seen && !IsSame(before.QuotedAt, seen)
                ? throw PricedAnew(found) : BackfillMachine.Start(before, new Consent(by, now, agreed, apiKey), BackfillTimes.NextRun(before.Plan.Schedule, now), now),
            "Only a backfill whose dry run came to its end can be started.", (db, after) => RunCaps.SetAsync(db, after, now, cancellationToken), cancellationToken,
            stands: started => started is { State: BackfillState.Running or BackfillState.Scheduled or BackfillState.Done, Consent: { } consent } && IsSame(consent.Prices, agreed));
    }

    /// <summary>Orders nothing more until it is resumed; a schedule's run stops with it. What is under way goes on.</summary>
    /// <exception cref="RefusedException">It is not running.</exception>
    public async Task<Backfill> PauseAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        return await FollowWithRunsAsync(
            id, backfill => BackfillMachine.Pause(backfill, by, why: null, now), run => BackfillMachine.PauseRun(run, by, now),
            "Only a backfill that runs, or waits for its next time, can be paused.", paused => paused is { State: BackfillState.Paused, StoppedBy: not null }, cancellationToken);
    }

    /// <exception cref="RefusedException">It is not paused, or the account that refused it still does.</exception>
    public async Task<Backfill> ResumeAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var paused = await GetAsync(id, cancellationToken);
        shops.Get(paused.Shop);
        if (await gate.StillRefusedAsync(paused, cancellationToken) is { } refused)
            throw new RefusedException(RefusalKind.Conflict, refused);
        return await FollowWithRunsAsync(
            id, backfill => BackfillMachine.Resume(backfill, BackfillTimes.NextRun(backfill.Plan.Schedule, now), now), run => BackfillMachine.Resume(run, nextRun: null, now),
            "Only a paused backfill can be resumed.", resumed => resumed.State is BackfillState.Running or BackfillState.Scheduled, cancellationToken);
    }

    /// <summary>Ends it. What is not ordered is not made, what is ordered and not on its way is sent no more once this has returned, and what a provider makes already is finished.</summary>
    /// <exception cref="RefusedException">It has ended.</exception>
    public async Task<Backfill> CancelAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var cancelled = await FollowWithRunsAsync(
            id, backfill => BackfillMachine.Cancel(backfill, by, now), run => BackfillMachine.Cancel(run, by, now), "This backfill has ended already.",
            ended => ended.State is BackfillState.Cancelled, cancellationToken);
        await rest.EndAsync(id, by, CancellationToken.None);
        return cancelled;
    }

    /// <summary>Deletes one that ordered nothing, with its lines and its caps. Whoever starts it at the same moment has started it, or finds it no more.</summary>
    /// <exception cref="RefusedException">There is none, it ordered something, its schedule made runs, or it is under way.</exception>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await store.DeleteAsync(id, (db, backfill) => Deleting.DemandAsync(db, backfill, cancellationToken), cancellationToken))
            await GetAsync(id, cancellationToken);
    }

    /// <summary>Whether <see cref="DeleteAsync"/> would delete it now.</summary>
    public async Task<bool> MayBeDeletedAsync(Backfill backfill, CancellationToken cancellationToken)
    {
        if (!BackfillMachine.IsOver(backfill.State))
            return BackfillMachine.IsUnstarted(backfill.State);
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await Deleting.WhyKeptAsync(db, backfill, cancellationToken) is null;
    }

    /// <summary>What is said of a schedule holds for the runs that it made, in one transaction: one that was forgotten would order and pay to its end.</summary>
    private async Task<Backfill> FollowWithRunsAsync(
        Guid id, Func<Backfill, Backfill?> follow, Func<Backfill, Backfill?> followRun, string otherwise, Func<Backfill, bool> stands, CancellationToken cancellationToken)
    {
        IReadOnlyList<Backfill>? runs = null;
        var followed = await FollowAsync(
            id, follow, otherwise,
            async (db, schedule) => runs = await BackfillStore.FollowRunsAsync(db, schedule, followRun, cancellationToken), cancellationToken, stands);
        // Where the word stood already, something else may have been said of a run since.
        runs ??= await store.FollowRunsAsync(followed, followRun, cancellationToken);
        // It is said, and whoever asked may hang up.
        foreach (var run in runs)
        {
            if (run is { State: BackfillState.Cancelled, StoppedBy: { } by })
                await rest.EndAsync(run.Id, by, CancellationToken.None);
        }

        return followed;
    }

    /// <summary>How far it is: by number, money and time.</summary>
    public async Task<BackfillProgress> ProgressAsync(Backfill backfill, CancellationToken cancellationToken)
    {
        var counts = await items.CountAsync(backfill.Id, cancellationToken);
        var (held, spent) = await ledger.OfBackfillAsync(RunCaps.SubjectOf(backfill.Id), cancellationToken);
        var now = await clock.NowAsync(cancellationToken);
        return BackfillProgress.Of(backfill, counts, held, spent, now, await WeekAheadAsync(backfill, counts, now, cancellationToken));
    }

    private async Task<WeekAhead?> WeekAheadAsync(Backfill backfill, IReadOnlyList<ItemCount> counts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var waiting = counts.Where(count => count.State is ItemState.Waiting).Sum(count => count.Count);
        if (backfill.State is not BackfillState.Running || waiting == 0 || WeekQuota.Of(backfill.Plan.Caps.VideosPerWeek, shops.Find(backfill.Shop)) is not { } quota)
            return null;
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await quota.AheadAsync(db, backfill.Shop, waiting, now, cancellationToken);
    }

    private static readonly ManyRows<BackfillNameRow> Names = ManyRows<BackfillNameRow>.Insert(
        "backfill_names", [new("BackfillId", ColumnType.Guid, row => row.BackfillId), new("ProductId", ColumnType.Text, row => row.ProductId)], "DO NOTHING");

    private static Task<int> WriteNamesAsync(ProductVideoDb db, Guid id, IReadOnlyList<string> names, CancellationToken cancellationToken) =>
        db.WriteManyAsync(Names, [.. names.Select(product => new BackfillNameRow { BackfillId = id, ProductId = product })], cancellationToken);

    private async Task<Backfill?> MadeAsync(NewBackfill wanted, string hash, CancellationToken cancellationToken)
    {
        if (wanted.Key is not { } key)
            return wanted.Id is { } own ? await store.FindAsync(own, cancellationToken) : null;
        // Whoever lost the answer and asks again does not make anew what somebody deleted meanwhile.
        return await idempotency.FindAsync(key, hash, cancellationToken) is { } made ? await store.FindAsync(made, cancellationToken) ?? throw MadeAndDeleted(made) : null;
    }

    private static RefusedException MadeAndDeleted(Guid id) => new(
        RefusalKind.Conflict,
        new Problem("backfill_deleted", "The backfill that this request made was deleted. To make another one, send it as a new request.", $"Backfill {id} was deleted."));

    private async Task<Backfill> NewAsync(NewBackfill wanted, BackfillPlan plan, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(cancellationToken);
        var draft = new Backfill
        {
            Id = wanted.Id ?? Guid.CreateVersion7(now), Shop = wanted.Shop, Name = wanted.Name.Trim(), Plan = plan,
            ApiKey = wanted.Requester.ApiKey, CreatedBy = wanted.Requester.Name, CreatedAt = now,
        };
        if (wanted.Agreed is not { } prices)
            return draft;
        DemandEachOnce(prices);
        return BackfillMachine.QuoteAgreed(draft, new Consent(wanted.Requester.Name, now, prices, wanted.Requester.ApiKey), now) ?? throw new RefusedException(
            RefusalKind.Invalid,
            new Problem("invalid_backfill", "A schedule is started by hand: look at its price first.", "A price was agreed to beforehand for a schedule."), "schedule.cron");
    }

    private static IReadOnlyList<string> NamesOf(IReadOnlyCollection<string>? products)
    {
        if (products is null)
            return [];
        if (products.Count is 0 or > MostNames)
            throw Bad($"Name 1 to {MostNames} products, by the shop's ids.");
        if (products.FirstOrDefault(id => string.IsNullOrWhiteSpace(id) || id.Length > LongestId || id.Contains('\0', StringComparison.Ordinal)) is { } wrong)
            throw Bad($"'{wrong[..Math.Min(40, wrong.Length)].Replace('\0', '?')}' is no product's id: it is empty, longer than {LongestId} characters, or holds U+0000.");
        return [.. ProductNames.Each(products).Order(StringComparer.Ordinal)];
    }

    private static RefusedException Bad(string text) => new(RefusalKind.Invalid, new Problem("invalid_products", text, text), "products");

    /// <summary>Two prices in one currency would be two caps on the same money.</summary>
    private static void DemandEachOnce(IReadOnlyList<Money> agreed)
    {
        if (agreed.GroupBy(price => price.Currency, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            var text = $"{string.Join(" and ", twice)} were agreed to. Agree to one price for each currency.";
            throw new RefusedException(RefusalKind.Invalid, new Problem("invalid_prices", text, text), "prices");
        }
    }

    private async Task<Backfill> FollowAsync(
        Guid id, Func<Backfill, Backfill?> follow, string otherwise, Func<ProductVideoDb, Backfill, Task>? together, CancellationToken cancellationToken,
        Func<Backfill, bool>? stands = null)
    {
        if (await store.FollowAsync(id, follow, together, cancellationToken) is { } followed)
            return followed;
        var found = await GetAsync(id, cancellationToken);
        return stands?.Invoke(found) is true ? found : throw NotInThisState(otherwise, found);
    }

    private static RefusedException NotInThisState(string otherwise, Backfill backfill) => new(
        RefusalKind.Conflict, new Problem("not_in_this_state", $"{otherwise} This one is “{backfill.State}”.", $"Backfill {backfill.Id} is {backfill.State}."));

    /// <summary>Programs whose clock knows milliseconds only say the moment so; no two dry runs end in one.</summary>
    private static bool IsSame(DateTimeOffset? quoted, DateTimeOffset seen) => quoted is { } moment && (moment - seen).Duration() < TimeSpan.FromMilliseconds(1);

    private static bool IsSame(IReadOnlyList<Money> agreed, IReadOnlyList<Money> before) => agreed.Count == before.Count && agreed.All(before.Contains);

    private static RefusedException PricedAnew(BackfillQuote quote) => new(
        RefusalKind.Conflict,
        new Problem(
            Agreed.NotAgreed,
            $"The backfill was changed or priced anew since you looked at it: it {(quote.Prices.Count == 0 ? "costs nothing" : $"costs {string.Join(" + ", quote.Prices)}")} now. Look at it again, and start it then.",
            "Its dry run is another one than the caller looked at."),
        "quotedAt")
    {
        Prices = quote.Prices,
    };

    private static RefusedException TooDear(BackfillQuote quote, IReadOnlyList<Money> agreed) => new(
        RefusalKind.Conflict,
        new Problem(
            Agreed.NotAgreed,
            $"The backfill costs {string.Join(" + ", quote.Prices)}, and {(agreed.Count == 0 ? "no price" : string.Join(" + ", agreed))} was agreed to. Look at the price, and agree to it.",
            $"Quoted at {string.Join(" + ", quote.Prices)}."),
        "prices")
    {
        Prices = quote.Prices,
    };
}
