using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using MudBlazor;
using ProductVideo.Admin.Keys;
using ProductVideo.Admin.Layout;
using ProductVideo.Admin.Spending;
using ProductVideo.Connecting;
using ProductVideo.Hosting;
using ProductVideo.Security;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class KeysPageTests : AdminPages
{
    private ApiKeys Keys => Pipeline.Get<ApiKeys>();

    private Task<string> AddAsync(string name, string? shop = null, TimeSpan? lifetime = null, params string[] scopes) =>
        Keys.CreateAsync(name, scopes.Length == 0 ? [Scopes.Read] : scopes, shop, lifetime, CancellationToken.None);

    private async Task<ApiKey> OnlyAsync() => (await Keys.ListAsync(CancellationToken.None)).ShouldHaveSingleItem();

    private void SeeOnly(string shop) => Authorization.SetClaims(new Claim(ProductVideoAuth.ShopClaim, shop));

    private static Task MakeAsync(IRenderedComponent<KeysPage> page) => page.Find("form").SubmitAsync();

    [Fact]
    public async Task a_key_that_is_made_is_shown_this_once_with_a_request_that_it_may_make()
    {
        Pipeline.Get<ProductVideoOptions>().PublicAddress = new Uri("https://video.example");
        var page = Render<KeysPage>();
        page.Find("[data-testid=no-keys]").TextContent.ShouldContain("No program has a key");
        await page.Find("[data-testid=key-name]").ChangeAsync(" Nightly job ");
        await page.Find("[data-testid=key-shop]").ChangeAsync("test");
        await page.Find("[data-testid=key-days]").ChangeAsync("90");
        await MakeAsync(page);

        var key = page.Find("[data-testid=key]").TextContent;
        page.FindAll("[data-testid=make-key], [data-testid=key-once]").Select(one => one.GetAttribute("data-testid")).ShouldBe(["make-key", "key-once"]);
        page.Find("[data-testid=example]").TextContent.ShouldSatisfyAllConditions(
            line => line.ShouldStartWith($"curl -H \"Authorization: Bearer {key}\""),
            line => line.ShouldEndWith("https://video.example/api/v1/shops/test/products/PRODUCT/generations"));
        JSInterop.VerifyFocusAsyncInvoke();
        var kept = await OnlyAsync();
        (kept.Name, kept.Shop, kept.ExpiresAt).ShouldBe(("Nightly job", "test", Pipeline.Clock.GetUtcNow().AddDays(90)));
        kept.Scopes.ShouldBe([Scopes.Read, Scopes.Create]);
        (await Keys.FindAsync(key, CancellationToken.None)).ShouldNotBeNull();
        page.Find("[data-testid=key-row]").TextContent.ShouldContain("Nightly job");
        page.Find("[data-testid=key-name]").GetAttribute("value").ShouldBe("");
        Render<KeysPage>().FindAll("[data-testid=key]").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_key_may_do_what_is_ticked_and_no_more()
    {
        var page = Render<KeysPage>();
        page.FindAll("[data-testid^=may-]").Select(box => box.GetAttribute("data-testid")).ShouldBe(Scopes.All.Select(scope => $"may-{scope}"));
        await page.Find("[data-testid=key-name]").ChangeAsync("Ledger");
        await page.Find("[data-testid='may-videos:read']").ChangeAsync(false);
        await page.Find("[data-testid='may-videos:create']").ChangeAsync(false);
        await page.Find("[data-testid='may-spending:read']").ChangeAsync(true);
        await page.Find("[data-testid=key-days]").ChangeAsync("0");
        await MakeAsync(page);

        var kept = await OnlyAsync();
        kept.Scopes.ShouldBe([Scopes.SpendingRead]);
        (kept.Shop, kept.ExpiresAt).ShouldBe((null, null));
        page.Find("[data-testid=key-may]").TextContent.ShouldBe("See spending");
        page.Find("[data-testid=key-ends]").TextContent.ShouldBe("good for ever");
        page.FindAll("[data-testid=cap-key]").ShouldBeEmpty("it orders nothing");
    }

    [Fact]
    public async Task what_is_wrong_stands_beside_its_field_and_no_key_is_made()
    {
        var page = Render<KeysPage>();
        await page.Find("[data-testid=key-name]").ChangeAsync("  ");
        await page.Find("[data-testid='may-videos:read']").ChangeAsync(false);
        await page.Find("[data-testid='may-videos:create']").ChangeAsync(false);
        await MakeAsync(page);

        page.Find("#mistake-name").TextContent.ShouldContain("1 to 100 characters");
        page.Find("#mistake-scopes").TextContent.ShouldBe("Tick at least one.");
        page.Find("[data-testid=key-name]").GetAttribute("aria-invalid").ShouldBe("true");
        JSInterop.VerifyInvoke("productVideo.focusWrong");
        (await Keys.ListAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_second_press_makes_no_second_key_and_tells_of_no_mistake()
    {
        var page = Render<KeysPage>();
        await page.Find("[data-testid=key-name]").ChangeAsync("Nightly job");
        await MakeAsync(page);
        await MakeAsync(page);

        await OnlyAsync();
        page.FindAll("[data-testid=key]").ShouldHaveSingleItem();
        page.FindAll(".error").ShouldBeEmpty();
    }

    [Fact]
    public async Task each_key_says_what_it_may_whose_it_is_and_when_it_was_used()
    {
        await AddAsync("All of it", scopes: [.. Scopes.All]);
        var used = await AddAsync("Reader", "test", TimeSpan.FromDays(100));
        Pipeline.Clock.Advance(TimeSpan.FromDays(2));
        await Keys.FindAsync(used, CancellationToken.None);
        Pipeline.Clock.Advance(TimeSpan.FromHours(3));

        var rows = Render<KeysPage>().FindAll("[data-testid=key-row]");
        rows.Select(row => row.QuerySelector("strong")!.TextContent).ShouldBe(["Reader", "All of it"]);
        Text(rows[0]).ShouldContain($"{used[..9]}… · Test shop · made 2 days ago · last used 3 hours ago · good until 2 March 2027");
        rows[0].QuerySelector("[data-testid=key-may]")!.TextContent.ShouldBe("See products and videos");
        Text(rows[1]).ShouldContain("All shops · made 2 days ago · never used · good for ever");
        rows[1].QuerySelector("[data-testid=key-may]")!.TextContent.ShouldBe("Everything");
    }

    [Fact]
    public async Task a_key_is_revoked_once_that_was_asked_about_and_then_stands_apart()
    {
        var key = await AddAsync("Nightly job");
        var (dialogs, page) = (Render<MudDialogProvider>(), Render<KeysPage>());
        var clicked = page.Find("[data-testid=revoke]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Markup.ShouldContain("Revoke “Nightly job”?");
        dialogs.Find(".dialog-text").TextContent.ShouldContain("Programs that use it are refused");
        dialogs.Find(".dialog-text").TextContent.ShouldNotContain("plugin");
        (await Keys.FindAsync(key, CancellationToken.None)).ShouldNotBeNull();
        await dialogs.Find("[data-testid=confirm]").ClickAsync();
        await clicked;

        (await Keys.FindAsync(key, CancellationToken.None)).ShouldBeNull();
        page.FindAll("[data-testid=revoke]").ShouldBeEmpty();
        page.Find("[data-testid=keys-over] summary").TextContent.ShouldStartWith("1 key that");
        page.Find("[data-testid=keys-over] [data-testid=key-state]").TextContent.ShouldBe("Revoked");
        page.Find("[data-testid=no-keys]");
    }

    [Fact]
    public async Task one_that_was_revoked_elsewhere_meanwhile_is_seen_so_at_the_next_look()
    {
        await AddAsync("Nightly job");
        var (dialogs, page) = (Render<MudDialogProvider>(), Render<KeysPage>());
        await Keys.RevokeAsync((await OnlyAsync()).Id, own: null, CancellationToken.None);

        var clicked = page.Find("[data-testid=revoke]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]").Click();
        await clicked;

        page.FindAll("[role=alert]").ShouldBeEmpty();
        page.FindAll("[data-testid=keys-over] [data-testid=key-row]").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task one_that_ends_soon_says_so_and_one_that_ended_stands_apart()
    {
        await AddAsync("Short", lifetime: TimeSpan.FromDays(30));
        Render<KeysPage>().FindAll("[data-testid=key-state]").ShouldBeEmpty();

        Pipeline.Clock.Advance(TimeSpan.FromDays(20));
        Render<KeysPage>().Find("[data-testid=key-state]").TextContent.ShouldBe("Ends soon");

        Pipeline.Clock.Advance(TimeSpan.FromDays(10));
        var over = Render<KeysPage>().Find("[data-testid=keys-over]");
        over.QuerySelector("[data-testid=key-state]")!.TextContent.ShouldBe("Expired");
        over.QuerySelector("[data-testid=key-ends]")!.TextContent.ShouldBe("ended on 22 December 2026");
    }

    [Fact]
    public async Task the_key_of_a_shop_s_plugin_is_told_as_that_and_what_ends_with_it()
    {
        await Pipeline.Get<ConnectionCodes>().MakeAsync("test", new Uri("https://video.example"), CancellationToken.None);
        var (dialogs, page) = (Render<MudDialogProvider>(), Render<KeysPage>());
        page.Find("[data-testid=key-row] strong").TextContent.ShouldBe("Plugin of Test shop");
        Text(page.Find("[data-testid=key-row]")).ShouldContain("by a connection code");

        _ = page.Find("[data-testid=revoke]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Find(".dialog-text").TextContent.ShouldStartWith("The plugin in Test shop can order no more videos");
    }

    [Fact]
    public async Task a_key_that_a_plugin_may_have_says_so_before_it_is_revoked()
    {
        await AddAsync("shop", "test", lifetime: null, Scopes.Read, Scopes.Create);
        var (dialogs, page) = (Render<MudDialogProvider>(), Render<KeysPage>());
        _ = page.Find("[data-testid=revoke]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Find(".dialog-text").TextContent.ShouldEndWith("If the shop's plugin was set up with it, that stops too.");
    }

    [Fact]
    public async Task who_sees_one_shop_sees_its_keys_and_makes_none_that_may_more()
    {
        await AddAsync("of all");
        await AddAsync("of this one", "test");
        SeeOnly("test");
        var page = Render<KeysPage>();
        page.FindAll("[data-testid=key-row] strong").Select(name => name.TextContent).ShouldBe(["of this one"]);
        page.FindAll("[data-testid=key-shop]").ShouldBeEmpty();
        page.Find("[data-testid=only-shop]").TextContent.ShouldContain("Test shop");
        page.FindAll("[data-testid^=may-]").Select(box => box.GetAttribute("data-testid")).ShouldBe(Scopes.OfOneShop.Select(scope => $"may-{scope}"));

        foreach (var box in page.FindAll("[data-testid^=may-]").Select(box => box.GetAttribute("data-testid")).ToList())
            await page.Find($"[data-testid='{box}']").ChangeAsync(true);
        await page.Find("[data-testid=key-name]").ChangeAsync("mine");
        await MakeAsync(page);

        var made = (await Keys.ListAsync(CancellationToken.None)).Single(key => key.Name == "mine");
        (made.Shop, made.Scopes.Contains(Scopes.SpendingManage), made.Scopes.Contains(Scopes.ShopsManage)).ShouldBe(("test", false, false));
        page.FindAll("[data-testid=cap-key]").ShouldBeEmpty("who sees one shop sets no caps");
        page.Find("[data-testid=key-once]").TextContent.ShouldContain("within the caps that hold for your shop");
    }

    [Fact]
    public async Task who_sees_one_shop_that_is_gone_makes_no_key_and_is_told_of_no_other_shop()
    {
        SeeOnly("gone");
        var page = Render<KeysPage>();
        await page.Find("[data-testid=key-name]").ChangeAsync("mine");
        await MakeAsync(page);

        page.Find("[role=alert]").TextContent.ShouldContain("There is no shop “gone” here.");
        page.Markup.ShouldNotContain("Test shop");
        (await Keys.ListAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_key_that_orders_leads_to_a_cap_on_it()
    {
        var page = Render<KeysPage>();
        await page.Find("[data-testid=key-name]").ChangeAsync("Nightly job");
        await MakeAsync(page);
        var prefix = page.Find("[data-testid=key]").TextContent[..9];
        var (dialogs, _) = (Render<MudDialogProvider>(), Render<MudPopoverProvider>());
        Navigation.NavigateTo(page.Find("[data-testid=cap-key]").GetAttribute("href")!);
        var spending = Render<SpendingPage>();

        dialogs.WaitForElement("[data-testid=save-cap]");
        dialogs.Find("[data-testid=cap-subject]").GetAttribute("value").ShouldBe(prefix);
        dialogs.Find("#cap-subjects option").GetAttribute("label").ShouldBe("Nightly job");
        await dialogs.Find("[data-testid=save-cap]").ClickAsync();

        spending.WaitForElement("[data-testid=cap]").TextContent.ShouldContain($"API key “{prefix}…”");
        var cap = (await Pipeline.Get<Budgets>().ListAsync(shop: null, CancellationToken.None)).ShouldHaveSingleItem().Budget;
        (cap.Scope, cap.Subject).ShouldBe((BudgetScope.ApiKey, prefix));
        Navigation.Uri.ShouldEndWith("/spending");
    }

    [Theory]
    [InlineData(Scopes.Create, "/api/v1/shops/test/products/PRODUCT/generations")]
    [InlineData(Scopes.Read, "/api/v1/generations")]
    [InlineData(Scopes.SpendingRead, "/api/v1/spend")]
    [InlineData(Scopes.Webhooks, "/api/v1/webhook-endpoints")]
    [InlineData(Scopes.ShopsManage, "/api/v1/shop-kinds")]
    [InlineData(Scopes.Review, null)]
    [InlineData(Scopes.SpendingManage, null)]
    public void the_example_is_one_that_the_key_may_make(string scope, string? ending)
    {
        var example = KeyExample.Of("pv_key", [scope], "test", new Uri("https://video.example/"));
        if (ending is null)
            example.ShouldBeNull();
        else
            example.ShouldNotBeNull().Line.ShouldEndWith("https://video.example" + ending);
    }

    [Fact]
    public void every_scope_has_a_merchant_s_words() => Scopes.All.ShouldAllBe(scope => KeyWords.Of(scope).Label != scope && KeyWords.Of(scope).Text.EndsWith('.'));

    [Fact]
    public void the_top_bar_leads_to_it() => Render<TopBar>().Find("nav a[href='/keys']").TextContent.ShouldBe("API keys");

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
