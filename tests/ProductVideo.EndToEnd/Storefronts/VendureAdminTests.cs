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

/// <summary>The main job on a real Vendure, from the button in its dashboard to the clip in its public API, with the real program behind it.</summary>
public sealed class VendureAdminTests(Vendure vendure, Chromium chromium) : IClassFixture<Vendure>, IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly FakeDashScope _paid = new() { FinishesAtOnce = true };
    private HostProcess? _host;
    private Chromium.Visit? _visit;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Dictionary<string, string> Settings => new()
    {
        ["PRODUCTVIDEO_ProductVideo__Vendure__vendure__Url"] = vendure.AdminApi.AbsoluteUri,
        ["PRODUCTVIDEO_ProductVideo__Vendure__vendure__User"] = vendure.User,
        ["PRODUCTVIDEO_ProductVideo__Vendure__vendure__Password"] = vendure.Password,
        ["PRODUCTVIDEO_ProductVideo__Vendure__vendure__WebhookSecret"] = Vendure.WebhookSecret,
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
            ["keys", "create", "--name", "shop", "--shop", "vendure", "--scope", "videos:read", "videos:create", "--connect", _host.Address, "--data", _data], Settings);
        made.ExitCode.ShouldBe(0, made.Errors);
        vendure.Connect(made.Output.Trim());
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
    public async Task a_photograph_in_the_shop_becomes_a_clip_in_its_public_api_by_a_click_in_its_admin()
    {
        var (mug, _) = await vendure.AddProductAsync();
        using var api = await ApiAsync();
        var page = await SignInAsync();
        await OpenAsync(page, mug);
        var state = page.GetByTestId("productvideo-state");
        await Assertions.Expect(state).ToHaveTextAsync("No video yet");
        await KeepAsync(page, "button.png");

        await page.GetByTestId("productvideo-generate").ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("Ready for your review", new() { Timeout = 120_000 });
        (await page.GetByTestId("productvideo-look").GetAttributeAsync("href"))!.ShouldStartWith(_host!.Address + "/videos/");
        (await page.ContentAsync()).ShouldNotContain("pv_", Case.Sensitive, "the service's key stays on the shop's server");

        var video = await LatestAsync(api, mug);
        using var approved = await api.PostAsJsonAsync($"/api/v1/generations/{video["id"]}/approve", new { }, Token);
        approved.IsSuccessStatusCode.ShouldBeTrue(await approved.Content.ReadAsStringAsync(Token));
        await page.ReloadAsync();
        await Assertions.Expect(state).ToHaveTextAsync("On the listing", new() { Timeout = 60_000 });
        var shown = page.GetByTestId("productvideo-clip");
        await shown.ScrollIntoViewIfNeededAsync();
        await KeepAsync(page, "clip.png");

        var product = (await vendure.ShopAsync("query ($id: ID!) { product(id: $id) { name featuredAsset { preview } productVideos { url poster width height madeWithAi } } }", new { id = mug }))["product"]!;
        var listed = product["productVideos"]!.AsArray().ShouldHaveSingleItem()!;
        (await vendure.BytesAsync((string)listed["url"]!)).ShouldBe(await api.GetByteArrayAsync((string)video["clip"]!["videoUrl"]!, Token));
        ((int)listed["width"]!, (bool)listed["madeWithAi"]!).ShouldBe(((int)video["clip"]!["width"]!, false), "its photographs were filmed");
        (await shown.GetAttributeAsync("src")).ShouldBe((string)listed["url"]!);
        (await shown.GetAttributeAsync("poster")).ShouldBe((string)listed["poster"]!);
        await KeepAsync(
            await HeadlessListing.OpenAsync(
                _visit!, (string)product["name"]!, (string?)product["featuredAsset"]?["preview"], (string)listed["url"]!, (string?)listed["poster"], (int)listed["width"]!, (int)listed["height"]!),
            "listing.png");
    }

    [Fact]
    public async Task what_a_video_costs_is_asked_before_it_is_ordered_from_the_product_and_from_the_list()
    {
        using var api = await ApiAsync();
        using var put = await api.PutAsJsonAsync("/api/v1/shops/vendure/providers", new { choices = new[] { new { provider = "happyhorse" } } }, Token);
        put.IsSuccessStatusCode.ShouldBeTrue();
        var ((mug, _), (tin, title)) = (await vendure.AddProductAsync(), await vendure.AddProductAsync());
        var page = await SignInAsync();
        await OpenAsync(page, mug);
        var (state, button) = (page.GetByTestId("productvideo-state"), page.GetByTestId("productvideo-generate"));
        await Assertions.Expect(state).ToHaveTextAsync("No video yet");

        (await AnswerAsync(page, button, false)).ShouldBe(["This video costs about 0.90 USD. Order it?"]);
        await Assertions.Expect(button).ToBeEnabledAsync();
        await Assertions.Expect(state).ToHaveTextAsync("No video yet");
        _paid.Submits.ShouldBe(0);

        await AnswerAsync(page, button, true);
        await Assertions.Expect(state).ToHaveTextAsync("Ready for your review", new() { Timeout = 120_000 });
        _paid.Submits.ShouldBe(1);

        await page.GotoAsync($"{vendure.Address}dashboard/products?sort=-createdAt");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = title }).GetByRole(AriaRole.Checkbox).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions", Exact = true }).ClickAsync();
        await KeepAsync(page, "list.png");
        (await AnswerAsync(page, page.GetByTestId("productvideo-generate-many"), true, true))
            .ShouldBe([$"These cost something:\n{title}: 0.90 USD\nOrder them at these prices?", "1 video was ordered."]);
        (await LatestAsync(api, tin))["title"]!.ToString().ShouldBe(title);
    }

    [Fact]
    public async Task a_price_that_changes_while_it_is_agreed_to_is_asked_about_once_more_or_told()
    {
        using var api = await ApiAsync();
        using var put = await api.PutAsJsonAsync("/api/v1/shops/vendure/providers", new { choices = new[] { new { provider = "happyhorse" } } }, Token);
        put.IsSuccessStatusCode.ShouldBeTrue();
        var (mug, title) = await vendure.AddProductAsync();
        var page = await SignInAsync();
        await OpenAsync(page, mug);
        // What the shop answers to an agreement that comes too late.
        const string dearer = """{"data":{"generateProductVideo":{"state":"No video yet","percent":null,"problem":null,"moving":false,"link":null,"price":"0.95 USD"}}}""";
        await page.RouteAsync("**/admin-api*", route => route.Request.PostData?.Contains("\"agreed\":\"0.90 USD\"", StringComparison.Ordinal) is true
            ? route.FulfillAsync(new() { ContentType = "application/json", Body = dearer }) : route.ContinueAsync());
        await Assertions.Expect(page.GetByTestId("productvideo-state")).ToHaveTextAsync("No video yet");

        (await AnswerAsync(page, page.GetByTestId("productvideo-generate"), true, false))
            .ShouldBe(["This video costs about 0.90 USD. Order it?", "This video costs about 0.95 USD. Order it?"]);

        await page.GotoAsync($"{vendure.Address}dashboard/products?sort=-createdAt");
        await page.GetByRole(AriaRole.Row).Filter(new() { HasText = title }).GetByRole(AriaRole.Checkbox).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actions", Exact = true }).ClickAsync();
        (await AnswerAsync(page, page.GetByTestId("productvideo-generate-many"), true, true))[1]
            .ShouldBe($"0 videos were ordered.\n{title}: Its price has changed meanwhile, so it was not ordered. Order it again.");
        _paid.Submits.ShouldBe(0);
    }

    [Fact]
    public async Task what_the_shop_tells_of_a_changed_product_is_believed()
    {
        var (mug, _) = await vendure.AddProductAsync();
        await vendure.EditTitleAsync(mug, "Mug of another name");
        string? outcome = null;
        while (outcome is null)
        {
            var jobs = (await vendure.AdminAsync(
                """{ jobs(options: { take: 100, sort: { createdAt: DESC }, filter: { queueName: { eq: "productvideo-changes" } } }) { items { data state result error } } }"""))["jobs"]!["items"]!.AsArray();
            outcome = jobs.Where(job => (string?)job!["state"] is "COMPLETED" or "FAILED" && job["data"]!["ids"]!.AsArray().Any(id => (string)id! == mug))
                .Select(job => job!["result"]?.ToString() ?? job["error"]!.ToString()).FirstOrDefault();
        }

        outcome.ShouldBe("200", "the real program took the call");
    }

    private async Task<HttpClient> ApiAsync()
    {
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "person", "--data", _data], Settings)).Output.Trim();
        return new HttpClient { BaseAddress = new Uri(_host!.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
    }

    private static async Task<JsonNode> LatestAsync(HttpClient api, string product) =>
        (await api.GetFromJsonAsync<JsonObject>($"/api/v1/generations?shop=vendure&product={product}&take=1", Token))!["items"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>Clicks, and answers the questions that come.</summary>
    /// <returns>What was asked.</returns>
    private static async Task<IReadOnlyList<string>> AnswerAsync(IPage page, ILocator button, params bool[] answers)
    {
        var asked = new List<string>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Dialog += Answer;
        await button.ClickAsync();
        await all.Task;
        page.Dialog -= Answer;
        return asked;

        async void Answer(object? sender, IDialog dialog)
        {
            asked.Add(dialog.Message);
            var (accept, last) = (answers[asked.Count - 1], asked.Count == answers.Length);
            await (accept ? dialog.AcceptAsync() : dialog.DismissAsync());
            if (last)
                all.TrySetResult();
        }
    }

    private async Task<IPage> SignInAsync()
    {
        var page = await _visit!.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        page.SetDefaultTimeout(120_000);
        await page.GotoAsync($"{vendure.Address}dashboard/login");
        await page.FillAsync("#field-username", vendure.User);
        await page.FillAsync("#field-password", vendure.Password);
        await page.Locator("button[type=submit]").ClickAsync();
        await page.ShouldLeaveAsync("/login");
        return page;
    }

    private async Task OpenAsync(IPage page, string product)
    {
        await page.GotoAsync($"{vendure.Address}dashboard/products/{product}");
        await page.GetByTestId("productvideo-block").WaitForAsync();
    }

    /// <summary>For whoever wants to look: into the folder named by <c>PRODUCTVIDEO_SCREENSHOTS</c>.</summary>
    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("PRODUCTVIDEO_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name) });
    }
}
