using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProductVideo.Webhooks;

namespace ProductVideo.EndToEnd.Storefronts;

/// <summary>Hears what the plugin in a shop tells of changed products, in the place of ProductVideo.</summary>
public sealed class VendureNews : IAsyncDisposable
{
    private readonly Channel<WebhookCall> _calls = Channel.CreateUnbounded<WebhookCall>();
    private WebApplication? _app;

    public Uri Address { get; private set; } = null!;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/webhooks/shop/vendure", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            await _calls.Writer.WriteAsync(new WebhookCall(
                request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray(), DateTimeOffset.UtcNow));
            return Results.NoContent();
        });
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>All calls up to the first about that product, which is the last of them.</summary>
    public async Task<IReadOnlyList<WebhookCall>> UntilAsync(string productId, CancellationToken cancellationToken)
    {
        var heard = new List<WebhookCall>();
        do
            heard.Add(await _calls.Reader.ReadAsync(cancellationToken));
        while (!Names(heard[^1], productId));
        return heard;
    }

    public static bool Names(WebhookCall call, string productId) =>
        System.Text.Encoding.UTF8.GetString(call.Body.Span).Contains($"\"{productId}\"", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
