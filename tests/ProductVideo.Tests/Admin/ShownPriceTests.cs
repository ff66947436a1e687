using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProductVideo.Accounts;
using ProductVideo.Admin.Products;
using ProductVideo.Admin.Videos;
using ProductVideo.Admin.Wishes;
using ProductVideo.Choosing;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

/// <summary>Nothing is paid at a price that the pages did not show.</summary>
public sealed class ShownPriceTests : AdminPages
{
    private readonly ScriptedProvider _second = new() { Key = "second", PerSecond = 0.6m };

    internal override void AddTo(IServiceCollection services) => services.AddSingleton<IVideoProvider>(_second);

    [Fact]
    public async Task what_stand_ins_cost_is_seen_and_agreed_to_with_the_price()
    {
        await ListAsync("scripted", "second");
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=seconds]").ChangeAsync("5"));
        panel.Find("[data-testid=price]").TextContent.ShouldBe("$0.70, or up to $3.00");
        panel.Find("[data-testid=stand-ins]").TextContent.ShouldStartWith("Scripted makes it. Where it can’t, second ($3.00), then ");
        panel.Find("[data-testid=stand-ins]").TextContent.ShouldEndWith(" (free) will.");

        await panel.Find("[data-testid=generate]").ClickAsync();
        var made = (await MadeAsync()).ShouldHaveSingleItem();
        made.Order.StandIns.ShouldNotBeNull().Agreed.ShouldBe([new Money(3, "USD")]);
    }

    [Fact]
    public async Task where_the_list_lets_several_be_paid_the_form_says_so()
    {
        await ListAsync("scripted", "second");
        RenderPanel().Find("[data-testid=stand-ins]").TextContent.ShouldNotContain("charged");
        await Pipeline.Get<ProviderLists>().PutAsync(
            "test", new ProviderList { Choices = [new ProviderChoice { Provider = "scripted" }, new ProviderChoice { Provider = "second" }], MayPayTwice = true }, "tester", CancellationToken.None);
        RenderPanel().Find("[data-testid=stand-ins]").TextContent.ShouldEndWith(" will. Your list lets each of them be charged then.");
    }

    [Fact]
    public async Task what_is_free_and_may_cost_something_later_says_so()
    {
        await ListAsync("local", "second");
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=seconds]").ChangeAsync("5"));
        panel.Find("[data-testid=price]").TextContent.ShouldBe("Free, or up to $3.00");
    }

    [Fact]
    public async Task the_price_is_that_of_what_is_made_where_the_first_ones_cap_is_full()
    {
        await ListAsync("scripted", "second");
        await CapAsync(BudgetScope.Provider, "scripted");
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=seconds]").ChangeAsync("5"));
        panel.Find("[data-testid=price]").TextContent.ShouldBe("$3.00");

        await panel.Find("[data-testid=generate]").ClickAsync();
        var made = (await MadeAsync()).ShouldHaveSingleItem();
        (made.Order.Provider, made.Order.Price.Amount).ShouldBe(("second", new Money(3, "USD")));
    }

    [Fact]
    public async Task where_a_cap_became_full_meanwhile_nobody_dearer_is_ordered()
    {
        await ListAsync("scripted", "second");
        _second.PerSecond = 0.1m;
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=seconds]").ChangeAsync("5"));
        panel.Find("[data-testid=price]").TextContent.ShouldBe("$0.70");
        await CapAsync(BudgetScope.Provider, "scripted");
        _second.PerSecond = 0.6m;
        await Pipeline.Get<SubmitSwitches>().PauseAsync(SubmitSwitches.Provider("local"), "Kim", "Not now.", CancellationToken.None);

        await panel.Find("[data-testid=generate]").ClickAsync();
        (await MadeAsync()).ShouldBeEmpty();
        panel.Find("[role=alert]").TextContent.ShouldContain("second makes this video for 3.00 USD now, and 0.70 USD was agreed to.");
        panel.Find("[data-testid=generate]").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public async Task what_no_cap_has_room_for_closes_the_button_and_says_why()
    {
        await CapAsync(BudgetScope.Everything, subject: null);
        var panel = RenderPanel();
        panel.Find("[data-testid=generate]").HasAttribute("disabled").ShouldBeTrue();
        panel.Find("[role=alert]").TextContent.ShouldContain("but only 0.10 USD is left of the cap of 0.10 USD");
        panel.Find("[data-testid=room-left]").TextContent.ShouldContain("not enough for this video");
    }

    [Fact]
    public async Task the_grid_asks_about_what_stand_ins_cost_too_and_orders_for_no_more()
    {
        await ListAsync("local", "second");
        var dialogs = Render<MudDialogProvider>();
        var clicked = Render<ProductsPage>().Find("[data-testid=generate]").ClickAsync();
        var confirm = dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Markup.ShouldContain("It is free, or costs up to $");
        dialogs.Markup.ShouldContain(" if another provider has to make it.");
        (await MadeAsync()).ShouldBeEmpty();
        confirm.Click();
        await clicked;

        var made = (await MadeAsync()).ShouldHaveSingleItem();
        (made.Order.Provider, made.Order.StandIns.ShouldNotBeNull().Agreed.ShouldNotBeNull().ShouldHaveSingleItem().Currency).ShouldBe(("local", "USD"));
    }

    [Fact]
    public async Task the_grid_orders_nothing_for_which_no_cap_has_room_and_does_not_ask()
    {
        await CapAsync(BudgetScope.Everything, subject: null);
        await Render<ProductsPage>().Find("[data-testid=generate]").ClickAsync();
        (await MadeAsync()).ShouldBeEmpty();
        Services.GetRequiredService<ISnackbar>().ShownSnackbars.ShouldHaveSingleItem().Message.ShouldNotBeNull().ShouldContain("but only 0.10 USD is left");
    }

    [Fact]
    public async Task trying_again_shows_the_price_of_now_and_orders_at_no_other()
    {
        var review = await ForReviewAsync();
        await Generations.RejectAsync(review.Id, "merchant", reason: null, CancellationToken.None);
        Pipeline.Provider.PerSecond = 0.2m;
        var dialogs = Render<MudDialogProvider>();
        var page = Render<VideoPage>(with => with.Add(p => p.Id, review.Id));

        var clicked = page.Find("[data-testid=retry]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Markup.ShouldContain("It is charged again: about $1.00.");
        Pipeline.Provider.PerSecond = 0.4m;
        dialogs.Find("[data-testid=confirm]").Click();
        await clicked;

        (await MadeAsync()).ShouldHaveSingleItem("dearer meanwhile");
        page.Markup.ShouldContain("Scripted makes this video for 2.00 USD now, and 1.00 USD was agreed to.");
    }

    private Task<IReadOnlyList<Generation>> MadeAsync() => Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None);

    private Task ListAsync(params string[] providers) => Pipeline.Get<ProviderLists>().PutAsync(
        "test", new ProviderList { Choices = [.. providers.Select(provider => new ProviderChoice { Provider = provider })] }, "tester", CancellationToken.None);

    private Task<BudgetRoom> CapAsync(BudgetScope scope, string? subject) => Pipeline.Get<Budgets>().PutAsync(
        new Budget(Guid.CreateVersion7(), scope, subject, BudgetPeriod.Ever, new Money(0.1m, "USD")), CancellationToken.None);

    private IRenderedComponent<NewVideo> RenderPanel()
    {
        var panel = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]));
        panel.WaitForAssertion(() => panel.FindAll("[data-testid=price]").Count.ShouldBe(1));
        return panel;
    }
}
