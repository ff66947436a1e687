using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using ProductVideo.Admin.Backfills;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class NewBackfillTests : BackfillPages
{
    [Fact]
    public void a_name_that_is_suggested_may_be_given()
    {
        var form = new BackfillForm();
        form.Collections.AddRange([new string('a', 60), new string('b', 60)]);
        form.Name.Length.ShouldBeLessThanOrEqualTo(BackfillRules.MostInName);
        form.Name.ShouldEndWith(" without a video");
        form.ByList = true;
        form.List([], $"“{new string('c', 100)}” that failed");
        form.Name.Length.ShouldBeLessThanOrEqualTo(BackfillRules.MostInName);
    }

    [Fact]
    public void what_failed_in_an_earlier_backfill_is_of_its_shop_alone_and_a_file_is_of_the_merchant()
    {
        var form = new BackfillForm { ByList = true };
        form.List(["mug"], "list.csv");
        form.ForgetWords();
        form.ToProducts().ShouldBe(["mug"]);

        form.List(["mug"], "“Mugs” that failed", ofShop: true);
        form.ForgetWords();
        form.ToProducts().ShouldBeEmpty();
        form.Name.ShouldBe("A list of products");
    }

    [Fact]
    public void the_way_back_leads_to_the_shop_s_own() =>
        Render<NewBackfillPage>().Find("a.back").GetAttribute("href").ShouldBe("/backfills?shop=test");

    [Fact]
    public async Task saving_writes_it_down_begins_the_dry_run_and_spends_nothing()
    {
        var page = Render<NewBackfillPage>();
        page.Find("[data-testid=name]").GetAttribute("value").ShouldBe("All products without a video");
        await page.Find("[data-testid=save]").ClickAsync();

        var made = await OnlyAsync();
        (made.State, made.Name, made.CreatedBy).ShouldBe((BackfillState.Quoting, "All products without a video", "merchant"));
        made.Plan.AutoApprove.ShouldBeFalse();
        new Uri(Navigation.Uri).AbsolutePath.ShouldBe($"/backfills/{made.Id}");
        Pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task every_mistake_stands_beside_its_field_and_nothing_is_written_down()
    {
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=without-video]").ChangeAsync(false);
        await page.Find("[data-testid=min-price]").ChangeAsync("20");
        await page.Find("[data-testid=max-price]").ChangeAsync("10");
        await page.Find("[data-testid=most-money]").ChangeAsync("5");
        await page.Find("[data-testid=currency]").ChangeAsync("XYZ");
        await page.Find("[data-testid=most-videos]").ChangeAsync("0");
        await page.Find("[data-testid=how-often]").ChangeAsync(nameof(WhenKind.Cron));
        await page.Find("[data-testid=cron]").ChangeAsync("at two");
        await page.Find("[data-testid=time-zone]").ChangeAsync("Mars/Olympus");
        await page.Find("[data-testid=save]").ClickAsync();

        string[] fields = ["scope.withoutVideo", "scope.minPrice", "caps.money", "caps.videos", "schedule.cron", "schedule.timeZone"];
        foreach (var field in fields)
            page.Find($"[data-testid='mistake-{field}']").TextContent.ShouldNotBeEmpty(field);
        page.Find("[data-testid=mistakes]").TextContent.ShouldStartWith("6 things need mending");
        page.Find("[data-testid=min-price]").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find($"#{page.Find("[data-testid=min-price]").GetAttribute("aria-describedby")}").TextContent.ShouldContain("no range");
        (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).ShouldBeEmpty();
        JSInterop.VerifyInvoke("productVideo.focusWrong");
    }

    [Fact]
    public async Task what_can_not_be_read_stands_beside_its_field_and_nothing_is_written_down()
    {
        Tell(ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold);
        var page = Render<NewBackfillPage>();
        (string TestId, string Field, string Typed)[] fields =
        [
            ("min-price", "scope.minPrice", "1,250"), ("max-price", "scope.maxPrice", "abc"), ("min-stock", "scope.minStock", "1.5"), ("best-sellers", "scope.bestSellers", "ten"),
            ("seconds", "recipe.seconds", "5s"), ("most-money", "caps.money", "25-"), ("most-videos", "caps.videos", "1e3"), ("per-week", "caps.videosPerWeek", "two"),
        ];
        foreach (var (testId, _, typed) in fields)
            await page.Find($"[data-testid={testId}]").ChangeAsync(typed);
        await page.Find("[data-testid=save]").ClickAsync();

        foreach (var (testId, field, typed) in fields)
        {
            page.Find($"[data-testid='mistake-{field}']").TextContent.ShouldContain($"“{typed}” can't be read for sure.");
            var input = page.Find($"[data-testid={testId}]");
            (input.GetAttribute("aria-invalid"), input.GetAttribute("value")).ShouldBe(("true", typed));
        }

        page.Find("[data-testid=mistakes]").TextContent.ShouldBe("8 things need mending. Each stands beside its field.");
        (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task amounts_with_a_comma_are_those_amounts()
    {
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=max-price]").ChangeAsync("19,90");
        await page.Find("[data-testid=most-money]").ChangeAsync("12,50");
        await page.Find("[data-testid=save]").ClickAsync();

        var plan = (await OnlyAsync()).Plan;
        (plan.Scope.MaxPrice, plan.Caps.Money).ShouldBe((19.9m, new ProductVideo.Spending.Money(12.5m, "USD")));
    }

    [Fact]
    public async Task a_limit_in_a_currency_that_nobody_charges_in_says_so()
    {
        var page = Render<NewBackfillPage>();
        page.Find("[data-testid=currency]").GetAttribute("value").ShouldBe("USD");
        await page.Find("[data-testid=most-money]").ChangeAsync("5");
        page.Find("[data-testid=currency-unused]").TextContent.ShouldBeEmpty();
        await page.Find("[data-testid=currency]").ChangeAsync("EUR");
        page.Find("[data-testid=currency-unused]").TextContent.ShouldStartWith("No provider that is switched on charges in EUR");
    }

    [Fact]
    public async Task a_shop_whose_videos_are_free_is_limited_in_its_own_currency()
    {
        Pipeline.Provider.Models = [];
        await IndexAsync();
        Render<NewBackfillPage>().Find("[data-testid=currency]").GetAttribute("value").ShouldBe("EUR");
    }

    [Fact]
    public async Task a_second_file_that_is_refused_does_not_leave_the_first()
    {
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=by-list]").ChangeAsync(true);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("id\nmug\n", "list.csv"));
        page.WaitForElement("[data-testid=listed]");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("[{\"title\": \"Mug\"}]", "list.json"));
        page.WaitForElement("[data-testid=file-mistake]");
        page.FindAll("[data-testid=listed]").ShouldBeEmpty();
        await page.Find("[data-testid=save]").ClickAsync();

        page.Find("[data-testid=mistake-products]").TextContent.ShouldBe("Name at least one product.");
    }

    [Fact]
    public async Task a_mended_mistake_goes_away()
    {
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=most-videos]").ChangeAsync("0");
        await page.Find("[data-testid=save]").ClickAsync();
        await page.Find("[data-testid=most-videos]").ChangeAsync("12");
        await page.Find("[data-testid=save]").ClickAsync();

        page.FindAll("[data-testid=mistakes]").ShouldBeEmpty();
        (await OnlyAsync()).Plan.Caps.Videos.ShouldBe(12);
    }

    [Fact]
    public void what_the_shop_does_not_tell_is_not_asked_for_and_the_page_says_so()
    {
        Tell(ListedFacts.Collections);
        var page = Render<NewBackfillPage>();

        page.FindAll("[data-testid=words-collections]").Count.ShouldBe(1);
        page.FindAll("[data-testid=min-stock], [data-testid=best-sellers]").ShouldBeEmpty();
        page.Find("[data-testid=untold]").TextContent.ShouldBe("This shop does not tell stock or sales, so products can't be chosen by those.");
    }

    [Fact]
    public async Task the_shops_own_words_are_one_click_away_and_others_can_be_written()
    {
        Tell(ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold);
        Stock(3, product => product with { Collections = ["Kitchen"], Tags = ["Gift", "Blue"] });
        await IndexAsync();
        var page = Render<NewBackfillPage>();
        page.FindAll("[data-testid=untold]").ShouldBeEmpty();

        await page.FindAll("[data-testid=words-collections] button").Single(word => word.TextContent == "Kitchen").ClickAsync();
        await page.Find("[data-testid=word-tags]").ChangeAsync("  Winter ");
        page.FindAll("[data-testid=words-tags] button[aria-pressed=true]").ShouldHaveSingleItem().TextContent.ShouldBe("Winter");
        page.Find("[data-testid=name]").GetAttribute("value").ShouldBe("Kitchen and Winter without a video");
        await page.Find("[data-testid=min-stock]").ChangeAsync("3");
        await page.Find("[data-testid=best-sellers]").ChangeAsync("1000");
        await page.Find("[data-testid=save]").ClickAsync();

        var scope = (await OnlyAsync()).Plan.Scope;
        scope.Collections.ShouldBe(["Kitchen"]);
        scope.Tags.ShouldBe(["Winter"]);
        (scope.MinStock, scope.BestSellers).ShouldBe((3, 1000));
    }

    [Fact]
    public async Task a_merchant_says_when_and_the_browser_says_in_which_zone()
    {
        JSInterop.Setup<string?>("productVideo.timeZone").SetResult("Europe/Berlin");
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=how-often]").ChangeAsync(nameof(WhenKind.Weekly));
        await page.Find("[data-testid=weekday]").ChangeAsync(nameof(DayOfWeek.Monday));
        await page.Find("[data-testid=at]").ChangeAsync("03:30:00");
        await page.Find("[data-testid=has-blackout]").ChangeAsync(true);
        await page.Find("[data-testid=blackout-from]").ChangeAsync("09:00:00");
        await page.Find("[data-testid=blackout-to]").ChangeAsync("17:30:00");
        await page.Find("[data-testid=save]").ClickAsync();

        var schedule = (await OnlyAsync()).Plan.Schedule;
        (schedule.Cron, schedule.TimeZone).ShouldBe(("30 3 * * 1", "Europe/Berlin"));
        schedule.Blackouts.ShouldBe([new Blackout(new TimeOnly(9, 0), new TimeOnly(17, 30))]);
        WhenForm.Describe(schedule.Cron).ShouldBe("Every Monday at 03:30");
    }

    [Fact]
    public async Task who_lets_videos_go_live_by_themselves_is_warned()
    {
        var page = Render<NewBackfillPage>();
        page.FindAll("[data-testid=auto-warning]").ShouldBeEmpty();
        await page.Find("[data-testid=by-itself]").ChangeAsync(true);

        page.Find("[data-testid=auto-warning]").TextContent.ShouldContain("nobody of yours has looked at");
        await page.Find("[data-testid=save]").ClickAsync();
        (await OnlyAsync()).Plan.AutoApprove.ShouldBeTrue();
    }

    [Fact]
    public async Task the_providers_are_asked_in_the_order_that_was_chosen()
    {
        var page = Render<NewBackfillPage>();
        var others = page.FindAll("[data-testid=add-provider] option").Select(option => option.GetAttribute("value")!).Where(key => key.Length > 0).ToList();
        foreach (var key in others)
            await page.Find("[data-testid=add-provider]").ChangeAsync(key);
        await page.Find("[data-testid=save]").ClickAsync();

        (await OnlyAsync()).Plan.Recipe.Providers.Select(choice => choice.Provider).ShouldBe(others);
    }

    [Fact]
    public async Task a_file_and_a_pasted_list_are_one_list_of_names()
    {
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=by-list]").ChangeAsync(true);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("title,id\n\"Mug, blue\",mug\nBowl,bowl\n", "list.csv"));
        page.WaitForElement("[data-testid=listed]").TextContent.ShouldStartWith("2 products from list.csv");
        await page.Find("[data-testid=pasted]").ChangeAsync("bowl\nplate, cup");
        await page.Find("[data-testid=save]").ClickAsync();

        var made = await OnlyAsync();
        made.Plan.Scope.OnlyNamed.ShouldBeTrue();
        made.Name.ShouldBe("Products from list.csv");
        await IndexAsync();
        await WorkAsync();
        (await Desk.ItemsAsync(made.Id, new ItemFilter(), CancellationToken.None)).Select(item => item.ProductId).Order().ShouldBe(["bowl", "cup", "mug", "plate"]);
    }

    [Fact]
    public async Task a_list_without_a_name_and_a_file_without_ids_are_told()
    {
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=by-list]").ChangeAsync(true);
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("[{\"title\": \"Mug\"}]", "list.json"));
        page.WaitForElement("[data-testid=file-mistake]").TextContent.ShouldStartWith("Entry 1 of the array has no id.");
        await page.Find("[data-testid=save]").ClickAsync();

        page.Find("[data-testid=mistake-products]").TextContent.ShouldBe("Name at least one product.");
    }

    [Fact]
    public async Task a_list_that_shall_run_every_night_is_told_beside_the_schedule()
    {
        var page = Render<NewBackfillPage>();
        await page.Find("[data-testid=by-list]").ChangeAsync(true);
        await page.Find("[data-testid=pasted]").ChangeAsync("mug");
        await page.Find("[data-testid=how-often]").ChangeAsync(nameof(WhenKind.Nightly));
        await page.Find("[data-testid=save]").ClickAsync();

        page.Find("[data-testid='mistake-schedule.cron']").TextContent.ShouldContain("runs once");
    }

    private async Task<Backfill> OnlyAsync() => (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
}
