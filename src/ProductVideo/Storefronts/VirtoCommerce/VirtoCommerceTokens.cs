using System.Text;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.VirtoCommerce;

/// <summary>The token of one shop, asked for again a minute before it ends, or when it was refused.</summary>
internal sealed class VirtoCommerceTokens(VirtoCommerceOptions options, ShopExchange exchange, TimeProvider clock)
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    /// <summary>What the platform grants where it does not say.</summary>
    private const long Half = 1800;

    private readonly SemaphoreSlim _turn = new(1);
    private Held? _held;

    /// <exception cref="Catalog.StorefrontException">The shop gives none.</exception>
    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (_held is { } good && good.Until > clock.GetUtcNow())
            return good.Token;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_held is not { } held || held.Until <= clock.GetUtcNow())
                _held = held = await AskAsync(cancellationToken);
            return held.Token;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>It was refused; one that was asked for meanwhile is kept.</summary>
    public void Forget(string token)
    {
        if (_held is { } held && held.Token == token)
            Interlocked.CompareExchange(ref _held, value: null, comparand: held);
    }

    private async Task<Held> AskAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, VirtoCommerceApi.Root(options) + "connect/token")
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes(
                $"grant_type=client_credentials&client_id={Uri.EscapeDataString(options.ClientId)}&client_secret={Uri.EscapeDataString(options.ClientSecret)}"))
            {
                Headers = { ContentType = new("application/x-www-form-urlencoded") },
            },
        };
        var answer = await exchange.AskAsync(request, cancellationToken);
        var token = answer.IsSuccess ? SnakeJson.Read<VirtoToken>(answer.Body) : null;
        return token is { AccessToken.Length: > 0 }
            ? new Held(token.AccessToken, clock.GetUtcNow() + TimeSpan.FromSeconds(token.ExpiresIn ?? Half) - Early)
            : throw VirtoCommerceFaults.NoToken(answer);
    }

    private sealed record Held(string Token, DateTimeOffset Until);
}
