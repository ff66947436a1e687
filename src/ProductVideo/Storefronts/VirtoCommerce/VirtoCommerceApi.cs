using System.Text.Json;
using System.Text.Json.Serialization;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>
/// Requests to one shop. Nothing is sent twice here but what was refused for its token, which was not done: then once more with a new one.
/// Secret and token go to the configured address alone.
/// </summary>
internal sealed class VirtoCommerceApi(VirtoCommerceOptions options, ShopExchange exchange, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string _root = Root(options);
    private readonly VirtoCommerceTokens _tokens = new(options, exchange, clock);

    public static string Root(VirtoCommerceOptions options) => options.Url!.AbsoluteUri.TrimEnd('/') + "/";

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class =>
        Read<T>(await AskAsync(HttpMethod.Get, path, body: null, cancellationToken));

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken) where T : class =>
        Read<T>(await PostAsync(path, body, cancellationToken));

    /// <summary>Whatever the shop answers.</summary>
    public Task<ShopAnswer> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, Json), cancellationToken);

    /// <summary>Whatever the shop answers.</summary>
    public Task<ShopAnswer> AnswerAsync(string path, CancellationToken cancellationToken) => AskAsync(HttpMethod.Get, path, body: null, cancellationToken);

    /// <summary>Whatever the shop answers.</summary>
    public Task<ShopAnswer> DeleteAsync(string path, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, path, body: null, cancellationToken);

    /// <param name="path">With its query.</param>
    /// <param name="form">Makes the body; asked again where it is sent again.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> UploadAsync<T>(string path, Func<CancellationToken, Task<HttpContent>> form, CancellationToken cancellationToken) where T : class =>
        Read<T>(await AskAsync(HttpMethod.Post, path, form, exchange.UploadAsync, cancellationToken));

    public static T Read<T>(ShopAnswer answer) where T : class => (answer.IsSuccess ? Parse<T>(answer.Body) : null) ?? throw VirtoCommerceFaults.Of(answer);

    private Task<ShopAnswer> AskAsync(HttpMethod method, string path, byte[]? body, CancellationToken cancellationToken) => AskAsync(
        method, path,
        body is null ? null : _ => Task.FromResult<HttpContent>(new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }),
        exchange.AskAsync, cancellationToken);

    private async Task<ShopAnswer> AskAsync(
        HttpMethod method, string path, Func<CancellationToken, Task<HttpContent>>? body, Func<HttpRequestMessage, CancellationToken, Task<ShopAnswer>> send,
        CancellationToken cancellationToken)
    {
        var token = await _tokens.GetAsync(cancellationToken);
        var answer = await SendAsync(token);
        if (answer.Status != 401)
            return answer;
        _tokens.Forget(token);
        return await SendAsync(await _tokens.GetAsync(cancellationToken));

        async Task<ShopAnswer> SendAsync(string with)
        {
            using var request = new HttpRequestMessage(method, _root + path) { Content = body is null ? null : await body(cancellationToken) };
            request.Headers.Authorization = new("Bearer", with);
            request.Headers.Accept.Add(new("application/json"));
            return await send(request, cancellationToken);
        }
    }

    private static T? Parse<T>(byte[] body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
