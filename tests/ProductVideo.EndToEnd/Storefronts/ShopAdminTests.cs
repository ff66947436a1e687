using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>What a merchant does in the shop's own admin, in a real Chromium, with the real program behind it.</summary>
public sealed class ShopAdminTests(WordPress wordpress) : IClassFixture<WordPress>, IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private HostProcess? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private Dictionary<string, string> Settings => new()
    {
        ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__Url"] = wordpress.Address.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__User"] = WordPress.Merchant,
        ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__ApplicationPassword"] = wordpress.Password,
    };

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.ServeAsync(_data, Settings);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("PRODUCTVIDEO_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task a_video_is_ordered_from_the_products_page_and_from_the_list()
    {
        var page = await _browser!.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync($"{wordpress.Address}wp-login.php");
        await page.FillAsync("#user_login", WordPress.Merchant);
        await page.FillAsync("#user_pass", WordPress.SignInPassword);
        await page.ClickAsync("#wp-submit");

        await page.GotoAsync($"{wordpress.Address}wp-admin/post.php?post={wordpress.Products[0]}&action=edit");
        await page.GetByText("This shop is not connected to ProductVideo yet.").WaitForAsync();

        await ConnectAsync(page);

        // One click, and the page says how it goes until there is something to look at.
        await page.GotoAsync($"{wordpress.Address}wp-admin/post.php?post={wordpress.Products[0]}&action=edit");
        var state = page.Locator("#productvideo-box").GetByTestId("state");
        await Assertions.Expect(state).ToHaveTextAsync("No video yet");
        await page.Locator("#productvideo-box").GetByTestId("generate").ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("Ready for your review", new() { Timeout = 120_000 });
        (await page.Locator("#productvideo-box").GetByTestId("look").GetAttributeAsync("href"))!.ShouldStartWith(_host!.Address + "/videos/");
        (await page.ContentAsync()).ShouldNotContain("pv_", Case.Sensitive, "the service's key stays on the shop's server");

        await page.GotoAsync($"{wordpress.Address}wp-admin/edit.php?post_type=product");
        await page.CheckAsync($"#cb-select-{wordpress.Products[1]}");
        await page.SelectOptionAsync("#bulk-action-selector-top", "productvideo_generate");
        await page.ClickAsync("#doaction");
        await page.GetByText("1 video was ordered.").WaitForAsync();
        wordpress.Complaints.ShouldBeEmpty();
    }

    private async Task ConnectAsync(IPage page)
    {
        var made = await HostProcess.RunAsync(["keys", "create", "--name", "shop", "--data", _data], Settings);
        var code = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new { url = _host!.Address, key = made.Output.Trim(), shop = "woo" }))
            .TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await page.GotoAsync($"{wordpress.Address}wp-admin/options-general.php?page=productvideo");
        await page.FillAsync("#productvideo-code", "no code at all");
        await page.ClickAsync("#submit");
        await page.GetByText("That is no connection code.").WaitForAsync();
        await page.FillAsync("#productvideo-code", code);
        await page.ClickAsync("#submit");
        await page.GetByTestId("connected").WaitForAsync();
        (await page.InputValueAsync("#productvideo-key")).ShouldBeEmpty("it is never shown again");
        Encoding.UTF8.GetByteCount(code).ShouldBeLessThan(400);
    }
}
