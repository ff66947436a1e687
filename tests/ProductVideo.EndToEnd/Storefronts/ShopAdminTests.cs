using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.EndToEnd.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>What a merchant does in the shop's own admin, in a real Chromium, with the real program behind it.</summary>
public sealed class ShopAdminTests(WordPress wordpress, Chromium chromium) : IClassFixture<WordPress>, IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly FakeDashScope _paid = new() { FinishesAtOnce = true };
    private HostProcess? _host;
    private Chromium.Visit? _visit;

    private Dictionary<string, string> Settings => new()
    {
        ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__Url"] = wordpress.Address.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__User"] = WordPress.Merchant,
        ["PRODUCTVIDEO_ProductVideo__WooCommerce__woo__ApplicationPassword"] = wordpress.Password,
        ["PRODUCTVIDEO_ProductVideo__HappyHorse__ApiKey"] = FakeProvider.ApiKey,
        ["PRODUCTVIDEO_ProductVideo__HappyHorse__BaseAddress"] = _paid.Address.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__Pipeline__LoopbackAllowed__0"] = _paid.Address.Authority,
    };

    public async ValueTask InitializeAsync()
    {
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
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task a_video_is_ordered_from_the_products_page_and_from_the_list()
    {
        var page = await SignInAsync();
        await ConnectAsync(page);

        // One click, and the page says how it goes until there is something to look at.
        await page.GotoAsync($"{wordpress.Address}wp-admin/post.php?post={wordpress.Products[0]}&action=edit");
        var state = page.Locator("#productvideo-box").GetByTestId("state");
        await Assertions.Expect(state).ToHaveTextAsync("No video yet");
        await page.Locator("#productvideo-box").GetByTestId("generate").ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("Ready for your review", new() { Timeout = 120_000 });
        (await page.Locator("#productvideo-box").GetByTestId("look").GetAttributeAsync("href"))!.ShouldStartWith(_host!.Address + "/videos/");
        (await page.ContentAsync()).ShouldNotContain("pv_", Case.Sensitive, "the service's key stays on the shop's server");

        await OrderManyAsync(page, wordpress.Products[1]);
        await page.GetByText("1 video was ordered.").WaitForAsync();
        wordpress.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_a_video_costs_is_asked_before_it_is_ordered()
    {
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "list", "--data", _data], Settings)).Output.Trim();
        using var api = new HttpClient { BaseAddress = new Uri(_host!.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        using var put = await api.PutAsJsonAsync(
            "/api/v1/shops/woo/providers", new { choices = new[] { new { provider = "happyhorse" } } }, TestContext.Current.CancellationToken);
        put.IsSuccessStatusCode.ShouldBeTrue();
        var page = await SignInAsync();
        await ConnectAsync(page);
        await page.GotoAsync($"{wordpress.Address}wp-admin/post.php?post={wordpress.Products[1]}&action=edit");
        var (state, button) = (page.Locator("#productvideo-box").GetByTestId("state"), page.Locator("#productvideo-box").GetByTestId("generate"));

        var asked = await AnswerAsync(page, button, accept: false);
        asked.ShouldBe("This video costs about 0.90 USD. Order it?");
        await Assertions.Expect(button).ToBeEnabledAsync();
        await Assertions.Expect(state).ToHaveTextAsync("No video yet");
        _paid.Submits.ShouldBe(0);

        await AnswerAsync(page, button, accept: true);
        await Assertions.Expect(state).ToHaveTextAsync("Ready for your review", new() { Timeout = 120_000 });
        _paid.Submits.ShouldBe(1);

        await OrderManyAsync(page, wordpress.Products[0]);
        await page.GetByText("0 videos were ordered.").WaitForAsync();
        await page.GetByText("Stoneware mug: 0.90 USD").WaitForAsync();
        await page.GetByTestId("not-now").ClickAsync();
        await page.Locator("#bulk-action-selector-top").WaitForAsync();
        await Assertions.Expect(page.GetByTestId("ordered")).ToHaveCountAsync(0);

        await OrderManyAsync(page, wordpress.Products[0]);
        await page.GetByTestId("agree").ClickAsync();
        await page.GetByText("1 video was ordered.").WaitForAsync();
    }

    [Fact]
    public async Task what_goes_wrong_is_told_in_a_sentence_also_where_a_proxy_answers_with_a_page_of_its_own()
    {
        var page = await SignInAsync();
        await ConnectAsync(page);
        await page.GotoAsync($"{wordpress.Address}wp-admin/post.php?post={wordpress.Products[1]}&action=edit");
        var (problem, button) = (page.Locator("#productvideo-box").GetByTestId("problem"), page.Locator("#productvideo-box").GetByTestId("generate"));

        await page.RouteAsync("**/admin-ajax.php", route => route.FulfillAsync(new() { Status = 502, ContentType = "text/html", Body = "<html>Bad gateway</html>" }));
        await button.ClickAsync();
        await Assertions.Expect(problem).ToHaveTextAsync("The shop gave no answer that this page can read. Try again in a moment; if that does not help, load the page again.");
        await Assertions.Expect(button).ToBeEnabledAsync();
        await page.UnrouteAsync("**/admin-ajax.php");

        await _host!.DisposeAsync();
        _host = null;
        var answer = await page.RunAndWaitForResponseAsync(() => button.ClickAsync(), response => response.Request.PostData?.Contains("productvideo_generate", StringComparison.Ordinal) is true);
        answer.Status.ShouldBe(200, "a proxy puts a page of its own in the place of a 502");
        await Assertions.Expect(problem).ToHaveTextAsync("ProductVideo can’t be reached just now. Nothing was lost; try again in a moment.");

        await OrderManyAsync(page, [.. wordpress.Products]);
        await Assertions.Expect(page.GetByTestId("ordered")).ToContainTextAsync("0 videos were ordered.");
        await Assertions.Expect(page.GetByTestId("ordered")).ToContainTextAsync("1 more product was not tried.");
    }

    private async Task OrderManyAsync(IPage page, params long[] products)
    {
        await page.GotoAsync($"{wordpress.Address}wp-admin/edit.php?post_type=product");
        foreach (var product in products)
            await page.CheckAsync($"#cb-select-{product}");
        await page.SelectOptionAsync("#bulk-action-selector-top", "productvideo_generate");
        await page.ClickAsync("#doaction");
    }

    /// <summary>Clicks, and answers the question that comes.</summary>
    /// <returns>What was asked.</returns>
    private static async Task<string> AnswerAsync(IPage page, ILocator button, bool accept)
    {
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Dialog += Answer;
        await button.ClickAsync();
        var text = await asked.Task;
        page.Dialog -= Answer;
        return text;

        async void Answer(object? sender, IDialog dialog)
        {
            await (accept ? dialog.AcceptAsync() : dialog.DismissAsync());
            asked.TrySetResult(dialog.Message);
        }
    }

    private async Task<IPage> SignInAsync()
    {
        var page = await _visit!.NewPageAsync();
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync($"{wordpress.Address}wp-login.php");
        await page.FillAsync("#user_login", WordPress.Merchant);
        await page.FillAsync("#user_pass", WordPress.SignInPassword);
        await page.ClickAsync("#wp-submit");
        await page.ShouldComeToAsync("/wp-admin/");
        return page;
    }

    private async Task ConnectAsync(IPage page)
    {
        var made = await HostProcess.RunAsync(
            ["keys", "create", "--name", "shop", "--shop", "woo", "--connect", _host!.Address, "--data", _data], Settings);
        made.ExitCode.ShouldBe(0, made.Errors);
        await page.GotoAsync($"{wordpress.Address}wp-admin/options-general.php?page=productvideo");
        await page.FillAsync("#productvideo-code", "no code at all");
        await page.ClickAsync("#submit");
        await page.GetByText("That is no connection code.").WaitForAsync();
        await page.FillAsync("#productvideo-code", made.Output.Trim());
        await page.ClickAsync("#submit");
        await page.GetByTestId("connected").WaitForAsync();
        (await page.InputValueAsync("#productvideo-key")).ShouldBeEmpty("it is never shown again");
    }
}
