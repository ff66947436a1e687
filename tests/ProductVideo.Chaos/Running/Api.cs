using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Inside;
using ProductVideo.Http;

namespace ProductVideo.Chaos.Running;

/// <summary>A caller of the product's REST API.</summary>
internal sealed class Api : IDisposable
{
    /// <summary>Whoever calls again anyway does not wait long for an answer that a stopped worker owes.</summary>
    private static readonly TimeSpan s_impatience = TimeSpan.FromSeconds(6);

    private readonly HttpClient _http;

    public Api(string address, string key)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(1) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>For example <c>http://127.0.0.1:41234</c>.</summary>
    public string Address => _http.BaseAddress!.GetLeftPart(UriPartial.Authority);

    /// <summary>Sends the order under its key; false if no answer came, or one that says to try again.</summary>
    public async Task<bool> OrderAsync(Order order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/generations")
        {
            Content = JsonContent.Create(new { shop = ChaosStorefront.ShopKey, product = order.Product, provider = ChaosVideoProvider.ProviderKey, aspect = "1:1", seconds = 5, autoApprove = true }),
        };
        request.Headers.Add("Idempotency-Key", order.Key);
        try
        {
            using var limit = new CancellationTokenSource(s_impatience);
            using var response = await _http.SendAsync(request, limit.Token);
            if (response.StatusCode is HttpStatusCode.InternalServerError or HttpStatusCode.ServiceUnavailable)
                return false;
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"The order of {order.Product} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            order.Answered = (await response.Content.ReadFromJsonAsync<GenerationView>())!.Id;
            return true;
        }
        catch (Exception e) when (WireFault.Is(e) || e is OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>All generations, newest first; null if the worker does not answer now.</summary>
    public async Task<IReadOnlyList<GenerationView>?> ListAsync()
    {
        try
        {
            var all = new List<GenerationView>();
            for (string? cursor = null; ;)
            {
                using var limit = new CancellationTokenSource(s_impatience);
                var page = (await _http.GetFromJsonAsync<PageView>("/api/v1/generations?take=250" + (cursor is null ? "" : "&cursor=" + cursor), limit.Token))!;
                all.AddRange(page.Items);
                if ((cursor = page.Next) is null)
                    return all;
            }
        }
        catch (Exception e) when (WireFault.Is(e) || e is OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Sends a person's command: <c>approve</c>, <c>cancel</c>, <c>withdraw</c>, <c>retry</c>.</summary>
    public async Task<HttpStatusCode> CommandAsync(Guid generation, string command)
    {
        using var response = await _http.PostAsJsonAsync(string.Create(CultureInfo.InvariantCulture, $"/api/v1/generations/{generation}/{command}"), new { });
        return response.StatusCode;
    }

    /// <summary>Says, as the person who mended it would, that an account works again; nothing if the worker does not answer now.</summary>
    public async Task ReopenAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(s_impatience);
            using var response = await _http.PostAsJsonAsync($"/api/v1/accounts/{ChaosVideoProvider.ProviderKey}/reopen", new { }, limit.Token);
        }
        catch (Exception e) when (WireFault.Is(e) || e is OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"Reopening: {e.Message}");
        }
    }

    /// <summary>Turns one of the worker's switches.</summary>
    public async Task<string> ControlAsync(string path)
    {
        using var response = await _http.PostAsync("/chaos/" + path, content: null);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record PageView(IReadOnlyList<GenerationView> Items, string? Next);

/// <param name="Cost">What our ledger says was spent on it; null if nothing was, so far.</param>
internal sealed record GenerationView(Guid Id, string Product, string State, MoneyView Price, MoneyView? Cost, ClipView? Clip, ProblemView? Problem);

internal sealed record MoneyView(decimal Amount, string Currency);

internal sealed record ClipView(string Sha256);

internal sealed record ProblemView(string Code, string OperatorText);
