using Microsoft.AspNetCore.WebUtilities;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Connecting;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Connecting;

public sealed class HandOverDeskTests : IAsyncLifetime
{
    private readonly ConnectingFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HandOverDesk Desk => _fixture.Pipeline.Get<HandOverDesk>();

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    /// <summary>Sends the merchant, and gives what WordPress comes back with when the merchant agrees.</summary>
    private async Task<Dictionary<string, string>> AgreedAsync(string password = FakeWooCommerce.Password)
    {
        _fixture.Woo.AuthorisePage = _fixture.Woo.Address.AbsoluteUri + "wp-admin/authorize-application.php";
        var kind = _fixture.Connections.Kind("woocommerce");
        var to = await Desk.SendAsync(
            kind, "woo", new Dictionary<string, string> { ["Url"] = _fixture.Woo.Address.AbsoluteUri, ["ApplicationPassword"] = "not sent along" }, "merchant",
            new Uri("http://127.0.0.1:5080/connect/handed-over"), Token);
        var back = new Uri(QueryHelpers.ParseQuery(to.Query)["success_url"].ToString());
        back.AbsoluteUri.ShouldNotContain("not sent along");
        return QueryHelpers.ParseQuery(back.Query).Select(part => KeyValuePair.Create(part.Key, part.Value.ToString()))
            .Concat([new("site_url", _fixture.Woo.Address.AbsoluteUri), new("user_login", FakeWooCommerce.User), new("password", password)]).ToDictionary(StringComparer.Ordinal);
    }

    [Fact]
    public async Task a_merchant_who_agrees_in_the_shop_comes_back_to_a_connected_one()
    {
        var outcome = await Desk.ReceiveAsync(await AgreedAsync(), "merchant", Token);
        outcome.Why.ShouldBeNull();
        outcome.Shop.ShouldBe("woo");
        await _fixture.Shops.Get("woo").ListAsync(new ProductQuery(), Token);
    }

    [Fact]
    public async Task an_answer_for_somebody_else_too_late_or_made_up_connects_nothing()
    {
        var answer = await AgreedAsync();
        (await Desk.ReceiveAsync(answer, "somebody else", Token)).Why!.ShouldContain("too old");
        (await Desk.ReceiveAsync(new Dictionary<string, string>(answer) { ["ticket"] = answer["ticket"] + "x" }, "merchant", Token)).Why!.ShouldContain("too old");
        (await Desk.ReceiveAsync(new Dictionary<string, string>(answer) { ["state"] = "made up" }, "merchant", Token)).Why.ShouldNotBeNull();
        _fixture.Pipeline.Clock.Advance(TimeSpan.FromHours(1));
        (await Desk.ReceiveAsync(answer, "merchant", Token)).Why!.ShouldContain("too old");
        (await _fixture.Connections.ListAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_merchant_who_does_not_agree_or_whose_password_is_not_taken_is_told()
    {
        var answer = await AgreedAsync("of yesterday");
        (await Desk.ReceiveAsync(answer, "merchant", Token)).Why!.ShouldContain("application password");
        answer.Remove("password");
        answer["success"] = "false";
        (await Desk.ReceiveAsync(answer, "merchant", Token)).Why!.ShouldContain("did not agree");
    }
}
