using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>
/// What the shop lets us in with. A custom app asks for a new token with its secret; an app with a refresh token has each good for one use, so
/// the next one is kept before it is used, and one at a time asks.
/// </summary>
internal sealed class ShopifyTokens(ShopifyOptions options, ShopExchange exchange, IKeepShopTokens kept, TimeProvider clock)
{
    /// <summary>Asked for so long before the old one ends.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private ShopToken? _current;

    /// <param name="refused">The token that the shop does not take any more; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="StorefrontException">The shop gives none, or can't be reached.</exception>
    public async Task<string> AccessAsync(string? refused, CancellationToken cancellationToken)
    {
        if (IsGood(_current, refused))
            return _current!.Access;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (!IsGood(_current, refused))
                _current = options.RefreshToken is null ? await GrantAsync(cancellationToken) : await RefreshAsync(refused, cancellationToken);
            return _current!.Access;
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool IsGood(ShopToken? token, string? refused) => token is not null && token.Access != refused && token.AccessUntil - Early > clock.GetUtcNow();

    private async Task<ShopToken> GrantAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync([new("grant_type", "client_credentials")], cancellationToken);
        return Read(answer) ?? throw ShopifyFaults.NoToken(answer);
    }

    private async Task<ShopToken> RefreshAsync(string? refused, CancellationToken cancellationToken)
    {
        var held = await KeptAsync(cancellationToken);
        if (IsGood(held, refused))
            return held!;
        // One that was written into the settings later than the last one kept is from connecting the shop again.
        ShopAnswer? answer = null;
        foreach (var refresh in new[] { held?.Refresh, options.RefreshToken }.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            answer = await AskAsync([new("grant_type", "refresh_token"), new("refresh_token", refresh)], cancellationToken);
            if (Read(answer) is { Refresh.Length: > 0 } next)
            {
                await kept.WriteAsync(options.Shop, next, cancellationToken);
                return next;
            }

            // Another process may have used it up just now, and kept what it got.
            if (await KeptAsync(cancellationToken) is { } others && others != held && IsGood(others, refused))
                return others;
            // A busy or broken shop says nothing against the token; asking with the next one would tell of that one's end instead.
            if (answer.Status is not (400 or 401))
                break;
        }

        throw ShopifyFaults.NoToken(answer!);
    }

    /// <summary>Not those of another store, which stood at this key before.</summary>
    private async Task<ShopToken?> KeptAsync(CancellationToken cancellationToken) =>
        await kept.ReadAsync(options.Shop, cancellationToken) is { } token && (token.From is null || token.From == options.Root.Authority) ? token : null;

    private async Task<ShopAnswer> AskAsync(IEnumerable<KeyValuePair<string, string>> grant, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent([new("client_id", options.ClientId), new("client_secret", options.ClientSecret), .. grant]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Root, "/admin/oauth/access_token")) { Content = content };
        request.Headers.Accept.Add(new("application/json"));
        return await exchange.AskAsync(request, cancellationToken);
    }

    private ShopToken? Read(ShopAnswer answer) =>
        answer.IsSuccess && SnakeJson.Read<ShopifyGrant>(answer.Body) is { AccessToken: { Length: > 0 } access } grant
            ? new ShopToken(access, clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(grant.ExpiresIn ?? 3600, 0, 86_400)), grant.RefreshToken ?? "", options.Root.Authority) : null;
}
