using System.Net.Http.Headers;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>
/// Requests to one shop. Nothing is sent twice here but what was refused for an old token, of which nothing was done; what is tried again is
/// decided where it is known what was done. The key goes to the configured address alone.
/// </summary>
internal sealed class MedusaApi(MedusaOptions options, ShopExchange exchange)
{
    /// <summary>The routes of the plugin in the shop.</summary>
    public const string Plugin = "admin/product-video";

    private readonly string _root = options.Url!.AbsoluteUri.TrimEnd('/') + "/";
    private readonly MedusaLogin _login = new(options, exchange);

    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) where T : class =>
        Read<T>(await AskAsync(HttpMethod.Get, path, body: null, cancellationToken));

    /// <returns>null where the shop says that it has no such thing, and not merely no such route.</returns>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancellationToken) where T : class
    {
        var answer = await AskAsync(HttpMethod.Get, path, body: null, cancellationToken);
        return answer is { Status: 404, Type: MedusaFaults.NotFound } ? null : Read<T>(answer);
    }

    /// <returns>null where the shop has no such route.</returns>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T?> FindRouteAsync<T>(string path, CancellationToken cancellationToken) where T : class
    {
        var answer = await AskAsync(HttpMethod.Get, path, body: null, cancellationToken);
        return answer.Status == 404 ? null : Read<T>(answer);
    }

    /// <param name="path">Below the shop's address.</param>
    /// <param name="form">Makes the body, from its start.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task<T> PutAsync<T>(string path, Func<CancellationToken, Task<HttpContent>> form, CancellationToken cancellationToken) where T : class =>
        Read<T>(await AskAsync(HttpMethod.Put, path, form, cancellationToken));

    /// <summary>Takes something away; fine where it is gone already.</summary>
    /// <exception cref="Catalog.StorefrontException">The shop refused, or gave no such answer.</exception>
    public async Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        Read<object>(await AskAsync(HttpMethod.Delete, path, body: null, cancellationToken));

    private async Task<MedusaAnswer> AskAsync(HttpMethod method, string path, Func<CancellationToken, Task<HttpContent>>? body, CancellationToken cancellationToken)
    {
        for (AuthenticationHeaderValue? refused = null; ;)
        {
            var login = await _login.GetAsync(refused, cancellationToken);
            using var request = new HttpRequestMessage(method, _root + path) { Content = body is null ? null : await body(cancellationToken) };
            request.Headers.Authorization = login;
            request.Headers.Accept.Add(new("application/json"));
            var answer = new MedusaAnswer(body is null ? await exchange.AskAsync(request, cancellationToken) : await exchange.UploadAsync(request, cancellationToken));
            if (answer.Status != 401 || refused is not null || !_login.CanRenew)
                return answer;
            refused = login;
        }
    }

    private static T Read<T>(MedusaAnswer answer) where T : class =>
        (answer.IsSuccess ? SnakeJson.Read<T>(answer.Body) : null) ?? throw MedusaFaults.Of(answer);
}
