using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>A merchant connects a real WordPress in the product's own pages, gives its plugin a code, and disconnects it again; in a real Chromium.</summary>
public sealed class ConnectingJourneyTests(WordPress wordpress, Chromium chromium) : IClassFixture<WordPress>, IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private HostProcess? _host;
    private Chromium.Visit? _visit;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.ServeAsync(_data);
        _visit = await chromium.VisitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_visit is not null)
            await _visit.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task a_shop_is_connected_by_agreeing_in_it_is_there_with_its_products_and_is_disconnected_without_a_trace()
    {
        var page = await _visit!.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync(_host!.SignInLink);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        // A click before the page is connected to its server is lost.
        await page.GetByTestId("product-card").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Shops", Exact = true }).ClickAsync();
        await page.GetByTestId("kind").Filter(new() { HasText = "WooCommerce" }).ClickAsync();
        await page.GetByTestId("field-shop").FillAsync("woo");
        await page.GetByTestId("field-Url").FillAsync(wordpress.Address.AbsoluteUri);
        await page.GetByTestId("hand-over").ClickAsync();

        // WordPress asks who it is, and whether they agree.
        await page.FillAsync("#user_login", WordPress.Merchant);
        await page.FillAsync("#user_pass", WordPress.SignInPassword);
        await page.ClickAsync("#wp-submit");
        await page.ClickAsync("#approve");

        await page.ShouldComeToAsync("/shops/woo");
        page.Url.ShouldNotContain("password");
        await page.GetByTestId("rights").WaitForAsync();
        (await page.GetByTestId("rights").Locator(".bad").CountAsync()).ShouldBe(0);
        await page.GetByTestId("make-code").ClickAsync();
        (await page.GetByTestId("code").TextContentAsync())!.Length.ShouldBeGreaterThan(40);
        (await page.InputValueAsync("[data-testid=field-ApplicationPassword]")).ShouldBeEmpty("a secret is never shown again");

        var listed = await HostProcess.RunAsync(["products", "--shop", "woo", "--data", _data]);
        listed.Output.ShouldContain("Stoneware mug");
        var mug = listed.Output.Split('\n').Single(line => line.EndsWith("Stoneware mug", StringComparison.Ordinal)).Split('\t')[0];
        (await HostProcess.RunAsync(["generate", "--shop", "woo", "--product", mug, "--last-picture", "99", "--data", _data])).Errors.ShouldContain("--last-picture is a number from 1 to ");

        await page.GetByTestId("disconnect").ClickAsync();
        await page.GetByText("stays valid there until you revoke it there").WaitForAsync();
        await page.GetByTestId("confirm").ClickAsync();
        await page.ShouldLeaveAsync("/shops/woo");
        await Assertions.Expect(page.GetByTestId("shop-row")).ToHaveCountAsync(1);
    }
}
