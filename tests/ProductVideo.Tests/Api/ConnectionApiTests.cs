using System.Net;
using System.Net.Http.Json;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.Security;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class ConnectionApiTests(ApiFixture api) : IClassFixture<ApiFixture>, IAsyncLifetime
{
    private readonly FakeWooCommerce _woo = new();

    public async ValueTask InitializeAsync() => await _woo.StartAsync();

    public ValueTask DisposeAsync() => _woo.DisposeAsync();

    private Dictionary<string, string> Values => new(StringComparer.Ordinal)
    {
        ["Url"] = _woo.Address.AbsoluteUri, ["User"] = FakeWooCommerce.User, ["ApplicationPassword"] = FakeWooCommerce.Password,
    };

    [Fact]
    public async Task a_shop_is_connected_tested_changed_and_disconnected_and_its_password_is_never_told()
    {
        using var manager = await api.CallerAsync(shop: null, Scopes.ShopsManage);
        using var connected = await manager.PostAsJsonAsync("/api/v1/shop-connections", new { shop = "woo", kind = "woocommerce", values = Values });
        connected.StatusCode.ShouldBe(HttpStatusCode.Created, await connected.Content.ReadAsStringAsync());
        connected.Headers.Location!.ToString().ShouldBe("/api/v1/shop-connections/woo");
        using var tested = await manager.PostAsJsonAsync("/api/v1/shop-connections/woo/test", new { });
        tested.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var changed = await manager.PutAsJsonAsync(
            "/api/v1/shop-connections/woo", new { values = Values.Where(value => value.Key != "ApplicationPassword").Append(new("Locale", "de")).ToDictionary() });
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync());

        var told = await connected.Content.ReadAsStringAsync() + await changed.Content.ReadAsStringAsync() + await manager.GetStringAsync("/api/v1/shop-connections");
        told.ShouldContain("\"secrets\":[\"ApplicationPassword\"]");
        told.ShouldNotContain(FakeWooCommerce.Password);

        (await manager.DeleteAsync("/api/v1/shop-connections/woo")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await manager.DeleteAsync("/api/v1/shop-connections/woo")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task what_is_wrong_is_told_with_its_field()
    {
        using var manager = await api.CallerAsync(shop: null, Scopes.ShopsManage);
        using var answer = await manager.PostAsJsonAsync("/api/v1/shop-connections", new { shop = "woo", kind = "woocommerce", values = new { Url = "ftp://x", User = "u" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await ApiFixture.JsonAsync(answer);
        problem.GetProperty("field").GetString().ShouldBe("Url");
        problem.GetProperty("detail").GetString()!.ShouldContain("ApplicationPassword is missing");
        using var unknown = await manager.PostAsJsonAsync("/api/v1/shop-connections", new { shop = "woo", kind = "etsy", values = new { } });
        (await ApiFixture.JsonAsync(unknown)).GetProperty("detail").GetString()!.ShouldContain("woocommerce");
    }

    [Fact]
    public async Task the_kinds_say_what_to_do_and_which_fields_are_secret()
    {
        using var manager = await api.CallerAsync(shop: null, Scopes.ShopsManage);
        var kinds = await ApiFixture.JsonAsync(await manager.GetAsync("/api/v1/shop-kinds"));
        var woo = kinds.EnumerateArray().Single(kind => kind.GetProperty("kind").GetString() == "woocommerce");
        woo.GetProperty("steps").GetArrayLength().ShouldBeGreaterThan(1);
        woo.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "ApplicationPassword").GetProperty("isSecret").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(Scopes.Read)]
    [InlineData(Scopes.Webhooks)]
    public async Task other_keys_may_not_see_or_change_connections(string scope)
    {
        using var caller = await api.CallerAsync(shop: null, scope);
        (await caller.GetAsync("/api/v1/shop-connections")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await caller.DeleteAsync("/api/v1/shop-connections/test")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var ofOneShop = await api.CallerAsync("test", Scopes.ShopsManage);
        (await ofOneShop.GetAsync("/api/v1/shop-connections")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
