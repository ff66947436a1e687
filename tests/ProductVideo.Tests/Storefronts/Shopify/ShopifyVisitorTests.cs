using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Conformance;
using ProductVideo.Hosting;
using ProductVideo.Storefronts.Shopify;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Shopify;

/// <summary>Staff in Shopify's admin at our API, known by the token that Shopify signs for them.</summary>
public sealed class ShopifyVisitorTests : IAsyncLifetime
{
    private const string Origin = "https://extensions.shopifycdn.com";

    private readonly string _folder = Directory.CreateTempSubdirectory("pv-shopify-").FullName;
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private ShopifyParts _parts = null!;
    private WebApplication _app = null!;
    private FakeProduct _mug = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _parts = await ShopifyParts.StartAsync();
        _mug = _parts.Fake.Add("Mug", change: null, PipelineFixture.Picture(800, 600));
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IStorefront>(_parts.Storefront);
        builder.Services.AddSingleton<IStorefront>(new MemoryShop { Shop = "other" });
        builder.Services.AddCheckedFfmpeg();
        builder.Services.AddProductVideo(options => (options.DataFolder, options.Roles) = (_folder, ProcessRoles.Web));
        builder.Services.PostConfigure<ProductVideo.Http.ShopDownloads>(downloads => downloads["tonwerk"] = _parts.Options.Pictures);
        _app = builder.Build();
        _app.MapProductVideo();
        await _app.StartAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _parts.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, object? body = null, string? origin = Origin)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        return await _app.GetTestClient().SendAsync(request, Token);
    }

    /// <summary>However slow the machine is, it lives until the test is over.</summary>
    private string Signed(FakeSessionToken? token = null) => (token ?? new() { Expires = 3600 }).At(_now);

    [Fact]
    public async Task staff_ask_for_the_price_order_and_watch_in_their_own_shop()
    {
        using var preview = await SendAsync(HttpMethod.Post, $"/api/v1/products/tonwerk/{_mug.Id}/preview", Signed(), new { });
        preview.StatusCode.ShouldBe(HttpStatusCode.OK, await preview.Content.ReadAsStringAsync(Token));
        preview.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Origin]);

        using var ordered = await SendAsync(HttpMethod.Post, "/api/v1/generations", Signed(), new { shop = "tonwerk", product = $"{_mug.Id}" });
        ordered.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var id = (await ordered.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        using var watched = await SendAsync(HttpMethod.Get, $"/api/v1/generations/{id}", Signed());
        watched.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var latest = await SendAsync(HttpMethod.Get, $"/api/v1/generations?shop=tonwerk&product={_mug.Id}&take=1", Signed());
        (await latest.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task staff_can_neither_approve_nor_see_another_shop_nor_what_is_spent()
    {
        using var approving = await SendAsync(HttpMethod.Post, "/api/v1/generations", Signed(), new { shop = "tonwerk", product = $"{_mug.Id}", autoApprove = true });
        approving.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var other = await SendAsync(HttpMethod.Get, "/api/v1/products?shop=other", Signed());
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/api/v1/budgets"), (HttpMethod.Post, $"/api/v1/generations/{Guid.NewGuid()}/cancel"), (HttpMethod.Get, "/api/v1/webhooks") })
        {
            using var refused = await SendAsync(method, path, Signed(), method == HttpMethod.Post ? new { } : null);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            refused.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task nothing_but_a_living_token_for_this_app_and_shop_is_believed()
    {
        string[] wrong =
        [
            Signed(new() { Secret = "guessed", Expires = 3600 }), Signed(new() { Audience = "another-app", Expires = 3600 }), Signed(new() { Shop = "other.myshopify.com", Expires = 3600 }), Signed(new() { Expires = -11 }), Signed(new() { Begins = 3600, Expires = 7200 }), Signed(new() { Algorithm = "none", Expires = 3600 }),
            Signed()[..^1], Signed() + ".x", Signed().Replace('.', '_'), "..", "a.b.c", "a.b." + new string('!', 43), new string('x', 10_000),
        ];
        foreach (var token in wrong)
        {
            using var refused = await SendAsync(HttpMethod.Get, "/api/v1/products", token);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, token[..Math.Min(token.Length, 40)]);
            refused.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Origin], "the button can read why");
        }
    }

    [Theory]
    [InlineData(-9, -60, true)]
    [InlineData(-10, -60, false)]
    [InlineData(60, 10, true)]
    [InlineData(60, 11, false)]
    public void clocks_may_differ_by_ten_seconds(int expires, int begins, bool believed) =>
        (_parts.Storefront.Vouch(Signed(new() { Expires = expires, Begins = begins }), _now) is not null).ShouldBe(believed);

    [Fact]
    public async Task a_shop_that_has_not_let_its_staff_in_vouches_for_nobody()
    {
        _parts.Options.AdminMayOrder = false;
        using var refused = await SendAsync(HttpMethod.Get, "/api/v1/products", Signed());
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/v1/generations", Origin, true)]
    [InlineData("/api/v1/products/tonwerk/1/preview", "https://admin.shopify.com", true)]
    [InlineData("/api/v1/products", "https://evil.example", false)]
    [InlineData("/api/v1/budgets", Origin, false)]
    public async Task a_browser_is_told_beforehand_where_it_may_ask_from(string path, string origin, bool allowed)
    {
        using var answer = await SendAsync(HttpMethod.Options, path, token: null, origin: origin);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
        answer.IsSuccessStatusCode.ShouldBe(allowed);
        if (allowed)
            answer.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");
    }

    [Fact]
    public void the_secret_before_a_rotation_is_good_too()
    {
        _parts.Options.EarlierClientSecret = "of before";
        _parts.Storefront.Vouch(Signed(new() { Secret = "of before" }), _now).ShouldBe(new ShopVisitor("42"));
    }
}
