using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProductVideo.Conformance.Storefronts.WooCommerce;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>A merchant edits products in the shop, the shop calls, and the real program tells or makes anew only what matters.</summary>
public sealed class ChangesInWooCommerceTests : IAsyncLifetime
{
    private const string Secret = "a secret of the webhook";

    private readonly string _data = Checkout.NewFolder();
    private readonly FakeWooCommerce _shop = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromMinutes(3) };
    private HostProcess? _host;
    private long _mug;
    private int _calls;

    public async ValueTask InitializeAsync()
    {
        await _shop.StartAsync();
        var pictures = Directory.EnumerateFiles(Path.Combine(Checkout.SampleShop, "images", "stoneware-mug"), "*.jpg").Order(StringComparer.Ordinal).Take(2);
        var images = new JsonArray([.. pictures.Select((file, i) => _shop.AddPicture($"mug-{i}", File.ReadAllBytes(file)))]);
        _mug = _shop.Add("Stoneware mug", product => product["images"] = images);
        await HostProcess.BeginAsync(_data);
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "changes", "--data", _data])).Output.Trim();
        _host = await HostProcess.ServeAsync(_data, new Dictionary<string, string>
        {
            ["ProductVideo__WooCommerce__woo__Url"] = _shop.Address.AbsoluteUri,
            ["ProductVideo__WooCommerce__woo__User"] = FakeWooCommerce.User,
            ["ProductVideo__WooCommerce__woo__ApplicationPassword"] = FakeWooCommerce.Password,
            ["ProductVideo__WooCommerce__woo__WebhookSecret"] = Secret,
            ["ProductVideo__Changes__Quiet"] = "00:00:00",
        });
        _client.BaseAddress = new Uri(_host.Address);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        await _shop.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task an_edited_title_is_told_then_filmed_anew_and_an_edited_stock_is_neither()
    {
        var first = (await SendAsync(HttpMethod.Post, "/api/v1/generations", new { shop = "woo", product = $"{_mug}", provider = "local", seconds = 5 })).GetProperty("id").GetGuid();
        await UntilAsync(first, "AwaitingReview");
        await SendAsync(HttpMethod.Post, $"/api/v1/generations/{first}/approve", new { });
        await UntilAsync(first, "Published");

        await EditAsync(product => product["stock_quantity"] = 3);
        await EditAsync(product => product["name"] = "Porcelain cup");
        var stale = await ChangeAsync(change => change.GetProperty("state").GetString() == "stale");
        stale.GetProperty("reasons")[0].GetString().ShouldBe("text");
        stale.GetProperty("video").GetGuid().ShouldBe(first);
        (await VideosAsync()).ShouldBe([first], "the shop wants to be told only");

        await SendAsync(HttpMethod.Put, "/api/v1/shops/woo/changes", new { onChange = "remake" });
        await EditAsync(product => product["stock_quantity"] = 2);
        await EditAsync(product => product["name"] = "Glass bowl");
        var remade = await ChangeAsync(change => change.GetProperty("newVideo").ValueKind is JsonValueKind.String);
        var second = remade.GetProperty("newVideo").GetGuid();
        (await UntilAsync(second, "AwaitingReview")).GetProperty("title").GetString().ShouldBe("Glass bowl");
        _shop.VideoOn(_mug)["key"]!.GetValue<string>().ShouldContain(first.ToString("n"), Case.Insensitive, "shoppers see the old one until the new one is approved");

        // A product is read only once the look before has ended.
        await EditAsync(product => product["stock_quantity"] = 1);
        await EditAsync(product => product["stock_quantity"] = 0);
        (await VideosAsync()).ShouldBe([second, first]);
    }

    /// <summary>The merchant saves, the shop calls, and the product is read.</summary>
    private async Task EditAsync(Action<JsonObject> change)
    {
        var before = Reads();
        _shop.Edit(_mug, change);
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["id"] = _mug }.ToJsonString());
        using var call = new HttpRequestMessage(HttpMethod.Post, "/webhooks/shop/woo") { Content = new ByteArrayContent(body) };
        call.Content.Headers.ContentType = new("application/json");
        call.Headers.Add("X-WC-Webhook-Topic", "product.updated");
        call.Headers.Add("X-WC-Webhook-Delivery-ID", $"delivery-{++_calls}");
        call.Headers.Add("X-WC-Webhook-Signature", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        using var answer = await _client.SendAsync(call, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        while (Reads() == before)
            (await _client.GetAsync("/health/live", TestContext.Current.CancellationToken)).Dispose();
    }

    private int Reads() => _shop.Requests.ToArray().Count(request => request == $"GET /wp-json/wc/v3/products/{_mug}");

    private async Task<JsonElement> ChangeAsync(Func<JsonElement, bool> until)
    {
        while (true)
        {
            var change = (await SendAsync(HttpMethod.Get, $"/api/v1/products/woo/{_mug}")).GetProperty("change");
            if (until(change))
                return change;
        }
    }

    private async Task<List<Guid>> VideosAsync() => [.. (await SendAsync(HttpMethod.Get, "/api/v1/generations?shop=woo")).GetProperty("items").EnumerateArray()
        .Select(video => video.GetProperty("id").GetGuid())];

    private async Task<JsonElement> UntilAsync(Guid video, string state)
    {
        using var events = new StreamReader(await _client.GetStreamAsync($"/api/v1/generations/{video}/events", TestContext.Current.CancellationToken));
        while (await events.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            var now = JsonDocument.Parse(line["data:".Length..]).RootElement;
            var name = now.GetProperty("state").GetString();
            name.ShouldNotBe("Failed", line);
            if (name == state)
                return now;
        }

        throw new EndOfStreamException($"Video {video} ended before it was {state}.");
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }
}
