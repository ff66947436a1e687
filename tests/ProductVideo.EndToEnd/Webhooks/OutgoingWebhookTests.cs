using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Webhooks;

/// <summary>The real host tells a real receiver, and a library that is not ours judges the signatures.</summary>
public sealed class OutgoingWebhookTests : IAsyncLifetime
{
    private const string Path = "/api/v1/webhook-endpoints";
    private readonly string _data = Checkout.NewFolder();
    private readonly HttpClient _client = new();
    private HostProcess? _host;
    private Judge? _judge;

    public async ValueTask InitializeAsync()
    {
        _judge = await Judge.StartAsync(500, 200);
        await HostProcess.BeginAsync(_data);
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "webhooks", "--data", _data])).Output.Trim();
        _host = await HostProcess.ServeAsync(_data, new Dictionary<string, string>
        {
            ["ProductVideo__Webhooks__LoopbackAllowed__0"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_judge.Port}"),
        });
        _client.BaseAddress = new Uri(_host.Address);
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        if (_judge is not null)
            await _judge.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    private async Task<JsonElement> VerdictAsync()
    {
        var verdict = await _judge!.NextAsync();
        verdict.GetProperty("verified").GetBoolean().ShouldBeTrue(verdict.ToString());
        verdict.GetProperty("flipped").GetBoolean().ShouldBeFalse("a body that differs must be refused");
        return verdict;
    }

    [Fact]
    public async Task the_reference_library_accepts_what_is_sent_and_sent_again_and_signed_with_a_new_secret()
    {
        var added = await PostAsync(Path, new { url = _judge!.Url });
        var endpoint = $"{Path}/{added.GetProperty("id").GetGuid()}";
        await _judge.UseAsync(added.GetProperty("secret").GetString()!);

        var test = (await PostAsync(endpoint + "/test", new { })).GetProperty("event").GetString();
        var first = await VerdictAsync();
        first.GetProperty("id").GetString().ShouldBe(test);
        first.GetProperty("event").GetProperty("type").GetString().ShouldBe("webhook.test");

        // The receiver answered 500: a person does not wait for the next try.
        await PostAsync($"{endpoint}/deliveries/{test}/replay", new { });
        (await VerdictAsync()).GetProperty("id").GetString().ShouldBe(test);

        // The old secret is good for a day, the new one at once.
        var rotated = (await PostAsync(endpoint + "/rotate-secret", new { })).GetProperty("secret").GetString()!;
        await PostAsync(endpoint + "/test", new { });
        await VerdictAsync();
        await _judge.UseAsync(rotated);
        await PostAsync(endpoint + "/test", new { });
        await VerdictAsync();
    }

    [Fact]
    public async Task a_video_that_is_cancelled_or_made_is_told_of()
    {
        var added = await PostAsync(Path, new { url = _judge!.Url });
        await _judge.UseAsync(added.GetProperty("secret").GetString()!);

        var products = await _client.GetFromJsonAsync<JsonElement>("/api/v1/products");
        var product = products.GetProperty("items")[0].GetProperty("id").GetString();
        var ordered = (await PostAsync("/api/v1/generations", new { product, seconds = 5 })).GetProperty("id").GetGuid();
        // It may be made already, or be just being brought home: then the word rejects it. Each end is told.
        using var cancelled = await _client.PostAsJsonAsync($"/api/v1/generations/{ordered}/cancel", new { });

        var told = (await VerdictAsync()).GetProperty("event");
        told.GetProperty("type").GetString().ShouldBeOneOf("generation.cancelled", "generation.awaiting_review", "generation.rejected");
        told.GetProperty("data").GetProperty("generation").GetGuid().ShouldBe(ordered);
        told.GetProperty("data").GetProperty("product").GetString().ShouldBe(product);
    }
}
