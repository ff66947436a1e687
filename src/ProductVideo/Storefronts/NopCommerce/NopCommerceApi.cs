using System.Security.Cryptography;
using System.Text;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>
/// Signed requests to the bridge in one shop. Nothing is sent twice here: what is tried again is decided where it is known what was done.
/// The secret itself never travels.
/// </summary>
internal sealed class NopCommerceApi(NopCommerceOptions options, ShopExchange exchange, TimeProvider clock)
{
    /// <summary>The routes of the plugin in the shop.</summary>
    public const string Root = "/productvideo/bridge/v1/";

    private const string NoContent = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly string _root = options.Url!.AbsoluteUri.TrimEnd('/') + Root;

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class => Read<T>(await AskAsync(HttpMethod.Get, path, cancellationToken));

    /// <returns>null where the shop has no such thing, told by <paramref name="code"/>.</returns>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T?> FindAsync<T>(string path, string code, CancellationToken cancellationToken) where T : class
    {
        var answer = await AskAsync(HttpMethod.Get, path, cancellationToken);
        return answer.Status == 404 && answer.Code == code ? null : Read<T>(answer);
    }

    /// <summary>The bytes of a file that the bridge gives.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused.</exception>
    public async Task<byte[]> FileAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(HttpMethod.Get, path, cancellationToken);
        return answer.Answer.IsSuccess ? answer.Answer.Body : throw NopCommerceFaults.Of(answer);
    }

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> PutAsync<T>(string path, object body, CancellationToken cancellationToken) where T : class
    {
        var bytes = SnakeJson.Write(body);
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("application/json") } };
        using var request = Signed(HttpMethod.Put, path, Convert.ToHexStringLower(SHA256.HashData(bytes)), content);
        return Read<T>(new NopAnswer(await exchange.AskAsync(request, cancellationToken)));
    }

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> DeleteAsync<T>(string path, CancellationToken cancellationToken) where T : class => Read<T>(await AskAsync(HttpMethod.Delete, path, cancellationToken));

    /// <summary>Uploads a file as the raw body. Its hash is signed before a byte of it is sent, and the shop stores nothing else.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> UploadAsync<T>(string path, string contentType, string sha256, Stream file, long? length, CancellationToken cancellationToken) where T : class
    {
        using var content = new StreamContent(file);
        (content.Headers.ContentType, content.Headers.ContentLength) = (new(contentType), length);
        using var request = Signed(HttpMethod.Put, path, sha256, content);
        return Read<T>(new NopAnswer(await exchange.UploadAsync(request, cancellationToken)));
    }

    private async Task<NopAnswer> AskAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var request = Signed(method, path, NoContent, content: null);
        return new NopAnswer(await exchange.AskAsync(request, cancellationToken));
    }

    private HttpRequestMessage Signed(HttpMethod method, string path, string sha256, HttpContent? content)
    {
        var (timestamp, nonce) = (Webhooks.Signatures.StandardWebhooks.Seconds(clock.GetUtcNow()), Guid.NewGuid().ToString("N"));
        var signed = string.Join('\n', "productvideo-bridge-v1", timestamp, nonce, method.Method, path, sha256);
        var request = new HttpRequestMessage(method, _root + path) { Content = content };
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.Add("X-ProductVideo-Timestamp", timestamp);
        request.Headers.Add("X-ProductVideo-Nonce", nonce);
        request.Headers.Add("X-ProductVideo-Content-SHA256", sha256);
        request.Headers.Add("X-ProductVideo-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(NopCommerceOptions.KeyOf(options.Secret)!, Encoding.UTF8.GetBytes(signed))));
        return request;
    }

    private static T Read<T>(NopAnswer answer) where T : class =>
        (answer.Answer.IsSuccess ? SnakeJson.Read<T>(answer.Answer.Body) : null) ?? throw NopCommerceFaults.Of(answer);
}
