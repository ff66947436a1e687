using System.Text.Json;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Browser;

/// <summary>Words that are too long for a phone and pictures that are none, in a real Chromium on the real host.</summary>
public sealed class OddProductsTests(Chromium chromium) : AdminJourney(chromium)
{
    private static readonly string s_longWord = new('w', 200);

    private readonly string _shop = Checkout.NewFolder();

    protected override IReadOnlyDictionary<string, string>? Settings => new Dictionary<string, string> { ["PRODUCTVIDEO_SampleShop"] = _shop };

    public override async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_shop, "products"));
        File.Copy(Path.Combine(Checkout.SampleShop, "images", "oak-wall-clock", "front.jpg"), Path.Combine(_shop, "clock.jpg"));
        await File.WriteAllTextAsync(Path.Combine(_shop, "torn.jpg"), "no picture");
        await AddAsync("clock", $"Clock {s_longWord}", "clock.jpg", "torn.jpg");
        await AddAsync("torn", "Torn", "torn.jpg", "clock.jpg");
        await base.InitializeAsync();
    }

    private Task AddAsync(string handle, string title, params string[] pictures) => File.WriteAllTextAsync(
        Path.Combine(_shop, "products", $"{handle}.json"), JsonSerializer.Serialize(new { handle, title, images = pictures.Select(src => new { src }) }));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_shop, recursive: true);
    }

    [Fact]
    public async Task a_word_of_two_hundred_letters_makes_no_page_wider_than_the_phone()
    {
        var page = await SignedInAsync(390, 844);
        await ShouldFitAsync(page);

        await page.GotoAsync(Host.Address + "/products/sample/clock");
        // The film shows no more of it.
        await Assertions.Expect(page.Locator(".plan-facts")).ToContainTextAsync(s_longWord[..60]);
        await ShouldFitAsync(page);

        await page.GotoAsync(Host.Address + "/webhooks");
        await page.GetByTestId("webhook-url").FillAsync($"https://shop.example/{s_longWord}");
        await page.GetByTestId("add-webhook").ClickAsync();
        await Assertions.Expect(page.GetByTestId("secret-once")).ToContainTextAsync(s_longWord);
        await ShouldFitAsync(page);
    }

    [Fact]
    public async Task a_picture_that_can_t_be_drawn_gives_its_place_to_the_sign_for_none()
    {
        var page = await SignedInAsync(390, 844);
        await ShouldShowAsync(page.Locator("[data-product=clock] .photo"), isDrawn: true);
        await ShouldShowAsync(page.Locator("[data-product=torn] .photo"), isDrawn: false);

        await page.GotoAsync(Host.Address + "/products/sample/torn");
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
}
