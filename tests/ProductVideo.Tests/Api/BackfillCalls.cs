using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.Backfills;
using ProductVideo.Changes;
using ProductVideo.Tests.Pipeline;
using Shouldly;

namespace ProductVideo.Tests.Api;

/// <summary>Address as a program asks for them, and their work where a test wants it done.</summary>
internal static class BackfillCalls
{
    public const string Address = "/api/v1/shops/test/backfills";

    /// <summary>0.70 USD a product.</summary>
    public static object Recipe { get; } = new { providers = new[] { new { provider = "scripted" } }, aspects = new[] { "1:1" }, seconds = 5 };

    public static object Wanted(string name = "all of it", bool autoApprove = false) => new { name, recipe = Recipe, autoApprove };

    public static object Usd(decimal amount) => new { prices = new[] { new { amount, currency = "USD" } } };

    /// <summary>Puts so many more products into the shop.</summary>
    public static void Fill(ApiFixture api, int products)
    {
        var picture = PipelineFixture.Picture(400, 400);
        for (var i = 0; i < products; i++)
            api.Shop.Add($"p-{i:000}", ($"p-{i:000}.jpg", picture));
    }

    /// <summary>Scans the shops and moves backfills as far as they go now.</summary>
    public static async Task WorkAsync(ApiFixture api)
    {
        while (await api.Get<CatalogScan>().ScanNextAsync(CancellationToken.None))
        {
            // Page by page.
        }

        while (await api.Get<BackfillWork>().MoveNextAsync(CancellationToken.None))
        {
            // One after the other.
        }
    }

    public static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, object? body, int status, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, $"{method} {path}: {text}");
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    public static Task<JsonElement> PostAsync(HttpClient client, string path, object? body = null, int status = 200, string? key = null) =>
        SendAsync(client, HttpMethod.Post, path, body ?? new { }, status, key);

    public static Task<JsonElement> GetAsync(HttpClient client, string path, int status = 200) => SendAsync(client, HttpMethod.Get, path, body: null, status);

    /// <summary>A backfill of the whole shop with its price.</summary>
    public static async Task<string> QuotedAsync(ApiFixture api, HttpClient client, object? wanted = null)
    {
        var path = $"{Address}/{(await PostAsync(client, Address, wanted ?? Wanted(), 201)).Text("id")}";
        await PostAsync(client, path + "/quote", status: 202);
        await WorkAsync(api);
        (await GetAsync(client, path)).Text("state").ShouldBe("quoted");
        return path;
    }

    public static string Text(this JsonElement json, string field) => json.GetProperty(field).GetString()!;
}
