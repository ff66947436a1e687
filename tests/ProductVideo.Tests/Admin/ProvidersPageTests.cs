using Bunit;
using ProductVideo.Admin.Choosing;
using ProductVideo.Admin.Videos;
using ProductVideo.Admin.Wishes;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ProvidersPageTests : AdminPages
{
    [Fact]
    public void the_providers_stand_there_and_only_those_with_a_free_call_can_be_tested()
    {
        var rows = Render<ProvidersPage>().FindAll("[data-testid=provider-row]");
        rows.Select(row => row.QuerySelector("strong")!.TextContent).ShouldContain("Scripted");
        rows.ShouldAllBe(row => row.QuerySelector("[data-testid=test-provider]") == null);
        rows[0].TextContent.ShouldContain("takes orders");
    }

    [Fact]
    public async Task an_account_that_can_not_be_tested_is_opened_again_by_the_button_that_its_orders_name()
    {
        Pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.OutOfCredit, "402", "There is no credit left."));
        (await Pipeline.AdvanceAsync((await Pipeline.OrderAsync()).Id)).State.ShouldBeOfType<GenerationState.Failed>();
        var waiting = await Pipeline.OrderAsync();
        (await Pipeline.AdvanceAsync(waiting.Id)).State.ShouldBeOfType<GenerationState.Planned>().LastProblem!.MerchantText.ShouldContain("press “It is mended” under Providers");

        var page = Render<ProvidersPage>();
        page.Find("[data-testid=reopen-provider]").TextContent.ShouldBe("It is mended");
        await page.Find("[data-testid=reopen-provider]").ClickAsync();
        page.FindAll("[data-testid=reopen-provider]").ShouldBeEmpty();
        Pipeline.Provider.OnStart = intent => new StartOutcome.Accepted(new ProviderOperation("task-" + intent.Nonce));
        (await Pipeline.AdvanceAsync(waiting.Id)).State.ShouldBeOfType<GenerationState.Rendering>();
    }

    [Fact]
    public async Task a_provider_is_added_for_some_products_and_saved_at_once()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var page = Render<ProvidersPage>();
        page.Find("[data-testid=no-list]").TextContent.ShouldContain("nobody stands in");

        var adding = page.Find("[data-testid=add-choice]").ClickAsync();
        dialogs.WaitForElement("[data-testid=choice-provider]");
        await dialogs.Find("[data-testid=choice-provider]").ChangeAsync("scripted");
        await dialogs.Find("[data-testid=choice-types]").ChangeAsync(" Mugs , Bowls,");
        await dialogs.Find("[data-testid=choice-max-seconds]").ChangeAsync("10");
        await dialogs.Find("[data-testid=save-choice]").ClickAsync();
        await adding;

        page.Find("[data-testid=choice]").TextContent.ShouldContain("Only products of type Mugs or Bowls, videos of 10 s or less.");
        page.Find(".last-resort").TextContent.ShouldContain("Local renderer");
        var only = (await ListAsync()).ShouldNotBeNull().Choices.ShouldHaveSingleItem().Only;
        only.MaxSeconds.ShouldBe(10);
        only.ProductTypes.ShouldBe(["Mugs", "Bowls"]);
    }

    [Fact]
    public void a_provider_that_offers_no_model_now_stands_there_and_can_not_be_put_on_the_list()
    {
        Pipeline.Provider.Models = [];
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var page = Render<ProvidersPage>();
        page.FindAll("[data-testid=provider-row]")[0].TextContent.ShouldContain("none at the moment");
        _ = page.Find("[data-testid=add-choice]").ClickAsync();
        dialogs.WaitForElement("[data-testid=choice-provider]");
        dialogs.FindAll("[data-testid=choice-provider] option").ShouldHaveSingleItem().TextContent.ShouldBe("Local renderer");
    }

    [Fact]
    public async Task a_price_that_can_not_be_read_is_told_and_adds_nothing()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var adding = Render<ProvidersPage>().Find("[data-testid=add-choice]").ClickAsync();
        dialogs.WaitForElement("[data-testid=choice-min-price]");
        string[] fields = ["choice-min-price", "choice-max-price", "choice-min-seconds", "choice-max-seconds"];
        foreach (var field in fields)
            await dialogs.Find($"[data-testid={field}]").ChangeAsync("25-");
        await dialogs.Find("[data-testid=save-choice]").ClickAsync();

        foreach (var field in fields)
        {
            dialogs.Find($"[data-testid={field}]").GetAttribute("aria-invalid").ShouldBe("true", field);
            dialogs.Find($"#{dialogs.Find($"[data-testid={field}]").GetAttribute("aria-describedby")}").TextContent.ShouldContain("can't be read for sure");
        }

        (await ListAsync()).ShouldBeNull();
        await dialogs.Find("[data-testid=choice-min-price]").ChangeAsync("12,50");
        foreach (var field in fields[1..])
            await dialogs.Find($"[data-testid={field}]").ChangeAsync("");
        await dialogs.Find("[data-testid=save-choice]").ClickAsync();
        await adding;
        (await ListAsync())!.Choices.ShouldHaveSingleItem().Only.MinPrice.ShouldBe(12.5m);
    }

    [Fact]
    public async Task a_range_that_is_none_is_refused_before_it_is_saved()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var page = Render<ProvidersPage>();
        var adding = page.Find("[data-testid=add-choice]").ClickAsync();
        dialogs.WaitForElement("[data-testid=choice-min-price]");
        await dialogs.Find("[data-testid=choice-min-price]").ChangeAsync("9");
        await dialogs.Find("[data-testid=choice-max-price]").ChangeAsync("1");
        await dialogs.Find("[data-testid=save-choice]").ClickAsync();

        dialogs.Markup.ShouldContain("the prices are no range");
        (await ListAsync()).ShouldBeNull();
        adding.IsCompleted.ShouldBeFalse("the dialog stays open");
    }

    [Fact]
    public async Task lines_are_moved_and_removed_and_a_second_charge_is_allowed_with_a_tick()
    {
        await Pipeline.Get<ProviderLists>().PutAsync(
            "test", new ProviderList { Choices = [new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "local" }] }, "tester", CancellationToken.None);
        var page = Render<ProvidersPage>();
        page.FindAll(".last-resort").ShouldBeEmpty();

        await page.Find("[aria-label='Move Scripted down']").ClickAsync();
        (await ListAsync())!.Choices.Select(choice => choice.Provider).ShouldBe(["local", "scripted"]);
        await page.Find("[data-testid=pay-twice]").ChangeAsync(true);
        (await ListAsync())!.MayPayTwice.ShouldBeTrue();
        await page.Find("[aria-label='Remove Local renderer']").ClickAsync();
        (await ListAsync())!.Choices.ShouldHaveSingleItem().Provider.ShouldBe("scripted");
        await page.Find("[aria-label='Remove Scripted']").ClickAsync();
        (await ListAsync()).ShouldBeNull();
        page.Find("[data-testid=no-list]");
    }

    [Fact]
    public async Task a_double_click_removes_one_line_and_not_the_one_that_moves_up_below_it()
    {
        ProviderChoice scripted = new() { Provider = "scripted" };
        await Pipeline.Get<ProviderLists>().PutAsync("test", new ProviderList { Choices = [scripted, new ProviderChoice { Provider = "local" }, scripted] }, "tester", CancellationToken.None);
        var page = Render<ProvidersPage>();

        await page.Find("[aria-label^=Remove]").ClickAsync(new() { Detail = 1 });
        await page.Find("[aria-label^=Remove]").ClickAsync(new() { Detail = 2 });
        (await ListAsync())!.Choices.Select(choice => choice.Provider).ShouldBe(["local", "scripted"]);

        await page.Find("[aria-label^=Remove]").ClickAsync(new() { Detail = 1 });
        (await ListAsync())!.Choices.ShouldHaveSingleItem().Provider.ShouldBe("scripted");
    }

    [Fact]
    public async Task a_list_that_was_changed_elsewhere_meanwhile_is_shown_and_not_written_over()
    {
        var lists = Pipeline.Get<ProviderLists>();
        await lists.PutAsync(
            "test", new ProviderList { Choices = [new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "local" }] }, "ann", CancellationToken.None);
        var page = Render<ProvidersPage>();
        await lists.PutAsync("test", new ProviderList { Choices = [new ProviderChoice { Provider = "local" }] }, "bo", CancellationToken.None);

        await page.Find("[aria-label='Move Scripted down']").ClickAsync();

        (await ListAsync())!.Choices.ShouldHaveSingleItem().Provider.ShouldBe("local");
        page.Find("[role=alert]").TextContent.ShouldContain("The list was changed meanwhile");
        page.FindAll("[data-testid=choice]").ShouldHaveSingleItem().TextContent.ShouldContain("Local renderer");

        await page.Find("[data-testid=pay-twice]").ChangeAsync(true);
        (await ListAsync())!.MayPayTwice.ShouldBeTrue();
        page.FindAll("[role=alert]").ShouldBeEmpty();

        await lists.DeleteAsync("test", CancellationToken.None);
        await page.Find("[aria-label='Remove Local renderer']").ClickAsync();
        page.Find("[role=alert]").TextContent.ShouldContain("The list was changed meanwhile");
        page.Find("[data-testid=no-list]");
    }

    [Fact]
    public async Task the_form_follows_the_list_and_says_who_stands_in()
    {
        await Pipeline.Get<ProviderLists>().PutAsync(
            "test", new ProviderList { Choices = [new ProviderChoice { Provider = "scripted" }] }, "tester", CancellationToken.None);
        var form = Render<NewVideo>(parameters => parameters.Add(page => page.Product, Pipeline.Shop.Products["mug"]));
        form.WaitForElement("[data-testid=stand-ins]").TextContent.ShouldBe("Scripted makes it. Where it can’t, Local renderer (free) will.");
        form.Find("[data-testid=made-by] option").TextContent.ShouldBe("As the shop’s list says (Scripted)");

        await SettleAsync(form.Find("[data-testid=made-by]").ChangeAsync("scripted"));
        form.WaitForState(() => form.FindAll("[data-testid=stand-ins]").Count == 0);
    }

    [Fact]
    public async Task a_video_that_another_provider_makes_instead_leads_there()
    {
        var to = Guid.CreateVersion7();
        var problem = new Problem("content_refused", "It refuses these pictures.", "moderation");
        var handing = await InAsync(new GenerationState.Failed(problem, Handover: new Handover(Pipeline.Clock.GetUtcNow(), MayHavePaid: false)));
        Render<Standing>(parameters => parameters.Add(page => page.Video, handing)).Markup.ShouldContain("is being asked to make it");

        var handed = Render<Standing>(parameters => parameters.Add(page => page.Video, handing with { State = new GenerationState.Failed(problem, FollowedBy: to) }));
        handed.Find("[data-testid=followed-by]").GetAttribute("href").ShouldBe($"/videos/{to}");
        Render<Standing>(parameters => parameters.Add(
                page => page.Video, handing with { State = new GenerationState.Failed(problem, Unfollowed: new Problem("no_room", "There is no room.", "no room")) }))
            .Find("[data-testid=standing]").TextContent.ShouldBe("No other provider could take over: There is no room.");
    }

    private Task<ProviderList?> ListAsync() => Pipeline.Get<ProviderLists>().FindAsync("test", CancellationToken.None);
}
