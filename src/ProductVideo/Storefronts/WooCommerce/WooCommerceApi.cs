using System.Net.Http.Headers;
using System.Text;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>
/// Requests to one shop. Nothing is sent twice here: what is tried again is decided where it is known what was done. The password goes to
/// the configured address alone.
/// </summary>
internal sealed class WooCommerceApi(WooCommerceOptions options, ShopExchange exchange)
{
    /// <summary>The routes of the plugin in the shop.</summary>
    public const string Companion = "productvideo/v1";

    private readonly string _root = options.Url!.AbsoluteUri.TrimEnd('/') + "/wp-json/";

    private readonly AuthenticationHeaderValue _login = new(
        "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{options.ApplicationPassword}")));

    /// <summary>Asks and decides nothing: a refusal is an answer.</summary>
    /// <exception cref="Catalog.StorefrontException">There was no answer.</exception>
    public Task<WooAnswer> AskAsync(HttpMethod method, string path, CancellationToken cancellationToken) =>
        AskAsync(method, path, body: null, uploads: false, cancellationToken);

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class =>
        Read<T>(await AskAsync(HttpMethod.Get, path, body: null, uploads: false, cancellationToken));

    /// <returns>null where the shop has no such thing, told by one of <paramref name="codes"/>.</returns>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T?> FindAsync<T>(string path, IReadOnlyCollection<string> codes, CancellationToken cancellationToken) where T : class
    {
        var answer = await AskAsync(HttpMethod.Get, path, body: null, uploads: false, cancellationToken);
        return answer.Status == 404 && codes.Contains(answer.Code, StringComparer.Ordinal) ? null : Read<T>(answer);
    }

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellationToken) where T : class
    {
        using var content = body is null ? null : new ByteArrayContent(SnakeJson.Write(body)) { Headers = { ContentType = new("application/json") } };
        return Read<T>(await AskAsync(method, path, content, uploads: false, cancellationToken));
    }

    /// <summary>Takes something away for ever; fine where it is gone already, which the shop tells by <paramref name="gone"/>.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task DeleteAsync(string path, string gone, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(HttpMethod.Delete, path, body: null, uploads: false, cancellationToken);
        if (answer.Status != 404 || answer.Code != gone)
            Read<object>(answer);
    }

    /// <summary>Uploads a file as the raw body: PHP's limits on forms do not count for that.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> UploadAsync<T>(string path, string fileName, string contentType, Stream file, long? length, CancellationToken cancellationToken) where T : class
    {
        using var content = new StreamContent(file);
        content.Headers.ContentType = new(contentType);
        content.Headers.ContentLength = length;
        content.Headers.ContentDisposition = new("attachment") { FileName = $"\"{fileName}\"" };
        return Read<T>(await AskAsync(HttpMethod.Post, path, content, uploads: true, cancellationToken));
    }

    private async Task<WooAnswer> AskAsync(HttpMethod method, string path, HttpContent? body, bool uploads, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, _root + path) { Content = body };
        request.Headers.Authorization = _login;
        request.Headers.Accept.Add(new("application/json"));
        return new WooAnswer(uploads ? await exchange.UploadAsync(request, cancellationToken) : await exchange.AskAsync(request, cancellationToken));
    }

    /// <exception cref="Catalog.StorefrontException">It is a refusal, or no such answer.</exception>
    public static T Read<T>(WooAnswer answer) where T : class =>
        (answer.IsSuccess ? SnakeJson.Read<T>(answer.Body) : null) ?? throw WooCommerceFaults.Of(answer);
}
