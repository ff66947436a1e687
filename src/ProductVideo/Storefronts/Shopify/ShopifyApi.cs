using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>
/// Questions and mutations to one shop. Only what the shop says it has not done is sent again here: without a good token, or without room
/// for it that comes within seconds.
/// </summary>
internal sealed class ShopifyApi(ShopifyOptions options, ShopExchange exchange, ShopifyTokens tokens, TimeProvider clock)
{
    private const string Version = "2026-10";

    /// <summary>As long as a call may wait for room in all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly Uri _address = new(options.Root, $"/admin/api/{Version}/graphql.json");

    /// <summary>Asks with one of <see cref="ShopifyDocuments"/>.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> AskAsync<T>(string document, object variables, CancellationToken cancellationToken) where T : class
    {
        var body = CamelJson.Write(new { query = ShopifyDocuments.Text(document), variables });
        string? refused = null;
        for (var waited = TimeSpan.Zero; ;)
        {
            var token = await tokens.AccessAsync(refused, cancellationToken);
            var answer = await SendAsync(body, token, cancellationToken);
            if (answer.Status == 401 && refused is null)
            {
                refused = token;
                continue;
            }

            if (answer.Throttled is { } wait && waited + wait <= Patience)
            {
                await Task.Delay(wait, clock, cancellationToken);
                waited += wait + TimeSpan.FromSeconds(0.1);
                continue;
            }

            return answer.Data<T>() ?? throw ShopifyFaults.Of(answer, document);
        }
    }

    private async Task<ShopifyAnswer> SendAsync(byte[] body, string token, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        request.Headers.Add("X-Shopify-Access-Token", token);
        request.Headers.Accept.Add(new("application/json"));
        return new ShopifyAnswer(await exchange.AskAsync(request, cancellationToken));
    }
}
