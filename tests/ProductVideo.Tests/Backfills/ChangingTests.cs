using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class ChangingTests : BackfillFixture
{
    [Fact]
    public async Task it_stays_the_same_one_and_what_it_was_to_cost_counts_no_more()
    {
        Stock(3);
        await ScanAsync();
        var quoted = await QuotedAsync();
        var changed = await Desk.ChangeAsync(quoted.Id, " Two mugs ", quoted.Plan with { Caps = new BackfillCaps { Videos = 2 } }, products: null, Token);
        (changed.Id, changed.Name, changed.State, changed.Quote, changed.QuotedAt).ShouldBe((quoted.Id, "Two mugs", BackfillState.Draft, null, null));
        (await Should.ThrowAsync<RefusedException>(() => StartedAsync(quoted))).Problem.Code.ShouldBe("not_in_this_state");

        await Desk.QuoteAsync(quoted.Id, Token);
        await MoveAsync();
        var again = await NowAsync(quoted);
        (again.State, again.Quote!.Videos).ShouldBe((BackfillState.Quoted, 2));
        (await ItemsAsync(again)).Count.ShouldBe(3, "one line for each product, those of before are gone");
    }

    [Fact]
    public async Task who_looked_at_the_price_of_before_does_not_start_what_it_is_now()
    {
        Stock(3);
        await ScanAsync();
        var seen = await QuotedAsync();
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        await Desk.ChangeAsync(seen.Id, seen.Name, seen.Plan with { AutoApprove = true, Caps = new BackfillCaps { Videos = 2 } }, products: null, Token);
        await Desk.QuoteAsync(seen.Id, Token);
        await MoveAsync();

        // It is cheaper than what they agree to; but it is another one.
        var refused = await Should.ThrowAsync<RefusedException>(() => Desk.StartAsync(seen.Id, seen.Quote!.Prices, "tester", Token, quotedAt: seen.QuotedAt));
        (refused.Kind, refused.Problem.Code, refused.Field).ShouldBe((RefusalKind.Conflict, Agreed.NotAgreed, "quotedAt"));
        refused.Problem.MerchantText.ShouldBe("The backfill was changed or priced anew since you looked at it: it costs 1.40 USD now. Look at it again, and start it then.");
        refused.Prices.ShouldBe([Clip * 2]);
        var now = await NowAsync(seen);
        (await Desk.StartAsync(now.Id, now.Quote!.Prices, "tester", Token, quotedAt: now.QuotedAt)).State.ShouldBe(BackfillState.Running);
    }

    [Fact]
    public async Task a_dearer_plan_is_not_started_for_the_price_of_before()
    {
        Stock(3);
        await ScanAsync();
        var quoted = await QuotedAsync(caps: new BackfillCaps { Videos = 1 });
        await Desk.ChangeAsync(quoted.Id, quoted.Name, quoted.Plan with { Caps = new BackfillCaps() }, products: null, Token);
        await Desk.QuoteAsync(quoted.Id, Token);
        await MoveAsync();
        var refused = await Should.ThrowAsync<RefusedException>(() => StartedAsync(quoted));
        (refused.Problem.Code, refused.Prices!.Single()).ShouldBe((Agreed.NotAgreed, Clip * 3));
    }

    [Fact]
    public async Task its_list_stays_is_replaced_or_goes()
    {
        Stock(3);
        await ScanAsync();
        var quoted = await QuotedAsync(products: ["p001", "p002"]);
        await Desk.ChangeAsync(quoted.Id, "Renamed", quoted.Plan, products: null, Token);
        (await Desk.NamesAsync(quoted.Id, Token)).ShouldBe(["p001", "p002"]);

        var changed = await Desk.ChangeAsync(quoted.Id, "Another list", quoted.Plan, ["p003", "p002"], Token);
        changed.Plan.Scope.OnlyNamed.ShouldBeTrue();
        (await Desk.NamesAsync(quoted.Id, Token)).ShouldBe(["p002", "p003"]);

        changed = await Desk.ChangeAsync(quoted.Id, "All", quoted.Plan with { Scope = new BackfillScope() }, products: null, Token);
        changed.Plan.Scope.OnlyNamed.ShouldBeFalse();
        (await Desk.NamesAsync(quoted.Id, Token)).ShouldBeEmpty();
        (await Should.ThrowAsync<RefusedException>(() => Desk.ChangeAsync(quoted.Id, "No list", quoted.Plan, products: null, Token))).Field.ShouldBe("products");

        await Desk.QuoteAsync(quoted.Id, Token);
        await MoveAsync();
        (await NowAsync(quoted)).Quote!.Videos.ShouldBe(3);
    }

    [Fact]
    public async Task a_dry_run_that_goes_on_begins_anew_for_what_is_wanted_now()
    {
        Stock(2);
        await ScanAsync();
        var quoting = await Desk.QuoteAsync((await DraftAsync()).Id, Token);
        var store = Pipeline.Get<BackfillStore>();
        var claim = (await store.ClaimNextAsync(Token)).ShouldNotBeNull();
        await Desk.ChangeAsync(quoting.Id, "Other mugs", quoting.Plan with { Caps = new BackfillCaps { Videos = 1 } }, products: null, Token);
        (await store.SaveAsync(claim, claim.Backfill with { State = BackfillState.Quoted }, follow: null, keep: false, Token)).ShouldBeFalse("it was priced for another plan");
        (await NowAsync(quoting)).State.ShouldBe(BackfillState.Draft);
    }

    [Theory]
    [InlineData(BackfillState.Running)]
    [InlineData(BackfillState.Paused)]
    [InlineData(BackfillState.Cancelled)]
    public async Task one_that_was_started_or_ended_is_not_changed_and_says_the_way_out(BackfillState state)
    {
        Stock(1);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        if (state is BackfillState.Paused)
            await Desk.PauseAsync(started.Id, "tester", Token);
        if (state is BackfillState.Cancelled)
            await Desk.CancelAsync(started.Id, "tester", Token);
        var refused = await Should.ThrowAsync<RefusedException>(() => Desk.ChangeAsync(started.Id, "Others", started.Plan, ["mug"], Token));
        (refused.Kind, refused.Problem.MerchantText).ShouldBe((
            RefusalKind.Conflict, $"Only a backfill that was not started can be changed. Make a new one like it, and cancel this one if it shall order nothing more. This one is “{state}”."));
        (await NowAsync(started)).Name.ShouldBe("Mugs");
        (await ReadAsync(db => db.BackfillNames.CountAsync(Token))).ShouldBe(0);
    }
}
