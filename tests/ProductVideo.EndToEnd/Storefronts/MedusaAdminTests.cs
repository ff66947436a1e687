using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.EndToEnd.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>What a merchant does in Medusa's own admin, in a real Chromium, with the real program behind it.</summary>
[Collection(nameof(Medusa))]
public sealed class MedusaAdminTests(Medusa medusa, Chromium chromium) : IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly FakeDashScope _paid = new() { FinishesAtOnce = true };
    private HostProcess? _host;
    private Chromium.Visit? _visit;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Settings => new()
    {
        ["PRODUCTVIDEO_ProductVideo__Medusa__medusa__Url"] = medusa.Address.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__Medusa__medusa__ApiKey"] = medusa.ApiKey,
        ["PRODUCTVIDEO_ProductVideo__Medusa__medusa__WebhookSecret"] = Medusa.WebhookSecret,
        ["PRODUCTVIDEO_ProductVideo__HappyHorse__ApiKey"] = FakeProvider.ApiKey,
        ["PRODUCTVIDEO_ProductVideo__HappyHorse__BaseAddress"] = _paid.Address.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__0"] = _paid.Address.Authority,
    };

    public async ValueTask InitializeAsync()
    {
        _paid.Clip = await TestClip.MakeAsync();
        await _paid.StartAsync();
        _host = await HostProcess.ServeAsync(_data, Settings);
        var made = await HostProcess.RunAsync(
            ["keys", "create", "--name", "shop", "--shop", Medusa.Shop, "--scope", "videos:read", "videos:create", "--connect", _host.Address, "--data", _data], Settings);
        made.ExitCode.ShouldBe(0, made.Errors);
        await medusa.ConnectAsync(made.Output.Trim());
        _visit = await chromium.VisitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await medusa.ConnectAsync();
        if (_visit is not null)
            await _visit.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        await _paid.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task from_a_photograph_in_the_shop_to_the_clip_in_its_public_interface_by_one_click_and_an_approval()
    {
        var product = await medusa.AddProductAsync("Stoneware mug, chalk");
        var page = await SignInAsync();
        await page.GotoAsync($"{medusa.Address}app/products/{product}");
        var state = page.GetByTestId("productvideo-state");
        await Assertions.Expect(state).ToHaveTextAsync("No video yet", new() { Timeout = 120_000 });
        await ShowAsync(page, "button");

        await page.GetByTestId("productvideo-generate").ClickAsync();
        await Assertions.Expect(page.GetByTestId("productvideo-generate")).ToBeDisabledAsync(new() { Timeout = 120_000 });
        await Assertions.Expect(state).ToHaveTextAsync("Ready for your review", new() { Timeout = 120_000 });
        (await page.GetByTestId("productvideo-look").GetAttributeAsync("href"))!.ShouldStartWith(_host!.Address + "/videos/");
        (await page.ContentAsync()).ShouldNotContain("pv_", Case.Sensitive, "the service's key stays on the shop's server");

        using var api = await ApiAsync();
        var video = (await api.GetFromJsonAsync<JsonObject>($"/api/v1/generations?shop={Medusa.Shop}&product={product}", Token))!["items"]![0]!;
        using var approved = await api.PostAsJsonAsync($"/api/v1/generations/{video["id"]}/approve", new { }, Token);
        approved.IsSuccessStatusCode.ShouldBeTrue(await approved.Content.ReadAsStringAsync(Token));
        await page.ReloadAsync();
        await Assertions.Expect(state).ToHaveTextAsync("On the listing", new() { Timeout = 120_000 });

        var shown = (await medusa.VideosAsync(product)).ShouldHaveSingleItem()!;
        ((bool?)shown["made_with_ai"]).ShouldBe(false, "its photographs were filmed");
        using var shopper = new HttpClient();
        (await shopper.GetByteArrayAsync((string)shown["url"]!, Token)).ShouldBe(await api.GetByteArrayAsync((string)video["clip"]!["videoUrl"]!, Token));
        var clip = page.GetByTestId("productvideo-clip");
        (await clip.GetAttributeAsync("src")).ShouldBe((string?)shown["url"]);
        await clip.EvaluateAsync("clip => clip.play()");
        await page.WaitForFunctionAsync("() => document.querySelector('[data-testid=productvideo-clip]').currentTime > 0.5");
        await ShowAsync(page, "clip");
        await ShowAsync(
            await HeadlessListing.OpenAsync(
                _visit!, "Stoneware mug, chalk", picture: null, (string)shown["url"]!, (string?)shown["poster"], (int)shown["width"]!, (int)shown["height"]!),
            "listing");
        await medusa.RemoveAsync(product);
    }

    [Fact]
    public async Task what_a_video_costs_is_asked_before_it_is_ordered_from_the_page_and_from_the_list()
    {
        using var api = await ApiAsync();
        using var put = await api.PutAsJsonAsync($"/api/v1/shops/{Medusa.Shop}/providers", new { choices = new[] { new { provider = "happyhorse" } } }, Token);
        put.IsSuccessStatusCode.ShouldBeTrue();
        var page = await SignInAsync();
        await page.GotoAsync($"{medusa.Address}app/products/{medusa.Products[1]}");
        var (state, button) = (page.GetByTestId("productvideo-state"), page.GetByTestId("productvideo-generate"));

        await button.ClickAsync();
        await page.GetByText("This video costs about 0.90 USD. Order it?").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Not now" }).ClickAsync();
        await Assertions.Expect(button).ToBeEnabledAsync(new() { Timeout = 120_000 });
        await Assertions.Expect(state).ToHaveTextAsync("No video yet", new() { Timeout = 120_000 });
        _paid.Submits.ShouldBe(0);

        await button.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Order it" }).ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("Ready for your review", new() { Timeout = 120_000 });
        _paid.Submits.ShouldBe(1);

        await page.GotoAsync($"{medusa.Address}app/product-videos");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Milk jug" }).ClickAsync();
        await page.GetByTestId("productvideo-generate-many").ClickAsync();
        await page.GetByText("Milk jug: 0.90 USD").WaitForAsync();
        await ShowAsync(page, "list");
        await page.GetByRole(AriaRole.Button, new() { Name = "Order them at these prices" }).ClickAsync();
        await page.GetByText("1 video was ordered.").WaitForAsync();
    }

    private async Task<HttpClient> ApiAsync()
    {
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "list", "--data", _data], Settings)).Output.Trim();
        return new HttpClient { BaseAddress = new Uri(_host!.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    }

    /// <summary>Keeps a picture for whoever wants to see it.</summary>
    private static async Task ShowAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PRODUCTVIDEO_SCREENSHOTS") is not { Length: > 0 } folder)
            return;
        var box = page.GetByTestId("productvideo");
        if (await box.CountAsync() > 0)
            await box.ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"medusa-{name}.png") });
    }

    private async Task<IPage> SignInAsync()
    {
        var page = await _visit!.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync($"{medusa.Address}app/login");
        await page.FillAsync("input[name=email]", Medusa.Email);
        await page.FillAsync("input[name=password]", Medusa.Password);
        await page.ClickAsync("button[type=submit]");
        await page.ShouldLeaveAsync("/login");
        return page;
    }
}
