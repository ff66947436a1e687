using Bunit;
using ProductVideo.Admin.Layout;
using ProductVideo.Admin.Spending;
using ProductVideo.Admin.Wishes;
using ProductVideo.Hosting;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class SpendingPageTests : AdminPages
{
    [Fact]
    public void without_caps_the_page_says_that_nothing_is_limited() =>
        Render<SpendingPage>().Find("[data-testid=no-caps]").TextContent.ShouldContain("without a limit");

    [Fact]
    public async Task a_cap_shows_what_is_spent_held_and_left()
    {
        await CapAsync(10);
        await Pipeline.OrderAsync();
        var page = Render<SpendingPage>();

        page.Find("[data-testid=cap] h3").TextContent.Trim().ShouldBe("Shop “Test shop”");
        page.Find("[data-testid=cap] [role=img]").GetAttribute("aria-label").ShouldBe("$0.00 spent, $0.70 held, $9.30 left");
        page.Find(".bar .held").GetAttribute("style").ShouldBe("width: 7%");
        page.Find("[data-testid=ledger-row]").TextContent.ShouldContain("Held");
        page.Find("[data-testid=download]").GetAttribute("href").ShouldBe("/spending/spend.csv");
    }

    [Fact]
    public async Task one_click_and_a_reason_stop_all_new_orders_and_another_click_goes_on()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var page = Render<SpendingPage>();
        var stopping = page.Find("[data-testid=stop-all]").ClickAsync();
        dialogs.WaitForElement("input");
        await dialogs.Find("input").InputAsync("The account is empty.");
        await dialogs.Find("[data-testid=confirm]").ClickAsync();
        await stopping;

        page.Find("[data-testid=stop]").TextContent.ShouldContain("The account is empty.");
        var ordered = await Pipeline.OrderAsync();
        (await Pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<ProductVideo.Generations.GenerationState.Planned>()
            .LastProblem!.MerchantText.ShouldContain("The account is empty.");
        await page.Find("[data-testid=resume]").ClickAsync();
        page.FindAll("[data-testid=stop]").ShouldBeEmpty();
        (await Pipeline.AdvanceAsync(ordered.Id)).State.ShouldNotBeOfType<ProductVideo.Generations.GenerationState.Planned>();
    }

    [Fact]
    public async Task one_provider_or_one_shop_is_stopped_too_and_leaves_the_button_for_everything()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var page = Render<SpendingPage>();
        await StopAsync("provider:scripted");

        page.Find("[data-testid=stop]").TextContent.ShouldContain("Provider “Scripted” is stopped");
        page.FindAll("[data-testid=stop-what] option").Select(option => option.TextContent).ShouldContain("Shop “Test shop”");
        page.FindAll("[data-testid=stop-what] option").Select(option => option.GetAttribute("value")).ShouldBe(["all", "provider:local", "shop:test"], ignoreOrder: true);
        await StopAsync("shop:test");
        await StopAsync("all");

        page.FindAll("[data-testid=stop]").Count.ShouldBe(3);
        page.FindAll("[data-testid=stop-all]").ShouldBeEmpty("everything is stopped");
        (await Pipeline.Get<ProductVideo.Accounts.SubmitSwitches>().ListAsync(CancellationToken.None)).Select(stop => stop.Scope).ShouldBe(["provider:scripted", "shop:test", "all"], ignoreOrder: true);

        async Task StopAsync(string scope)
        {
            await page.Find("[data-testid=stop-what]").ChangeAsync(scope);
            var stopping = page.Find("[data-testid=stop-all]").ClickAsync();
            dialogs.WaitForElement("input");
            await dialogs.Find("input").InputAsync("The account is empty.");
            await dialogs.Find("[data-testid=confirm]").ClickAsync();
            await stopping;
        }
    }

    [Fact]
    public async Task a_cap_of_the_settings_has_no_buttons()
    {
        await Pipeline.Get<Budgets>().ConfigureAsync([Cap(10)], LimitsAtStart.Replace, CancellationToken.None);
        var page = Render<SpendingPage>();
        page.FindAll("[data-testid=edit-cap]").ShouldBeEmpty();
        page.Find("[data-testid=cap]").TextContent.ShouldContain("Stands in the server's settings");
    }

    [Fact]
    public async Task a_cap_is_set_in_the_dialog_and_a_wrong_one_is_told_there()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var page = Render<SpendingPage>();
        var opening = page.Find("[data-testid=new-cap]").ClickAsync();
        dialogs.WaitForElement("[data-testid=save-cap]");

        await dialogs.Find("[data-testid=cap-currency]").ChangeAsync("XYZ");
        await dialogs.Find("[data-testid=save-cap]").ClickAsync();
        dialogs.Find("[role=alert]").TextContent.ShouldContain("'XYZ' is no currency");

        await dialogs.Find("[data-testid=cap-currency]").ChangeAsync("eur");
        await dialogs.Find("[data-testid=cap-amount]").ChangeAsync("42.5");
        await dialogs.Find("[data-testid=save-cap]").ClickAsync();
        await opening;

        page.Find("[data-testid=cap] h3").TextContent.Trim().ShouldBe("Everything");
        (await Pipeline.Get<Budgets>().ListAsync(shop: null, CancellationToken.None)).ShouldHaveSingleItem().Budget.Cap.ShouldBe(new Money(42.5m, "EUR"));
    }

    [Theory]
    [InlineData("25 EUR")]
    [InlineData("1e12")]
    [InlineData("1,250")]
    [InlineData("")]
    public async Task a_cap_that_can_not_be_read_is_told_beside_its_field_and_not_set(string typed)
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        _ = Render<SpendingPage>().Find("[data-testid=new-cap]").ClickAsync();
        dialogs.WaitForElement("[data-testid=save-cap]");
        await dialogs.Find("[data-testid=cap-amount]").ChangeAsync(typed);
        await dialogs.Find("[data-testid=save-cap]").ClickAsync();

        var field = dialogs.Find("[data-testid=cap-amount]");
        (field.GetAttribute("aria-invalid"), field.GetAttribute("value")).ShouldBe(("true", typed));
        dialogs.Find($"#{field.GetAttribute("aria-describedby")}").TextContent.ShouldStartWith("At most: ");
        (await Pipeline.Get<Budgets>().ListAsync(shop: null, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_amount_with_a_comma_is_that_amount()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        var setting = Render<SpendingPage>().Find("[data-testid=new-cap]").ClickAsync();
        dialogs.WaitForElement("[data-testid=save-cap]");
        await dialogs.Find("[data-testid=cap-amount]").ChangeAsync("12,50");
        await dialogs.Find("[data-testid=save-cap]").ClickAsync();
        await setting;
        (await Pipeline.Get<Budgets>().ListAsync(shop: null, CancellationToken.None)).ShouldHaveSingleItem().Budget.Cap.ShouldBe(new Money(12.5m, "USD"));
    }

    [Fact]
    public async Task setting_a_cap_where_there_is_one_changes_nothing()
    {
        await CapAsync(1_250);
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        _ = Render<SpendingPage>().Find("[data-testid=new-cap]").ClickAsync();
        dialogs.WaitForElement("[data-testid=save-cap]");
        await dialogs.Find("[data-testid=cap-scope]").ChangeAsync(nameof(BudgetScope.Shop));
        await dialogs.Find("[data-testid=cap-subject]").ChangeAsync("test");
        await dialogs.Find("[data-testid=save-cap]").ClickAsync();

        dialogs.Find("[role=alert]").TextContent.Trim().ShouldBe("There is one of $1,250.00 already. Use Change beside it.");
        (await Pipeline.Get<Budgets>().ListAsync(shop: null, CancellationToken.None)).ShouldHaveSingleItem().Budget.Cap.ShouldBe(new Money(1_250, "USD"));
    }

    [Fact]
    public async Task a_cap_in_a_currency_that_nobody_charges_in_says_so()
    {
        var dialogs = Render<MudBlazor.MudDialogProvider>();
        Render<MudBlazor.MudPopoverProvider>();
        _ = Render<SpendingPage>().Find("[data-testid=new-cap]").ClickAsync();
        dialogs.WaitForElement("[data-testid=save-cap]");
        dialogs.Find("[data-testid=cap-currency]").GetAttribute("value").ShouldBe("USD", "the provider charges in it");
        dialogs.Find("[data-testid=currency-unused]").TextContent.ShouldBeEmpty();
        await dialogs.Find("[data-testid=cap-currency]").ChangeAsync("eur");
        dialogs.Find("[data-testid=currency-unused]").TextContent.ShouldBe("No provider that is switched on charges in EUR, so this limits nothing. They charge in USD.");
    }

    [Fact]
    public async Task who_stopped_orders_is_you_where_it_was_the_visitor()
    {
        await Pipeline.Get<ProductVideo.Accounts.SubmitSwitches>().PauseAsync("all", "anna", "Empty.", CancellationToken.None);
        Render<Stops>(with => with.AddCascadingValue("visitor", "anna").Add(p => p.MayChange, true)).Find("[data-testid=stop]").TextContent.ShouldContain("You: Empty.");
        Render<Stops>(with => with.AddCascadingValue("visitor", "bo").Add(p => p.MayChange, true)).Find("[data-testid=stop]").TextContent.ShouldContain("anna: Empty.");
    }

    [Theory]
    [InlineData(10, "$10.00 left of the monthly cap of 10.00 USD for shop “test”.", false)]
    [InlineData(0.5, "$0.50 left of the monthly cap of 0.50 USD for shop “test”: not enough for this video.", true)]
    public async Task before_the_order_stands_what_is_left_of_the_tightest_cap(double cap, string text, bool isShort)
    {
        await CapAsync((decimal)cap);
        var panel = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]));
        var told = panel.WaitForElement("[data-testid=room-left]");
        told.TextContent.Trim().ShouldStartWith(text);
        told.ClassList.Contains("short").ShouldBe(isShort);
    }

    [Fact]
    public void without_a_cap_nothing_stands_beside_the_price()
    {
        var panel = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]));
        panel.WaitForAssertion(() => panel.FindAll("[data-testid=price]").Count.ShouldBe(1));
        panel.FindAll("[data-testid=room-left]").ShouldBeEmpty();
    }

    [Fact]
    public void a_bar_over_its_cap_is_full()
    {
        var room = new BudgetRoom(Cap(1), "2026-11", new Money(1, "USD"), new Money(3, "USD"));
        var card = Render<CapCard>(with => with.Add(p => p.Room, room));
        card.Find(".bar .spent").GetAttribute("style").ShouldBe("width: 75%");
        card.Find(".bar .held").GetAttribute("style").ShouldBe("width: 25%");
        card.Find("[data-testid=left]").TextContent.ShouldBe("$0.00");
    }

    private static Budget Cap(decimal amount) => new(Guid.CreateVersion7(), BudgetScope.Shop, "test", BudgetPeriod.Month, new Money(amount, "USD"));

    private Task CapAsync(decimal amount) => Pipeline.Get<Budgets>().PutAsync(Cap(amount), CancellationToken.None);
}
