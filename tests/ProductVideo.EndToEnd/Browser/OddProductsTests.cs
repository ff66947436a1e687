using System.Text.Json;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Browser;

/// <summary>Words that are too long for a phone and pictures that are none, in a real Chromium on the real host.</summary>
public sealed class OddProductsTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string s_longWord = new('w', 200);

    private readonly string _data = Checkout.NewFolder();
    private readonly string _shop = Checkout.NewFolder();
    private HostProcess? _host;
    private Chromium.Visit? _visit;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_shop, "products"));
        File.Copy(Path.Combine(Checkout.SampleShop, "images", "oak-wall-clock", "front.jpg"), Path.Combine(_shop, "clock.jpg"));
        await File.WriteAllTextAsync(Path.Combine(_shop, "torn.jpg"), "no picture");
        await AddAsync("clock", $"Clock {s_longWord}", "clock.jpg", "torn.jpg");
        await AddAsync("torn", "Torn", "torn.jpg", "clock.jpg");
        _host = await HostProcess.ServeAsync(_data, new Dictionary<string, string> { ["PRODUCTVIDEO_SampleShop"] = _shop });
        _visit = await chromium.VisitAsync();
    }

    private Task AddAsync(string handle, string title, params string[] pictures) => File.WriteAllTextAsync(
        Path.Combine(_shop, "products", $"{handle}.json"), JsonSerializer.Serialize(new { handle, title, images = pictures.Select(src => new { src }) }));

    public async ValueTask DisposeAsync()
    {
        if (_visit is not null)
            await _visit.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_shop, recursive: true);
    }

    [Fact]
    public async Task a_word_of_two_hundred_letters_makes_no_page_wider_than_the_phone()
    {
        var page = await SignedInAsync();
        await ShouldFitAsync(page);

        await page.GotoAsync(_host!.Address + "/products/sample/clock");
        // The film shows no more of it.
        await Assertions.Expect(page.Locator(".plan-facts")).ToContainTextAsync(s_longWord[..60]);
        await ShouldFitAsync(page);

        await page.GotoAsync(_host.Address + "/webhooks");
        await page.GetByTestId("webhook-url").FillAsync($"https://shop.example/{s_longWord}");
        await page.GetByTestId("add-webhook").ClickAsync();
        await Assertions.Expect(page.GetByTestId("secret-once")).ToContainTextAsync(s_longWord);
        await ShouldFitAsync(page);
    }

    [Fact]
    public async Task a_picture_that_can_t_be_drawn_gives_its_place_to_the_sign_for_none()
    {
        var page = await SignedInAsync();
        await ShouldShowAsync(page.Locator("[data-product=clock] .photo"), isDrawn: true);
        await ShouldShowAsync(page.Locator("[data-product=torn] .photo"), isDrawn: false);

        await page.GotoAsync(_host!.Address + "/products/sample/torn");
        await ShouldShowAsync(page.Locator(".photo.big"), isDrawn: false);
        await ShouldShowAsync(page.GetByLabel("Picture 1"), isDrawn: false);
        await page.GetByLabel("Picture 2").ClickAsync();
        await ShouldShowAsync(page.Locator(".photo.big"), isDrawn: true);
    }

    private static async Task ShouldShowAsync(ILocator photo, bool isDrawn)
    {
        await Assertions.Expect(photo.Locator(".no-picture")).ToBeVisibleAsync(new() { Visible = !isDrawn });
        await Assertions.Expect(photo.Locator("img")).ToHaveCSSAsync("opacity", isDrawn ? "1" : "0");
    }

    private async Task<IPage> SignedInAsync()
    {
        var page = await _visit!.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        // A bound for a loaded machine, not a wait.
        page.SetDefaultTimeout(180_000);
        Assertions.SetDefaultExpectTimeout(180_000);
        await page.GotoAsync(_host!.SignInLink);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByTestId("product-card").First.WaitForAsync();
        return page;
    }

    private static async Task ShouldFitAsync(IPage page) =>
        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, "the page is wider than the phone");
}
