using Bunit;
using ProductVideo.Admin.Backfills;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Data.Archive;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ChangeBackfillTests : BackfillPages
{
    /// <summary>All that can be wanted, also what only a program says.</summary>
    private static readonly BackfillPlan Everything = new()
    {
        Scope = new BackfillScope
        {
            Collections = ["Kitchen"], Tags = ["Gift", "Blue"], ProductTypes = ["Mug"], Vendors = ["Varnmoor"], MinPrice = 10, MaxPrice = 50.5m, MinStock = 3, BestSellers = 1000,
            ChangedSince = new DateTimeOffset(2026, 11, 1, 22, 30, 0, TimeSpan.Zero), WithoutVideo = false, Changed = true, Restyled = true, TryAgain = true,
        },
        Recipe = new BackfillRecipe
        {
            Template = "turntable", Providers = [new ProviderChoice { Provider = "scripted", Model = "model-1", Only = new ChoiceRule { MinPrice = 10 } }], Aspects = ["1:1", "16:9", "4:5"],
            Seconds = 5, Wish = "a darker floor",
        },
        Caps = new BackfillCaps { Money = new Money(25, "EUR"), Videos = 100, VideosPerWeek = 20 },
        AutoApprove = true,
        Schedule = new BackfillSchedule { Cron = "30 3 * * 1", TimeZone = "Europe/Berlin", Blackouts = [new Blackout(new(8, 0), new(20, 0)), new Blackout(new(23, 0), new(23, 30))] },
        Priority = BackfillPriority.Low,
    };

    [Fact]
    public async Task saving_the_form_as_it_is_filled_changes_nothing_of_what_is_wanted()
    {
        Tell(ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold);
        JSInterop.Setup<string?>("productVideo.timeZone").SetResult("Asia/Tokyo");
        var made = await WriteDownAsync(Everything);
        var page = ChangeOf(made);
        page.Find("[data-testid=name]").GetAttribute("value").ShouldBe("Mugs");
        page.Find("[data-testid=how-often]").GetAttribute("value").ShouldBe(nameof(WhenKind.Weekly));
        page.Find("[data-testid='aspect-4:5']").HasAttribute("checked").ShouldBeTrue();
        await page.Find("[data-testid=save]").ClickAsync();

        var saved = await Desk.GetAsync(made.Id, CancellationToken.None);
        System.Text.Json.JsonSerializer.Serialize(saved.Plan).ShouldBe(System.Text.Json.JsonSerializer.Serialize(Everything with { Recipe = Everything.Recipe with { Aspects = ["1:1", "16:9", "4:5"] } }));
        (saved.Name, saved.State).ShouldBe(("Mugs", BackfillState.Quoting));
        new Uri(Navigation.Uri).AbsolutePath.ShouldBe($"/backfills/{made.Id}");
    }

    [Fact]
    public async Task a_quoted_one_is_changed_from_its_page_and_priced_anew_as_the_same_one()
    {
        Stock(2);
        var quoted = await QuotedAsync();
        var shown = Render<BackfillPage>(with => with.Add(p => p.Id, quoted.Id));
        shown.Find("[data-testid=change]").GetAttribute("href").ShouldBe($"/backfills/{quoted.Id}/change");
        shown.FindAll("[data-testid=like]").ShouldBeEmpty();
        var page = ChangeOf(quoted);
        page.Find("h1").TextContent.ShouldBe("Change the backfill");
        page.Find("a.back").GetAttribute("href").ShouldBe($"/backfills/{quoted.Id}");
        page.Find("[data-testid=save]").TextContent.Trim().ShouldBe("Save and price anew");
        await page.Find("[data-testid=most-videos]").ChangeAsync("1");
        await page.Find("[data-testid=save]").ClickAsync();
        await WorkAsync();

        var changed = (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
        (changed.Id, changed.Name, changed.State, changed.Quote!.Videos).ShouldBe((quoted.Id, "Mugs", BackfillState.Quoted, 1));
        // The other page, which was open all the time, shows what it is now.
        Tick();
        shown.WaitForAssertion(() => shown.Find("[data-testid=quote-videos]").TextContent.ShouldBe("1 video"));
    }

    [Fact]
    public async Task its_list_stands_in_the_form_and_can_be_added_to()
    {
        var made = await WriteDownAsync(products: ["mug", "bowl"]);
        var page = ChangeOf(made);
        page.Find("[data-testid=listed]").TextContent.ShouldStartWith("2 products from “Mugs”");
        await page.Find("[data-testid=save]").ClickAsync();
        (await Desk.NamesAsync(made.Id, CancellationToken.None)).ShouldBe(["bowl", "mug"]);

        page = ChangeOf(made);
        await page.Find("[data-testid=pasted]").ChangeAsync("cup, mug");
        await page.Find("[data-testid=save]").ClickAsync();
        (await Desk.NamesAsync(made.Id, CancellationToken.None)).ShouldBe(["bowl", "cup", "mug"]);

        page = ChangeOf(made);
        await page.Find("[data-testid=by-what]").ChangeAsync(true);
        await page.Find("[data-testid=save]").ClickAsync();
        (await Desk.GetAsync(made.Id, CancellationToken.None)).Plan.Scope.OnlyNamed.ShouldBeFalse();
    }

    [Fact]
    public async Task a_mistake_stands_beside_its_field_and_the_backfill_stays_as_it_is()
    {
        var quoted = await QuotedAsync();
        var page = ChangeOf(quoted);
        await page.Find("[data-testid=most-videos]").ChangeAsync("0");
        await page.Find("[data-testid=save]").ClickAsync();
        page.Find("[data-testid='mistake-caps.videos']").TextContent.ShouldNotBeEmpty();
        (await Desk.GetAsync(quoted.Id, CancellationToken.None)).State.ShouldBe(BackfillState.Quoted);
    }

    [Fact]
    public async Task one_that_was_started_shows_the_way_out_also_where_that_happened_meanwhile()
    {
        var quoted = await QuotedAsync();
        var open = ChangeOf(quoted);
        await Desk.StartAsync(quoted.Id, quoted.Quote!.Prices, "somebody else", CancellationToken.None);
        await open.Find("[data-testid=save]").ClickAsync();
        open.Find("[role=alert]").TextContent.ShouldContain("Only a backfill that was not started can be changed. Make a new one like it");

        var late = ChangeOf(quoted);
        late.Find("[role=alert]").TextContent.ShouldContain("Only a backfill that was not started can be changed.");
        late.Find("[data-testid=like]").GetAttribute("href").ShouldBe($"/backfills/new?like={quoted.Id}");
        late.FindAll("[data-testid=save]").ShouldBeEmpty();
    }

    [Fact]
    public async Task who_looks_after_another_shop_changes_and_copies_nothing()
    {
        var made = await WriteDownAsync();
        Authorization.SetClaims(new System.Security.Claims.Claim(ProductVideo.Security.ProductVideoAuth.ShopClaim, "elsewhere"));
        ChangeOf(made).Find("[role=alert]").TextContent.ShouldContain("There is no such backfill.");
        LikeOf(made).Find("[role=alert]").TextContent.ShouldContain("There is no such backfill.");
    }

    [Fact]
    public async Task a_new_one_like_it_is_another_one_with_all_that_was_wanted()
    {
        var cancelled = await Desk.CancelAsync((await QuotedAsync(products: ["mug"])).Id, "merchant", CancellationToken.None);
        var shown = Render<BackfillPage>(with => with.Add(p => p.Id, cancelled.Id));
        shown.Find("[data-testid=like]").GetAttribute("href").ShouldBe($"/backfills/new?like={cancelled.Id}");
        shown.FindAll("[data-testid=change]").ShouldBeEmpty();
        var page = LikeOf(cancelled);
        page.Find("h1").TextContent.ShouldBe("New backfill");
        await page.Find("[data-testid=save]").ClickAsync();

        var made = (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).Single(one => one.Id != cancelled.Id);
        (made.Name, made.State).ShouldBe(("Mugs", BackfillState.Quoting));
        (await Desk.NamesAsync(made.Id, CancellationToken.None)).ShouldBe(["mug"]);
    }

    [Fact]
    public async Task a_list_that_is_kept_no_more_is_said_to_be_gone()
    {
        var cancelled = await Desk.CancelAsync((await QuotedAsync(products: ["mug"])).Id, "merchant", CancellationToken.None);
        await WorkAsync();
        Pipeline.Clock.Advance(TimeSpan.FromDays(31));
        while (await Pipeline.Get<Housekeeping>().DoNextAsync(CancellationToken.None))
        {
            // The next chore.
        }

        var page = LikeOf(cancelled);
        page.Find("[data-testid=list-forgotten]").TextContent.ShouldContain("Name the products anew");
        await page.Find("[data-testid=save]").ClickAsync();
        page.Find("[data-testid=mistake-products]").TextContent.ShouldBe("Name at least one product.");
    }

    private IRenderedComponent<ChangeBackfillPage> ChangeOf(Backfill backfill) => Render<ChangeBackfillPage>(with => with.Add(p => p.Id, backfill.Id));

    private IRenderedComponent<NewBackfillPage> LikeOf(Backfill backfill)
    {
        Navigation.NavigateTo($"/backfills/new?like={backfill.Id}");
        return Render<NewBackfillPage>();
    }
}
