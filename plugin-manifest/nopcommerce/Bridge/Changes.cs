using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Bridge;

/// <summary>Products that changed and of which the service was not told yet. Adding one takes no time: whoever saves a product is not kept waiting.</summary>
public sealed class ChangeQueue : IDisposable
{
    /// <summary>What comes beyond is left to the service's own scan.</summary>
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, bool> _waiting = [];
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <param name="productId">Whose change.</param>
    /// <param name="isRemoved">Whether it is gone.</param>
    public void Add(int productId, bool isRemoved)
    {
        lock (_lock)
        {
            if (productId <= 0 || (_waiting.Count >= Most && !_waiting.ContainsKey(productId)))
                return;
            _waiting[productId] = isRemoved;
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
    }

    /// <summary>Waits until something is there.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    /// <summary>Takes some out.</summary>
    public (IReadOnlyList<int> Changed, IReadOnlyList<int> Removed) Take(int most)
    {
        lock (_lock)
        {
            var taken = _waiting.Take(most).ToList();
            foreach (var (id, _) in taken)
                _waiting.Remove(id);
            if (_waiting.Count > 0 && _signal.CurrentCount == 0)
                _signal.Release();
            return ([.. taken.Where(one => !one.Value).Select(one => one.Key)], [.. taken.Where(one => one.Value).Select(one => one.Key)]);
        }
    }

    public void Dispose() => _signal.Dispose();
}

/// <summary>What the shop tells the service.</summary>
/// <param name="Topic"><see cref="ProductsChanged"/> or <see cref="ProductsRemoved"/>.</param>
/// <param name="ProductIds">Whose.</param>
public sealed record ChangeBody(string Topic, IReadOnlyList<string> ProductIds)
{
    public const string ProductsChanged = "products.changed";
    public const string ProductsRemoved = "products.removed";
}

/// <summary>Tells the service of changes, signed by the scheme of standardwebhooks.com with the shop's secret.</summary>
public sealed class ChangeSender(IHttpClientFactory clients, TimeProvider clock)
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The request that tells of some products.</summary>
    public HttpRequestMessage Request(BridgeConnection connection, string topic, IReadOnlyList<int> products)
    {
        var body = BridgeJson.Write(new ChangeBody(topic, [.. products.Select(id => id.ToString(CultureInfo.InvariantCulture))]));
        var (id, timestamp) = ("msg_" + Guid.NewGuid().ToString("N"), BridgeSignature.Seconds(clock.GetUtcNow()));
        var request = new HttpRequestMessage(HttpMethod.Post, $"{connection.ServiceUrl}/webhooks/shop/{Uri.EscapeDataString(connection.ServiceShop)}")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        request.Headers.Add(IdHeader, id);
        request.Headers.Add(TimestampHeader, timestamp);
        request.Headers.Add(SignatureHeader, "v1," + Convert.ToBase64String(HMACSHA256.HashData(BridgeSignature.KeyOf(connection.Secret)!, signed)));
        return request;
    }

    /// <returns>Whether the service heard it, or will never want to.</returns>
    public async Task<bool> SendAsync(BridgeConnection connection, string topic, IReadOnlyList<int> products, CancellationToken cancellationToken)
    {
        if (products.Count == 0 || !connection.IsConnected || !BridgeSignature.IsSecret(connection.Secret))
            return true;
        using var request = Request(connection, topic, products);
        try
        {
            using var client = clients.CreateClient(ProductVideoService.Client);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode is not (408 or 429 or >= 500);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <summary>Sends what waits in the queue, away from every request. What the service does not hear is tried again later, and in the end left to its scan.</summary>
public sealed class ChangePost(ChangeQueue queue, ChangeSender sender, Func<CancellationToken, Task<BridgeConnection>> connection, TimeProvider clock, ILogger<ChangePost> log) : BackgroundService
{
    private const int AtOnce = 100;
    private const int Tries = 6;

    /// <summary>A save of a product tells of it several times.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(2);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever is wrong, the shop goes on.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await queue.WaitAsync(stoppingToken);
            await Task.Delay(Gather, clock, stoppingToken);
            try
            {
                var (changed, removed) = queue.Take(AtOnce);
                var to = await connection(stoppingToken);
                await SendAsync(to, ChangeBody.ProductsChanged, changed, stoppingToken);
                await SendAsync(to, ChangeBody.ProductsRemoved, removed, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "ProductVideo could not be told of changes; its own scan will find them");
            }
        }
    }

    private async Task SendAsync(BridgeConnection to, string topic, IReadOnlyList<int> products, CancellationToken cancellationToken)
    {
        for (var i = 1; !await sender.SendAsync(to, topic, products, cancellationToken); i++)
        {
            if (i == Tries)
            {
                log.LogWarning("ProductVideo did not hear of {Count} changes; its own scan will find them", products.Count);
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(Math.Pow(4, i)), clock, cancellationToken);
        }
    }
}
