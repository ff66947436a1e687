using Bunit;
using ProductVideo.Admin.Backfills;
using ProductVideo.Backfills;
using ProductVideo.Choosing;
using ProductVideo.Data.Archive;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class BackfillPageTests : BackfillPages
{
    [Fact]
    public async Task while_the_price_is_found_the_page_says_how_far_it_is_and_then_shows_it()
    {
        Stock(3);
        var made = await WriteDownAsync();
        await Desk.QuoteAsync(made.Id, CancellationToken.None);
        var page = PageOf(made);
        page.Find("[data-testid=quoting]").TextContent.Trim().ShouldStartWith("0 videos and 0 skipped products so far");
        page.FindAll("[data-testid=start]").ShouldBeEmpty();

        await IndexAsync();
        await WorkAsync();
        Tick();
        page.WaitForElement("[data-testid=quote]");
        page.Find("[data-testid=quote-videos]").TextContent.ShouldBe("4 videos");
    }

    [Fact]
    public async Task a_shop_that_was_never_gone_through_says_so()
    {
        var made = await WriteDownAsync();
        await Desk.QuoteAsync(made.Id, CancellationToken.None);
        await WorkAsync();

        PageOf(made).Find("[data-testid=waits-why]").TextContent.ShouldContain("being gone through for the first time");
    }

    [Fact]
    public async Task the_price_stands_large_with_who_makes_it_and_why_others_are_left_out()
    {
        Stock(2);
        Pipeline.Shop.Add("bare");
        var quoted = await QuotedAsync(products: ["mug", "p000", "p001", "bare", "gone"]);
        var page = PageOf(quoted);

        page.Find("[data-testid=quote-price]").TextContent.ShouldBe(BackfillLabels.Sum(quoted.Quote!.Prices));
        page.Find("[data-testid=quote-price]").TextContent.ShouldStartWith("$");
        page.Find("[data-testid=share]").TextContent.ShouldContain("Scripted");
        page.Find("[data-testid=skipped-NoPictures] b").TextContent.ShouldBe("1");
        page.Find("[data-testid=skipped-NotInShop] a").GetAttribute("href").ShouldBe($"/backfills/{quoted.Id}?reason=NotInShop#items");
        page.Find("[data-testid=start]").TextContent.Trim().ShouldBe($"Start for {BackfillLabels.Sum(quoted.Quote.Prices)}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task products_that_were_named_are_not_said_to_be_as_they_were_at_the_last_scan(bool areNamed)
    {
        var quoted = await QuotedAsync(products: areNamed ? ["mug"] : null);
        (quoted.Quote!.IndexedAt is null).ShouldBe(areNamed);
        PageOf(quoted).Find("[data-testid=quote]").TextContent.Contains("from the products as they were", StringComparison.Ordinal).ShouldBe(!areNamed);
    }

    [Fact]
    public async Task a_reason_narrows_the_list()
    {
        Pipeline.Shop.Add("bare");
        var quoted = await QuotedAsync();
        var page = PageOf(quoted);
        page.WaitForAssertion(() => page.FindAll("[data-testid=item-row]").Count.ShouldBe(2));

        Navigation.NavigateTo($"/backfills/{quoted.Id}?reason=NoPictures");
        page = PageOf(quoted);
        var row = page.WaitForElement("[data-testid=item-row]");
        page.FindAll("[data-testid=item-row]").Count.ShouldBe(1);
        row.TextContent.ShouldContain("It has no picture to make a video from.");
        row.QuerySelector("a")!.GetAttribute("href").ShouldBe("/products/test/bare");
        page.Find("[data-testid=item-filter]").GetAttribute("value").ShouldBe("reason=NoPictures");
    }

    [Fact]
    public async Task the_list_is_searched_by_titles_and_ids_of_products()
    {
        Stock(12);
        var quoted = await QuotedAsync();
        foreach (var (search, count) in new[] { ("product 1", 3), ("P011", 1) })
        {
            Navigation.NavigateTo($"/backfills/{quoted.Id}?q={search}");
            var found = PageOf(quoted);
            found.WaitForAssertion(() => found.FindAll("[data-testid=item-row]").Count.ShouldBe(count));
        }

        Navigation.NavigateTo($"/backfills/{quoted.Id}?q=lamp");
        PageOf(quoted).WaitForElement("[data-testid=no-items]").TextContent.ShouldContain("Nothing found for “lamp”");
    }

    [Fact]
    public async Task weeks_after_the_end_it_is_told_how_many_were_left_out_and_that_they_are_listed_no_more()
    {
        Pipeline.Shop.Add("bare");
        var started = await StartedAsync();
        await Desk.CancelAsync(started.Id, "merchant", CancellationToken.None);
        await WorkAsync();
        Pipeline.Clock.Advance(TimeSpan.FromDays(31));
        while (await Pipeline.Get<Housekeeping>().DoNextAsync(CancellationToken.None))
        {
            // The next chore.
        }

        Navigation.NavigateTo($"/backfills/{started.Id}?reason=NoPictures");
        var page = PageOf(await Desk.GetAsync(started.Id, CancellationToken.None));
        page.WaitForElement("[data-testid=no-items]").TextContent
            .ShouldBe("None is listed; some weeks after its end a backfill keeps only the number of the products that it left out.");
        page.Find("[data-testid=skipped-NoPictures] b").TextContent.ShouldBe("1");

        Navigation.NavigateTo($"/backfills/{started.Id}?reason=OutOfScope");
        PageOf(started).WaitForElement("[data-testid=no-items]").TextContent.ShouldBe("None is listed; only the number of such products is kept.");
    }

    [Fact]
    public async Task the_list_is_read_page_by_page()
    {
        Stock(60);
        var page = PageOf(await QuotedAsync());
        page.WaitForAssertion(() => page.FindAll("[data-testid=item-row]").Count.ShouldBe(50));
        await page.Find("#items [data-testid=load-more]").ClickAsync();

        page.FindAll("[data-testid=item-row]").Count.ShouldBe(61);
        page.FindAll("[data-testid=item-row] a").Select(link => link.GetAttribute("href")).Distinct().Count().ShouldBe(61);
    }

    [Fact]
    public async Task what_costs_is_started_by_who_agrees_to_the_price()
    {
        var quoted = await QuotedAsync(new BackfillPlan { Caps = new BackfillCaps { Videos = 5 } });
        var dialogs = Dialogs();
        var page = PageOf(quoted);
        var starting = page.Find("[data-testid=start]").ClickAsync();
        var dialog = dialogs.WaitForElement("[data-testid=start-dialog]");
        dialog.TextContent.ShouldContain("1 video of 1 product");
        dialog.TextContent.ShouldContain("Scripted (1)");
        dialog.TextContent.ShouldContain("A person looks at each video first");
        dialog.TextContent.ShouldContain("5 videos");
        dialogs.Find("[data-testid=confirm-start]").HasAttribute("disabled").ShouldBeTrue();

        await dialogs.Find("[data-testid=agree]").ChangeAsync(true);
        await dialogs.Find("[data-testid=confirm-start]").ClickAsync();
        await starting;

        page.Find("[data-testid=backfill-state]").GetAttribute("data-state").ShouldBe(nameof(BackfillState.Running));
        var started = await Desk.GetAsync(quoted.Id, CancellationToken.None);
        (started.Consent!.By, started.Consent.Prices.Single()).ShouldBe(("merchant", quoted.Quote!.Prices.Single()));
        page.Find("[data-testid=money]").TextContent.ShouldBe($"Of {BackfillLabels.Amounts(quoted.Quote.Prices)} agreed, nothing is spent and nothing held.");
    }

    [Fact]
    public async Task a_schedule_is_started_for_what_each_run_may_cost()
    {
        var quoted = await QuotedAsync(new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *", TimeZone = "Europe/Berlin" } });
        var dialogs = Dialogs();
        var page = PageOf(quoted);
        var starting = page.Find("[data-testid=start]").ClickAsync();
        dialogs.WaitForElement("[data-testid=each-run]");
        await dialogs.Find("[data-testid=each-run]").ChangeAsync("0.01");
        dialogs.Find("[data-testid=too-little]").TextContent.ShouldContain("Today's run alone would cost");
        await dialogs.Find("[data-testid=each-run]").ChangeAsync("25");
        await dialogs.Find("[data-testid=agree]").ChangeAsync(true);
        await dialogs.Find("[data-testid=confirm-start]").ClickAsync();
        await starting;

        page.Find("[data-testid=next-run]").TextContent.ShouldBe("Its next run begins 23 Nov 2026, 02:00 (Europe/Berlin).");
        page.Find("[data-testid=agreed]").TextContent.ShouldBe("$25.00");
        (await Desk.GetAsync(quoted.Id, CancellationToken.None)).Consent!.Prices.ShouldBe([new Money(25, "USD")]);
    }

    [Theory]
    [InlineData("25 USD")]
    [InlineData("")]
    public async Task a_sum_that_can_not_be_read_starts_nothing(string typed)
    {
        var quoted = await QuotedAsync(new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *" } });
        var dialogs = Dialogs();
        _ = PageOf(quoted).Find("[data-testid=start]").ClickAsync();
        dialogs.WaitForElement("[data-testid=each-run]");
        await dialogs.Find("[data-testid=agree]").ChangeAsync(true);
        await dialogs.Find("[data-testid=each-run]").ChangeAsync(typed);

        var field = dialogs.Find("[data-testid=each-run]");
        (field.GetAttribute("aria-invalid"), field.GetAttribute("value")).ShouldBe(("true", typed));
        dialogs.Find($"#{field.GetAttribute("aria-describedby")}").TextContent.ShouldStartWith("Each run may cost at most (USD): ");
        dialogs.Find("[data-testid=confirm-start]").HasAttribute("disabled").ShouldBeTrue();
        dialogs.FindAll("[data-testid=agree]").ShouldBeEmpty();
    }

    [Fact]
    public async Task another_amount_needs_another_word()
    {
        var quoted = await QuotedAsync(new BackfillPlan { Schedule = new BackfillSchedule { Cron = "0 2 * * *" } });
        var dialogs = Dialogs();
        var starting = PageOf(quoted).Find("[data-testid=start]").ClickAsync();
        dialogs.WaitForElement("[data-testid=each-run]");
        await dialogs.Find("[data-testid=agree]").ChangeAsync(true);
        await dialogs.Find("[data-testid=each-run]").ChangeAsync("400");

        dialogs.Find("[data-testid=confirm-start]").HasAttribute("disabled").ShouldBeTrue();
        await dialogs.FindAll("button").First(button => button.TextContent.Trim() == "Back").ClickAsync();
        await starting;
        (await Desk.GetAsync(quoted.Id, CancellationToken.None)).State.ShouldBe(BackfillState.Quoted);
    }

    [Fact]
    public async Task a_running_one_moves_before_the_merchants_eyes()
    {
        Stock(2);
        var started = await StartedAsync();
        var page = PageOf(started);
        page.Find("[data-testid=count-Waiting] b").TextContent.ShouldBe("3");

        await WorkAsync();
        Tick();
        page.WaitForAssertion(() => page.Find("[data-testid=count-UnderWay] b").TextContent.ShouldBe("3"));
        page.Find("[data-testid=backfill-progress]").GetAttribute("aria-valuetext").ShouldBe("0 of 3 videos · 0 %");
        page.Find("[data-testid=money]").TextContent.ShouldEndWith($"nothing is spent and {BackfillLabels.Amounts(started.Quote!.Prices)} held.");
        page.Find("[data-testid=time]").TextContent.ShouldContain("by merchant; running for");
    }

    [Fact]
    public async Task a_pause_says_what_goes_on_and_resuming_runs_it_again()
    {
        var page = PageOf(await StartedAsync());
        await page.Find("[data-testid=pause]").ClickAsync();
        page.Find("[data-testid=paused-by]").TextContent.ShouldBe("Paused by merchant. What was ordered goes on; nothing more is ordered until it is resumed.");
        page.FindAll("[data-testid=paused-why]").ShouldBeEmpty();

        await page.Find("[data-testid=resume]").ClickAsync();
        page.Find("[data-testid=backfill-state]").GetAttribute("data-state").ShouldBe(nameof(BackfillState.Running));
    }

    [Fact]
    public async Task what_paused_by_itself_says_why_and_the_way_out()
    {
        var started = await StartedAsync();
        var paused = await ForceAsync(started, backfill => BackfillMachine.Pause(
            backfill, by: null, new Problem("backfill_same_failure", "The last 3 videos all failed for the same reason. Mend that, then resume.", "3 failures in a row."), DateTimeOffset.UnixEpoch));
        var page = PageOf(paused);

        page.Find("[data-testid=paused-why]").TextContent.ShouldContain("It paused by itself. The last 3 videos all failed for the same reason. Mend that, then resume.");
        page.Find("[data-testid=resume]").ShouldNotBeNull();
        page.FindAll("[data-testid=paused-by]").ShouldBeEmpty();
    }

    [Fact]
    public async Task cancelling_asks_and_says_what_happens_to_what_is_under_way()
    {
        var started = await StartedAsync();
        var dialogs = Dialogs();
        var page = PageOf(started);
        var cancelling = page.Find("[data-testid=cancel]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Find(".dialog-text").TextContent.ShouldContain("What a provider makes already is paid for, so it is finished.");
        await dialogs.Find("[data-testid=confirm]").ClickAsync();
        await cancelling;

        page.Find("[data-testid=backfill-state]").GetAttribute("data-state").ShouldBe(nameof(BackfillState.Cancelled));
        page.Find("[data-testid=skipped-Cancelled] b").TextContent.ShouldBe("1");
    }

    [Fact]
    public async Task a_done_one_tells_what_came_of_it_and_offers_those_that_failed_again()
    {
        Pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "No.", "The provider refuses this picture."));
        var started = await StartedAsync();
        await WorkAsync();
        var item = (await Desk.ItemsAsync(started.Id, new ItemFilter(), CancellationToken.None)).ShouldHaveSingleItem();
        await Pipeline.AdvanceAsync(item.Generation!.Value);
        Tick();
        await WorkAsync();
        var page = PageOf(started);

        page.Find("[data-testid=backfill-state]").GetAttribute("data-state").ShouldBe(nameof(BackfillState.Done));
        page.Find("[data-testid=count-Failed] a").GetAttribute("href").ShouldBe($"/backfills/{started.Id}?state=Failed#items");
        page.WaitForElement("[data-testid=item-row]").TextContent.ShouldContain("The provider refuses this picture.");
        page.Find("[data-testid=of-failed]").GetAttribute("href").ShouldBe($"/backfills/new?failed={started.Id}");

        Navigation.NavigateTo($"/backfills/new?failed={started.Id}");
        var form = Render<NewBackfillPage>();
        form.Find("[data-testid=listed]").TextContent.ShouldStartWith("1 product from “Mugs” that failed");
        form.Find("[data-testid=try-again]").HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task those_that_failed_are_made_anew_by_the_same_recipe_within_the_same_limits()
    {
        var plan = new BackfillPlan
        {
            Recipe = new BackfillRecipe { Providers = [new ProviderChoice { Provider = "scripted", Model = "model-2", Only = new ChoiceRule { MinPrice = 10 } }] },
            Caps = new BackfillCaps { Money = new Money(25, "EUR"), Videos = 12, VideosPerWeek = 7 },
            Schedule = new BackfillSchedule { TimeZone = "Europe/Berlin", Blackouts = [new Blackout(new(8, 0), new(20, 0)), new Blackout(new(23, 0), new(23, 30))] },
            Priority = BackfillPriority.Low,
        };
        Pipeline.Provider.Models = ["model-1", "model-2"];
        JSInterop.Setup<string?>("productVideo.timeZone").SetResult("Asia/Tokyo");
        var earlier = await WriteDownAsync(plan);
        Navigation.NavigateTo($"/backfills/new?failed={earlier.Id}");
        var form = Render<NewBackfillPage>();
        form.Find("[data-testid=chosen-provider]").TextContent.ShouldContain("model-2");
        form.Find("[data-testid=chosen-provider] .note").TextContent.ShouldBe("Only priced 10 or more.");
        form.Find("[data-testid=more-blackouts]").TextContent.ShouldBe("Also nothing from 23:00 until 23:30.");
        await form.Find("[data-testid=pasted]").ChangeAsync("mug");
        await form.Find("[data-testid=save]").ClickAsync();

        var made = (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).Single(one => one.Id != earlier.Id).Plan;
        var choice = made.Recipe.Providers.ShouldHaveSingleItem();
        (choice.Model, choice.Only.MinPrice).ShouldBe(("model-2", 10));
        (made.Caps, made.Priority, made.Schedule.TimeZone).ShouldBe((plan.Caps, BackfillPriority.Low, "Europe/Berlin"));
        made.Schedule.Blackouts.ShouldBe(plan.Schedule.Blackouts);
    }

    [Fact]
    public async Task a_model_that_is_gone_since_is_told_beside_the_provider()
    {
        Pipeline.Provider.Models = ["model-1", "model-2"];
        var earlier = await WriteDownAsync(new BackfillPlan { Recipe = new BackfillRecipe { Providers = [new ProviderChoice { Provider = "scripted", Model = "model-2" }] } });
        Pipeline.Provider.Models = ["model-1"];
        Navigation.NavigateTo($"/backfills/new?failed={earlier.Id}");
        var form = Render<NewBackfillPage>();
        await form.Find("[data-testid=pasted]").ChangeAsync("mug");
        await form.Find("[data-testid=save]").ClickAsync();

        form.Find("[data-testid='mistake-recipe.providers']").TextContent.ShouldContain("has no model 'model-2'");
    }

    [Fact]
    public async Task videos_for_review_and_in_doubt_are_a_click_away()
    {
        var started = await StartedAsync();
        var progress = new BackfillProgress(
            new Dictionary<ItemState, int> { [ItemState.Review] = 1204, [ItemState.InDoubt] = 1, [ItemState.Published] = 3 }, new Dictionary<SkipReason, int>(), [],
            [new Money(1204.5m, "USD")], EstimatedEnd: null);
        var panel = Render<RunPanel>(with => with.Add(p => p.Backfill, started).Add(p => p.Progress, progress));

        panel.Find("[data-testid=to-review]").GetAttribute("href").ShouldBe($"/review?backfill={started.Id}");
        panel.Find("[data-testid=to-decide]").GetAttribute("href").ShouldBe("/videos?state=InDoubt");
        panel.Find("[data-testid=count-Review] b").TextContent.ShouldBe("1,204");
        panel.Find("[data-testid=money]").TextContent.ShouldContain("$1,204.50 is spent");
        panel.Find(".bar .spent").GetAttribute("style").ShouldBe("width: 100%");
    }

    [Fact]
    public async Task nothing_to_make_can_not_be_started()
    {
        var page = PageOf(await QuotedAsync(products: ["gone"]));
        page.Find("[data-testid=quote]").TextContent.ShouldContain("Nothing to make");
        page.FindAll("[data-testid=start]").ShouldBeEmpty();
    }

    [Fact]
    public async Task who_looks_after_another_shop_does_not_see_it()
    {
        var made = await WriteDownAsync();
        Authorization.SetClaims(new System.Security.Claims.Claim(ProductVideo.Security.ProductVideoAuth.ShopClaim, "elsewhere"));
        PageOf(made).Find("[role=alert]").TextContent.ShouldContain("There is no such backfill.");
    }

    private IRenderedComponent<BackfillPage> PageOf(Backfill backfill) => Render<BackfillPage>(with => with.Add(p => p.Id, backfill.Id));
}
