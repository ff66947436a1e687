using System.Net.Http.Headers;
using System.Text;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Medusa;

/// <summary>Lets requests in: by the secret key, or by a token that a user's password is exchanged for and that lives a day.</summary>
internal sealed class MedusaLogin(MedusaOptions options, ShopExchange exchange)
{
    private readonly SemaphoreSlim _turn = new(1);
    private AuthenticationHeaderValue? _token;

    /// <summary>Whether there can be another one after a refusal.</summary>
    public bool CanRenew => options.ApiKey.Length == 0;

    /// <param name="refused">What the shop did not take; another is asked for, unless somebody did meanwhile.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="Catalog.StorefrontException">The shop does not take the password, or can't be reached.</exception>
    public async Task<AuthenticationHeaderValue> GetAsync(AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        if (!CanRenew)
            return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(options.ApiKey + ":")));
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _token is { } token && !ReferenceEquals(token, refused) ? token : _token = await AskAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<AuthenticationHeaderValue> AskAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url!.AbsoluteUri.TrimEnd('/') + "/auth/user/emailpass");
        request.Content = new ByteArrayContent(SnakeJson.Write(new { options.Email, options.Password })) { Headers = { ContentType = new("application/json") } };
        var answer = new MedusaAnswer(await exchange.AskAsync(request, cancellationToken));
        return answer.IsSuccess && SnakeJson.Read<MedusaToken>(answer.Body)?.Token is { Length: > 0 } token
            ? new("Bearer", token) : throw MedusaFaults.Of(answer);
    }
}
