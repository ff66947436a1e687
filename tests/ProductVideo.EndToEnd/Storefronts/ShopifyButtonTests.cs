using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.EndToEnd.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>
/// The extension's own code in a real Chromium, on a page of the origin that Shopify gives it, with the real program behind it: what a browser
/// refuses across origins is refused here too. The components of Shopify's admin are not there; their elements are plain ones.
/// </summary>
public sealed class ShopifyButtonTests(Chromium chromium) : IAsyncLifetime
{
    private const string Admin = "https://extensions.shopifycdn.com/";

    private static readonly LocatorAssertionsToBeVisibleOptions _soon = new() { Timeout = 180_000 };

    private readonly string _data = Checkout.NewFolder();
    private readonly string _build = Checkout.NewFolder();
    private readonly FakeShopify _shop = new();
    private readonly FakeDashScope _paid = new() { FinishesAtOnce = true };
    private HostProcess? _host;
    private Chromium.Visit? _visit;

    private Dictionary<string, string> Settings => new()
    {
        ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__Url"] = $"https://{FakeShopify.Domain}",
        ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__Address"] = _shop.Address.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__ClientId"] = FakeShopify.ClientId,
        ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__ClientSecret"] = FakeShopify.ClientSecret,
        ["PRODUCTVIDEO_ProductVideo__Shopify__tonwerk__AdminMayOrder"] = "true",
        ["PRODUCTVIDEO_ProductVideo__HappyHorse__ApiKey"] = FakeProvider.ApiKey,
        ["PRODUCTVIDEO_ProductVideo__HappyHorse__BaseAddress"] = _paid.Address.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__0"] = _paid.Address.Authority,
    };

    public async ValueTask InitializeAsync()
    {
        await _shop.StartAsync();
        _paid.Clip = await TestClip.MakeAsync();
        await _paid.StartAsync();
        _host = await HostProcess.ServeAsync(_data, Settings);
        _visit = await chromium.VisitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_visit is not null)
            await _visit.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        await _paid.DisposeAsync();
        await _shop.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_build, recursive: true);
    }

    [Fact]
    public async Task a_free_video_is_ordered_with_one_press_and_the_button_tells_how_it_goes()
    {
        var page = await OpenAsync("ProductAction.tsx", Add());
        await Assertions.Expect(page.GetByText("No video yet")).ToBeVisibleAsync(_soon);
        var button = page.GetByText("Generate video", new() { Exact = true });
        await Assertions.Expect(button).Not.ToHaveAttributeAsync("disabled", "true", new() { Timeout = 60_000 });
        await button.ClickAsync();
        await Assertions.Expect(page.GetByText("Ready for your review")).ToBeVisibleAsync(_soon);
        (await page.Locator("s-link").GetAttributeAsync("href"))!.ShouldStartWith(_host!.Address + "/videos/");
        await Assertions.Expect(page.Locator("s-banner")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task what_a_video_costs_is_told_before_it_is_ordered()
    {
        await ChargeAsync();
        var (one, other) = (Add(), Add());

        var page = await OpenAsync("ProductAction.tsx", one);
        await Assertions.Expect(page.GetByText("A video costs 1.08 USD.")).ToBeVisibleAsync(_soon);
        var list = await OpenAsync("BulkAction.tsx", one, other);
        await Assertions.Expect(list.GetByText("2 of 2 products can have a video. Together they cost 2.16 USD.")).ToBeVisibleAsync(_soon);
        _paid.Submits.ShouldBe(0);

        await page.GetByText("Generate video for 1.08 USD").ClickAsync();
        await Assertions.Expect(page.GetByText("Look at it in ProductVideo")).ToBeVisibleAsync(_soon);
        await list.GetByText("Generate for 2.16 USD").ClickAsync();
        await Assertions.Expect(list.GetByText("2 videos were ordered.")).ToBeVisibleAsync(_soon);
    }

    [Fact]
    public async Task at_a_price_that_changed_before_the_press_nothing_is_ordered_until_it_is_pressed_again()
    {
        var (one, other) = (Add(), Add());
        var page = await OpenAsync("ProductAction.tsx", one);
        var free = page.GetByText("Generate video", new() { Exact = true });
        await Assertions.Expect(free).Not.ToHaveAttributeAsync("disabled", "true", new() { Timeout = 60_000 });
        var list = await OpenAsync("BulkAction.tsx", one, other);
        await Assertions.Expect(list.GetByText("2 of 2 products can have a video. They cost nothing.")).ToBeVisibleAsync(_soon);
        await ChargeAsync();

        await free.ClickAsync();
        await Assertions.Expect(page.GetByText("The price has changed. Nothing was ordered;")).ToBeVisibleAsync(_soon);
        await Assertions.Expect(page.GetByText("A video costs 1.08 USD.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("No video yet")).ToBeVisibleAsync();
        await list.GetByText("Generate videos", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(list.GetByText("0 videos were ordered. For the other 2 the price has changed. Together they cost 2.16 USD.")).ToBeVisibleAsync(_soon);
        _paid.Submits.ShouldBe(0);

        await list.GetByText("Generate for 2.16 USD").ClickAsync();
        await Assertions.Expect(list.GetByText("2 videos were ordered.")).ToBeVisibleAsync(_soon);
        await page.GetByText("Generate video for 1.08 USD").ClickAsync();
        await Assertions.Expect(page.GetByText("Look at it in ProductVideo")).ToBeVisibleAsync(_soon);
        await Assertions.Expect(page.Locator("s-banner")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task a_look_that_failed_is_told_and_the_next_one_says_how_it_goes()
    {
        var page = await OpenAsync("ProductAction.tsx", Add());
        var lost = 0;
        await page.RouteAsync("**/api/v1/generations/*", route => Interlocked.Increment(ref lost) == 1 ? route.AbortAsync() : route.ContinueAsync());
        var button = page.GetByText("Generate video", new() { Exact = true });
        await Assertions.Expect(button).Not.ToHaveAttributeAsync("disabled", "true", new() { Timeout = 60_000 });
        await button.ClickAsync();
        await Assertions.Expect(page.GetByText("ProductVideo can’t be reached just now.")).ToBeVisibleAsync(_soon);
        await Assertions.Expect(page.GetByText("Ready for your review")).ToBeVisibleAsync(_soon);
        await Assertions.Expect(page.Locator("s-banner")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task staff_whose_token_is_not_shopifys_are_told_so()
    {
        var page = await OpenAsync("ProductAction.tsx", new FakeSessionToken { Secret = "guessed" }, _shop.Add("Mug").Id);
        await Assertions.Expect(page.GetByText("ProductVideo does not let this shop’s staff in.")).ToBeVisibleAsync(_soon);
        await Assertions.Expect(page.GetByText("Generate video")).ToHaveAttributeAsync("disabled", "true");
    }

    /// <summary>From now on a video of this shop costs something.</summary>
    private async Task ChargeAsync()
    {
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "list", "--data", _data], Settings)).Output.Trim();
        using var api = new HttpClient { BaseAddress = new Uri(_host!.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        using var put = await api.PutAsJsonAsync("/api/v1/shops/tonwerk/providers", new { choices = new[] { new { provider = "happyhorse" } } }, TestContext.Current.CancellationToken);
        put.IsSuccessStatusCode.ShouldBeTrue();
    }

    private long Add() => _shop.Add("Stoneware mug", change: null, File.ReadAllBytes(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug", "chalk.jpg"))).Id;

    private Task<IPage> OpenAsync(string target, params IReadOnlyList<long> products) => OpenAsync(target, new FakeSessionToken(), products);

    private async Task<IPage> OpenAsync(string target, FakeSessionToken token, params IReadOnlyList<long> products)
    {
        var code = await BundleAsync(target);
        var page = await _visit!.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.RouteAsync(Admin + "**", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<!DOCTYPE html><title>Shopify</title><body></body>" }));
        await page.ExposeFunctionAsync("idToken", () => token.At(DateTimeOffset.UtcNow));
        await page.GotoAsync(Admin);
        var selected = string.Join(',', products.Select(id => $"{{ id: 'gid://shopify/Product/{id}' }}"));
        await page.AddScriptTagAsync(new() { Content = $"window.shopify = {{ data: {{ selected: [{selected}] }}, auth: {{ idToken: () => window.idToken() }}, close() {{}} }};" });
        await page.AddScriptTagAsync(new() { Content = code });
        await page.EvaluateAsync("() => extension.default()");
        return page;
    }

    /// <summary>As it is deployed, but for the service's address and the shop's key.</summary>
    private async Task<string> BundleAsync(string target)
    {
        var extension = ShopifyExtension.Folder;
        await ShopifyExtension.InstallAsync();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(extension, "src")))
            File.Copy(file, Path.Combine(_build, Path.GetFileName(file)), overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(_build, "settings.ts"), $"export const service = '{_host!.Address}'; export const shop = 'tonwerk';", TestContext.Current.CancellationToken);
        if (!Directory.Exists(Path.Combine(_build, "node_modules")))
            Directory.CreateSymbolicLink(Path.Combine(_build, "node_modules"), Path.Combine(extension, "node_modules"));
        await ShopifyExtension.RunAsync(
            Path.Combine(extension, "node_modules", ".bin", "esbuild"),
            [target, "--bundle", "--format=iife", "--global-name=extension", "--jsx=automatic", "--jsx-import-source=preact", "--outfile=out.js", "--log-level=warning"], _build);
        return await File.ReadAllTextAsync(Path.Combine(_build, "out.js"), TestContext.Current.CancellationToken);
    }
}
