using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using ProductVideo.Admin;
using ProductVideo.Admin.Products;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Exchange;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ProductsPageTests : AdminPages
{
    private readonly MemoryShop _other = new() { Shop = "other" };

    internal override void AddTo(IServiceCollection services) => services.AddSingleton<IStorefront>(_other);

    [Fact]
    public void a_card_shows_picture_title_kind_and_price()
    {
        var card = Render<ProductsPage>().Find("[data-testid=product-card]");

        card.GetAttribute("data-product").ShouldBe("mug");
        card.QuerySelector("h2")!.TextContent.ShouldBe("Stoneware mug");
        card.QuerySelector(".kind")!.TextContent.ShouldBe("Mugs · Varnmoor");
        card.QuerySelector(".price")!.TextContent.ShouldBe("€24.90");
        card.QuerySelector("img")!.GetAttribute("src").ShouldBe("/api/v1/products/test/mug/images/front.jpg?v=1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void a_product_that_is_not_published_says_so_on_its_card_and_its_page_and_leads_nowhere(bool isPublished)
    {
        Pipeline.Shop.Products["mug"] = Pipeline.Shop.Products["mug"] with { IsPublished = isPublished, ListingUrl = "/listing/mug" };

        var card = Render<ProductsPage>().WaitForElement("[data-testid=product-card]");
        var page = Render<ProductVideo.Admin.Products.ProductPage>(with => with.Add(p => p.Shop, "test").Add(p => p.Id, "mug"));
        page.WaitForElement(".facts");

        card.QuerySelectorAll("[data-testid=not-published]").Select(chip => chip.TextContent).ShouldBe(isPublished ? [] : ["Not published"]);
        page.FindAll(".page-head [data-testid=not-published]").Count.ShouldBe(isPublished ? 0 : 1);
        page.FindAll("a[href='/listing/mug']").Count.ShouldBe(isPublished ? 1 : 0);
    }

    [Fact]
    public void a_shop_that_is_there_to_be_tried_is_not_what_the_page_opens_on_where_there_is_another()
    {
        _other.Add("lamp", ("front.jpg", PipelineFixture.Picture(800, 600)));
        Pipeline.Get<ProductVideo.Hosting.ProductVideoOptions>().TrialShop = "test";
        Render<ProductsPage>().WaitForElement("[data-testid=product-card]").GetAttribute("data-product").ShouldBe("lamp");
    }

    [Fact]
    public async Task one_click_orders_one_free_video_and_goes_to_it()
    {
        Pipeline.Provider.PerSecond = 0;
        await Render<ProductsPage>().Find("[data-testid=generate]").ClickAsync();

        var made = (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
        made.Order.RequestedBy.ShouldBe("merchant");
        made.Order.Origin.ShouldBe(GenerationOrigin.Click);
        new Uri(Navigation.Uri).AbsolutePath.ShouldBe($"/videos/{made.Id}");
    }

    [Fact]
    public async Task what_costs_is_ordered_only_once_its_price_is_agreed_to()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = Render<ProductsPage>();

        var refused = page.Find("[data-testid=generate]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Markup.ShouldContain("It costs about $0.70.");
        (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldBeEmpty();
        dialogs.FindAll("button").First(button => button.TextContent == "Back").Click();
        await refused;
        (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldBeEmpty();

        var agreed = page.Find("[data-testid=generate]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]").Click();
        await agreed;
        (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldHaveSingleItem().Order.Price.Amount.ShouldBe(new(0.70m, "USD"));
    }

    [Fact]
    public async Task a_second_click_leads_to_the_video_under_way()
    {
        Pipeline.Provider.PerSecond = 0;
        var page = Render<ProductsPage>();
        await page.Find("[data-testid=generate]").ClickAsync();
        await page.Find("[data-testid=generate]").ClickAsync();

        (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_card_follows_its_latest_video()
    {
        var page = Render<ProductsPage>();
        page.FindAll("[data-testid=state]").ShouldBeEmpty();

        await Pipeline.OrderAsync();
        Pipeline.Get<GenerationChanges>().Tell(Guid.NewGuid());

        page.WaitForAssertion(() => page.Find("[data-testid=state]").TextContent.Trim().ShouldBe("Waiting to start"));
    }

    [Fact]
    public void a_product_without_a_picture_says_what_it_needs()
    {
        Pipeline.Shop.Products.Clear();
        Pipeline.Shop.Add("bare");

        var button = Render<ProductsPage>().Find("[data-testid=generate]");

        button.HasAttribute("disabled").ShouldBeTrue();
        button.TextContent.Trim().ShouldBe("Needs a picture");
        button.GetAttribute("aria-label").ShouldBe($"Needs a picture: {Pipeline.Shop.Products["bare"].Title}");
    }

    [Fact]
    public void an_empty_shop_says_so()
    {
        Pipeline.Shop.Products.Clear();

        Render<ProductsPage>().Markup.ShouldContain("This shop has no products yet");
    }

    [Fact]
    public void an_unknown_shop_is_told_and_not_thrown()
    {
        Navigation.NavigateTo("/?shop=elsewhere");

        var told = Render<ProductsPage>().Find("[role=alert]");

        told.TextContent.ShouldContain("There is no shop “elsewhere” here.");
    }

    [Fact]
    public void another_shop_shows_nothing_of_the_one_before_even_while_it_does_not_answer()
    {
        for (var i = 0; i < 30; i++)
            Pipeline.Shop.Add($"p{i:00}", ("front.jpg", Pipeline.Shop.Pictures["front.jpg"]));
        var page = Render<ProductsPage>();
        page.FindAll(".more button").Count.ShouldBe(1);

        _other.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The other shop does not answer.", "away"));
        Navigation.NavigateTo("/?shop=other");

        page.WaitForAssertion(() => page.Find("[role=alert]").TextContent.ShouldContain("The other shop does not answer."));
        page.FindAll("[data-testid=product-card], .more button").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/", null)]
    [InlineData("/?shop=test", null)]
    [InlineData("/?shop=test&search=mug", "/?shop=test")]
    [InlineData("/?shop=elsewhere", "/")]
    public void all_products_are_a_click_away_only_where_the_address_asks_for_something_else(string address, string? leadsTo)
    {
        Pipeline.Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop does not answer.", "away"));
        Navigation.NavigateTo(address);
        var page = Render<ProductsPage>();
        page.WaitForElement("[role=alert]");
        page.FindAll("[data-testid=all-products]").Select(link => link.GetAttribute("href")).ShouldBe(leadsTo is null ? [] : [leadsTo]);
    }

    [Fact]
    public void what_a_page_can_not_read_is_not_tried_again_by_itself()
    {
        var told = typeof(ShopWords).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Where(text => text.Contains("by ourselves", StringComparison.Ordinal)).ToList();
        told.ShouldNotBeEmpty();
        foreach (var fault in told.Select(text => new StorefrontException(StorefrontFault.Unavailable, text, "503")))
        {
            Told.Of(fault)!.MerchantText.ShouldContain("Try again in a moment");
            Told.Of(Refusals.From(fault))!.MerchantText.ShouldContain("Try again in a moment");
            ShopWords.WhileConnecting(fault, address: null).ShouldNotContain("by ourselves");
        }
    }

    [Fact]
    public async Task whoever_looks_at_one_product_comes_back_to_the_same_list_and_ticks()
    {
        Navigation.NavigateTo("/?shop=test&search=Stoneware mug");
        var list = Render<ProductsPage>();
        await list.Find("[data-testid=choose]").ChangeAsync(true);

        var product = Render<ProductVideo.Admin.Products.ProductPage>(with => with.Add(p => p.Shop, "test").Add(p => p.Id, "mug"));
        product.Find("a.back").GetAttribute("href").ShouldBe("/?shop=test&search=Stoneware%20mug");
        Render<ProductVideo.Admin.Products.ProductPage>(with => with.Add(p => p.Shop, "other").Add(p => p.Id, "lamp")).Find("a.back").GetAttribute("href").ShouldBe("/?shop=other");

        var again = Render<ProductsPage>();
        again.Find("[data-testid=choose]").HasAttribute("checked").ShouldBeTrue();
        again.Find("[data-testid=make-of-chosen]").TextContent.Trim().ShouldBe("Make videos of 1 product");
        await again.FindAll("button").Single(button => button.TextContent == "Choose none").ClickAsync();
        again.Find("[data-testid=choose]").HasAttribute("checked").ShouldBeFalse();
    }

    [Theory]
    [InlineData("all", true)]
    [InlineData("shop:test", true)]
    [InlineData("shop:other", false)]
    public async Task where_new_orders_are_stopped_the_buttons_that_order_say_so(string scope, bool isStopped)
    {
        await Pipeline.Get<ProductVideo.Accounts.SubmitSwitches>().PauseAsync(scope, "anna", "The account is empty.", CancellationToken.None);
        var page = Render<ProductsPage>();
        page.WaitForElement("[data-testid=product-card]");
        page.FindAll("[data-testid=orders-stopped]").Count.ShouldBe(isStopped ? 1 : 0);
        var form = Render<ProductVideo.Admin.Wishes.NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]));
        form.FindAll("[data-testid=orders-stopped]").Count.ShouldBe(isStopped ? 1 : 0);
        if (isStopped)
            form.Find("[data-testid=orders-stopped]").TextContent.ShouldContain("The account is empty.");
    }

    [Fact]
    public async Task what_a_shop_refuses_once_another_one_is_shown_is_nobody_s_business()
    {
        _other.Add("lamp", ("front.jpg", PipelineFixture.Picture(800, 600)));
        var slow = new TaskCompletionSource();
        Pipeline.Shop.Listing = slow.Task;
        var page = Render<ProductsPage>();

        Navigation.NavigateTo("/?shop=other");
        page.WaitForElement("[data-testid=product-card]");
        slow.SetException(new StorefrontException(StorefrontFault.Unavailable, "The first shop does not answer.", "away"));
        await page.InvokeAsync(() => Task.CompletedTask);

        page.FindAll("[role=alert]").ShouldBeEmpty();
        page.Find("[data-testid=product-card]").GetAttribute("data-product").ShouldBe("lamp");
    }

    [Fact]
    public void while_a_shop_is_waited_for_another_one_can_be_chosen()
    {
        Pipeline.Shop.Listing = new TaskCompletionSource().Task;

        Render<ProductsPage>().FindAll("select")[0].TextContent.ShouldContain("Test shop");
    }

    [Fact]
    public void a_title_is_text_and_never_markup()
    {
        Pipeline.Shop.Products["mug"] = Pipeline.Shop.Products["mug"] with { Title = "<img src=x onerror=alert(1)>" };

        var page = Render<ProductsPage>();

        page.Find("h2").TextContent.ShouldBe("<img src=x onerror=alert(1)>");
        page.FindAll("h2 img").ShouldBeEmpty();
    }

    [Fact]
    public void a_page_that_is_not_connected_yet_reads_nothing()
    {
        SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Static", isInteractive: false));

        Render<ProductsPage>().Find("[aria-busy=true]").ShouldNotBeNull();
    }
}
