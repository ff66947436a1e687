using System.Web;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Exchange;
using ProductVideo.Storefronts.WooCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.WooCommerce;

public sealed class WooCommerceHandOverTests : IAsyncLifetime
{
    private static readonly Uri Back = new("https://video.example/connect/back?shop=woo");

    private readonly FakeWooCommerce _fake = new();
    private readonly WooCommerceKind _kind = new(new ShopExchange(new PlainClients(), TimeProvider.System), NullLogger<WooCommerceStorefront>.Instance);

    private Dictionary<string, string> Values => new() { ["Url"] = _fake.Address.AbsoluteUri, ["Currency"] = "EUR" };

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        _fake.AuthorisePage = new Uri(_fake.Address, "/core/wp-admin/authorize-application.php").AbsoluteUri;
    }

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    private Task<Uri> SendAsync(string state) => _kind.SendAsync(Values, Back, state, TestContext.Current.CancellationToken);

    private HandedOver Come(string state, string query) =>
        _kind.Read(Values, Query(new Uri(_fake.Address, "?" + query)), state);

    private static Dictionary<string, string> Query(Uri address)
    {
        var query = HttpUtility.ParseQueryString(address.Query);
        return query.AllKeys.OfType<string>().ToDictionary(key => key, key => query[key]!, StringComparer.Ordinal);
    }

    [Fact]
    public async Task the_merchant_is_sent_to_the_page_that_the_shop_names()
    {
        var state = HandOverState.New();
        var page = await SendAsync(state);
        page.GetLeftPart(UriPartial.Path).ShouldBe(_fake.AuthorisePage);
        var asked = Query(page);
        asked["app_name"].ShouldBe($"ProductVideo video.example {state[..6]}");
        Guid.TryParseExact(asked["app_id"], "D", out _).ShouldBeTrue();
        asked["success_url"].ShouldBe($"https://video.example/connect/back?shop=woo&state={state}");
        asked["reject_url"].ShouldBe($"https://video.example/connect/back?shop=woo&state={state}&success=false");
        _fake.Requests.ShouldBe(["GET /wp-json/"]);
    }

    [Fact]
    public async Task a_shop_without_application_passwords_or_at_another_address_is_told_before_anybody_is_sent()
    {
        _fake.AuthorisePage = null;
        (await Should.ThrowAsync<StorefrontException>(() => SendAsync("s"))).MerchantText.ShouldContain("https");
        _fake.AuthorisePage = "https://elsewhere.example/wp-admin/authorize-application.php";
        (await Should.ThrowAsync<StorefrontException>(() => SendAsync("s"))).MerchantText.ShouldContain("another address");
        _fake.AuthorisePage = "javascript:alert(1)";
        (await Should.ThrowAsync<StorefrontException>(() => SendAsync("s"))).Fault.ShouldBe(StorefrontFault.InvalidData);
    }

    [Fact]
    public void what_came_back_fills_the_fields_in_and_opens_a_storefront()
    {
        var given = Come("s-1", $"state=s-1&site_url={Uri.EscapeDataString(_fake.Address.AbsoluteUri)}&user_login=anna&password=abcd%20EFGH").ShouldBeOfType<HandedOver.Given>();
        (given.Values["User"], given.Values["ApplicationPassword"], given.Values["Currency"]).ShouldBe(("anna", "abcd EFGH", "EUR"));
        given.Values["WebhookSecret"].Length.ShouldBe(64);
        given.ToString().ShouldNotContain("EFGH");
        _kind.Mistakes("woo", given.Values).ShouldBeEmpty();
        _kind.Open("woo", given.Values).Storefront.Shop.ShouldBe("woo");
    }

    [Fact]
    public void a_secret_that_is_there_stays()
    {
        var values = Values;
        values["WebhookSecret"] = "mine";
        _kind.Read(values, new Dictionary<string, string> { ["state"] = "s", ["site_url"] = values["Url"], ["user_login"] = "a", ["password"] = "b" }, "s")
            .ShouldBeOfType<HandedOver.Given>().Values["WebhookSecret"].ShouldBe("mine");
    }

    [Theory]
    [InlineData("state=s-2&site_url=SITE&user_login=a&password=b")]
    [InlineData("site_url=SITE&user_login=a&password=b")]
    [InlineData("state=s-1&site_url=SITE&user_login=a")]
    [InlineData("state=s-1&site_url=SITE&password=b")]
    [InlineData("state=s-1&site_url=https%3A%2F%2Felsewhere.example&user_login=a&password=b")]
    [InlineData("state=s-1&user_login=a&password=b")]
    public void what_was_not_asked_for_is_refused(string query) =>
        Come("s-1", query.Replace("SITE", Uri.EscapeDataString(_fake.Address.AbsoluteUri), StringComparison.Ordinal)).ShouldBeOfType<HandedOver.Refused>().Text.ShouldContain("Begin the connection again");

    [Fact]
    public void a_state_that_was_not_kept_lets_nothing_in() => Come("", "state=&user_login=a&password=b").ShouldBeOfType<HandedOver.Refused>();

    [Fact]
    public void who_does_not_agree_has_declined() => Come("s-1", "state=s-1&success=false").ShouldBeOfType<HandedOver.Declined>();

    [Fact]
    public void what_must_be_known_before_is_asked_for_before()
    {
        _kind.FieldsBefore.ShouldBe(["Url"]);
        _kind.MistakesBefore(Values).ShouldBeEmpty();
        _kind.MistakesBefore(new Dictionary<string, string>()).ShouldHaveSingleItem().Field.ShouldBe("Url");
        _kind.MistakesBefore(new Dictionary<string, string> { ["Url"] = "http://shop.example" }).ShouldHaveSingleItem().Text.ShouldContain("https");
    }

    [Fact]
    public void no_two_states_are_alike() => HandOverState.New().ShouldNotBe(HandOverState.New());
}
