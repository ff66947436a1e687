using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Vendure;

/// <summary>How requests are signed: by an API key, or by the token of a session that is asked for once, and again when the shop refuses it.</summary>
internal sealed class VendureSession(VendureOptions options, Uri address, ShopExchange exchange) : IDisposable
{
    private const string TokenHeader = "vendure-auth-token";

    private readonly SemaphoreSlim _turn = new(1);
    private volatile string? _token;

    /// <summary>Whether a refusal may mean that the session is over.</summary>
    public bool CanRenew => options.ApiKey is null;

    /// <summary>Signs a request.</summary>
    /// <param name="request">Not yet sent.</param>
    /// <param name="refused">The token that was refused; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The token it was signed with.</returns>
    /// <exception cref="Catalog.StorefrontException">The shop takes no such password.</exception>
    public async Task<string?> SignAsync(HttpRequestMessage request, string? refused, CancellationToken cancellationToken)
    {
        if (options.Channel is { } channel)
            request.Headers.Add("vendure-token", channel);
        if (options.ApiKey is { } key)
        {
            request.Headers.Add("vendure-api-key", key);
            return null;
        }

        var token = await TokenAsync(refused, cancellationToken);
        request.Headers.Authorization = new("Bearer", token);
        return token;
    }

    public void Dispose() => _turn.Dispose();

    private async Task<string> TokenAsync(string? refused, CancellationToken cancellationToken)
    {
        if (_token is { } known && known != refused)
            return known;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Another request may have asked meanwhile.
            return _token is { } there && there != refused ? there : _token = await LoginAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<string> LoginAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = VendureApi.Json(VendureDocuments.Login, new { options.User, options.Password }) };
        var answer = new VendureAnswer(await exchange.AskAsync(request, cancellationToken), "Login");
        if (answer.IsRefusal || answer.Read<VendureLogin>()?.Login is not { } login)
            throw VendureFaults.Of(answer);
        if (login.ErrorCode is not null || login.__typename != "CurrentUser")
            throw VendureFaults.WrongPassword(login.ErrorCode ?? login.__typename);
        return answer.Answer.Headers.TryGetValues(TokenHeader, out var tokens) && tokens.FirstOrDefault() is { Length: > 0 } token ? token : throw VendureFaults.NoToken();
    }
}
