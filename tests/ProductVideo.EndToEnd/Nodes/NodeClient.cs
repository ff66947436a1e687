using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Shouldly;

namespace ProductVideo.EndToEnd.Nodes;

/// <summary>Orders videos at one node and watches them there.</summary>
internal sealed class NodeClient(HttpClient http) : IDisposable
{
    public HttpClient Http => http;

    public void Dispose() => http.Dispose();

    /// <summary>Orders a video that is published without a person's look.</summary>
    public async Task<Guid> OrderAsync(string product, string provider)
    {
        using var answer = await http.PostAsJsonAsync(
            "/api/v1/generations", new { shop = "sample", product, provider, aspect = "1:1", seconds = 5, autoApprove = true });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    /// <summary>Reads the node's events of a video until it is at rest or in that state.</summary>
    /// <returns>As the last event tells it.</returns>
    public Task<JsonElement> WatchAsync(Guid id, string state) => WatchAsync($"/api/v1/generations/{id}", generation => StateOf(generation) == state);

    /// <summary>Reads the events of whatever has some until they end or one is the one wanted.</summary>
    /// <returns>The last event.</returns>
    public async Task<JsonElement> WatchAsync(string address, Func<JsonElement, bool> isWanted)
    {
        await using var stream = await http.GetStreamAsync(address + "/events");
        JsonElement? last = null;
        await foreach (var told in SseParser.Create(stream).EnumerateAsync())
        {
            last = JsonDocument.Parse(told.Data).RootElement;
            if (isWanted(last.Value))
                break;
        }

        return last ?? throw new InvalidOperationException($"Nothing was told of {address}.");
    }

    /// <summary>Posts a document.</summary>
    /// <returns>The answer.</returns>
    public async Task<JsonElement> PostAsync(string address, object body)
    {
        using var answer = await http.PostAsJsonAsync(address, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public static string StateOf(JsonElement generation) => generation.GetProperty("state").GetString()!;
}
