using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Admin.Connecting;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Connecting;
using ProductVideo.Storefronts.WooCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ShopPagesTests : AdminPages
{
    private readonly FakeWooCommerce _woo = new();

    private async Task<IRenderedComponent<ConnectPage>> FilledAsync(string password = FakeWooCommerce.Password)
    {
        await _woo.StartAsync();
        var page = Render<ConnectPage>(parameters => parameters.Add(p => p.KindKey, "woocommerce"));
        await page.Find("[data-testid=field-shop]").ChangeAsync("woo");
        await page.Find("[data-testid=field-Url]").ChangeAsync(_woo.Address.AbsoluteUri);
        await page.Find("[data-testid=field-User]").ChangeAsync(FakeWooCommerce.User);
        await page.Find("[data-testid=field-ApplicationPassword]").ChangeAsync(password);
        return page;
    }

    [Fact]
    public async Task a_shop_is_connected_from_its_page_and_shown_among_the_shops()
    {
        var page = await FilledAsync();
        page.Markup.ShouldContain("signed in there as a user who may edit products");
        await page.Find("form").SubmitAsync();
        page.WaitForState(() => Navigation.Uri.EndsWith("/shops/woo", StringComparison.Ordinal));
        Render<ShopsPage>().FindAll("[data-testid=shop-row]").Select(row => row.TextContent).ShouldContain(text => text.Contains("WooCommerce", StringComparison.Ordinal));
        var shop = Render<ShopPage>(parameters => parameters.Add(p => p.Shop, "woo"));
        shop.WaitForElement("[data-testid=rights]");
        shop.Find("[data-testid=webhook-address]").TextContent.ShouldEndWith("/webhooks/shop/woo");
        shop.Find("[data-testid=field-ApplicationPassword]").GetAttribute("value").ShouldBeNullOrEmpty();
        shop.Markup.ShouldNotContain(FakeWooCommerce.Password);
        await shop.Find("[data-testid=make-code]").ClickAsync(new());
        shop.WaitForElement("[data-testid=code]").TextContent.Length.ShouldBeGreaterThan(40);
        await _woo.DisposeAsync();
    }

    [Fact]
    public async Task what_is_wrong_stands_beside_its_field()
    {
        var page = Render<ConnectPage>(parameters => parameters.Add(p => p.KindKey, "woocommerce"));
        await page.Find("[data-testid=field-Url]").ChangeAsync("shop.example");
        await page.Find("form").SubmitAsync();
        page.Find("#field-shop-hint").TextContent.ShouldContain("a-z");
        page.Find("#field-Url-hint").TextContent.ShouldContain("https://shop.example");
        page.Find("#field-ApplicationPassword-hint").TextContent.ShouldContain("Application Passwords");
    }

    [Fact]
    public async Task a_mistake_is_told_in_the_words_of_the_form_beside_the_button_and_beside_its_field()
    {
        var page = Render<ConnectPage>(parameters => parameters.Add(p => p.KindKey, "woocommerce"));
        await page.Find("form").SubmitAsync();
        page.Find("#field-ApplicationPassword-hint").TextContent.ShouldStartWith("Application password is missing");
        page.Find("#field-Url-hint").TextContent.ShouldStartWith("Address of WordPress is missing");
        page.Find("#field-User-hint").TextContent.ShouldStartWith("WordPress user is missing");
        page.Find("[data-testid=field-shop]").GetAttribute("aria-invalid").ShouldBe("true");
        page.Find("form [aria-live=assertive]").TextContent.Trim().ShouldBe("4 things need mending. Each stands beside its field.");
        JSInterop.VerifyInvoke("productVideo.focusWrong");
    }

    [Fact]
    public async Task an_address_at_which_nothing_answers_is_told_beside_the_button()
    {
        var page = await FilledAsync();
        await _woo.DisposeAsync();
        await page.Find("form").SubmitAsync();
        page.WaitForElement("form [role=alert]").TextContent.ShouldContain($"Nothing answers at {_woo.Address.AbsoluteUri.TrimEnd('/')}. Check the address.");
        page.FindAll("[role=alert]").Count.ShouldBe(1);
    }

    [Fact]
    public void what_was_written_stays_in_a_mistake_whatever_it_looks_like()
    {
        var kind = Pipeline.Get<ShopConnections>().Kind("woocommerce");
        FieldWords.Of(kind, "Locale is 'Url'; it must be a language.").ShouldBe("Language of the listings is 'Url'; it must be a language.");
    }

    [Theory]
    [InlineData("https://video.example", true)]
    [InlineData("http://video.example", false)]
    [InlineData("http://127.0.0.1:5080", false)]
    [InlineData("https://localhost", false)]
    [InlineData("https://192.168.1.7", false)]
    [InlineData("https://server", false)]
    [InlineData("https://server.local", false)]
    public async Task addresses_that_google_can_not_reach_say_so(string address, bool isReached)
    {
        var page = Render<FeedPanel>(parameters => parameters.Add(p => p.Shop, "test").Add(p => p.Address, new Uri(address)));
        await page.Find("[data-testid=show-feeds]").ClickAsync();
        page.FindAll("[data-testid=feeds-unreached]").Count.ShouldBe(isReached ? 0 : 1);
    }

    [Fact]
    public async Task a_shop_that_lets_nobody_in_says_so_and_what_was_written_stays()
    {
        var page = await FilledAsync("of yesterday");
        await page.Find("form").SubmitAsync();
        page.Markup.ShouldContain("does not let ProductVideo in");
        page.Find("[data-testid=field-User]").GetAttribute("value").ShouldBe(FakeWooCommerce.User);
        (await Pipeline.Get<ShopConnections>().ListAsync(CancellationToken.None)).ShouldBeEmpty();
        await _woo.DisposeAsync();
    }

    [Fact]
    public void a_shop_of_the_settings_is_tested_but_not_changed_here()
    {
        var page = Render<ShopPage>(parameters => parameters.Add(p => p.Shop, "test"));
        page.WaitForElement("[data-testid=shop-answers]");
        page.FindAll("[data-testid=disconnect]").ShouldBeEmpty();
        page.Markup.ShouldContain("in the server's settings");
    }

    [Fact]
    public async Task the_merchant_is_sent_to_the_shop_which_hands_the_rest_over()
    {
        await _woo.StartAsync();
        _woo.AuthorisePage = _woo.Address.AbsoluteUri + "wp-admin/authorize-application.php";
        var page = Render<ConnectPage>(parameters => parameters.Add(p => p.KindKey, "woocommerce"));
        await page.Find("[data-testid=hand-over]").ClickAsync();
        page.Find("#field-shop-hint").TextContent.ShouldContain("a-z");
        page.Find("#field-ApplicationPassword-hint").TextContent.ShouldNotContain("missing", Case.Sensitive, "that is what the shop hands over");

        await page.Find("[data-testid=field-shop]").ChangeAsync("woo");
        await page.Find("[data-testid=field-Url]").ChangeAsync(_woo.Address.AbsoluteUri);
        await page.Find("[data-testid=hand-over]").ClickAsync();
        Navigation.Uri.ShouldStartWith(_woo.Address.AbsoluteUri);
        Uri.UnescapeDataString(Navigation.Uri).ShouldContain("/connect/handed-over?ticket=");
        await _woo.DisposeAsync();
    }

    [Fact]
    public async Task the_addresses_of_the_feeds_are_shown_and_renewed()
    {
        var page = Render<FeedPanel>(parameters => parameters.Add(p => p.Shop, "test").Add(p => p.Address, new Uri("https://video.example")));
        await page.Find("[data-testid=show-feeds]").ClickAsync();
        var addresses = page.FindAll("[data-testid=feed-address]").Select(address => address.TextContent).ToList();
        addresses.Count.ShouldBe(3);
        addresses.ShouldAllBe(address => address.StartsWith("https://video.example/feeds/test/", StringComparison.Ordinal));
    }

    [Fact]
    public void an_unknown_kind_is_told() =>
        Render<ConnectPage>(parameters => parameters.Add(p => p.KindKey, "etsy")).Markup.ShouldContain("There is no kind of shop");

    internal override void AddTo(IServiceCollection services) => services.AddWooCommerce(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
}
