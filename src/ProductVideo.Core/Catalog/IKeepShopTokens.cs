namespace ProductVideo.Catalog;

/// <summary>
/// Keeps what an app lives on where each token may be used up once: a lost refresh token means that the merchant must connect the shop again.
/// What is read back must be what was written last, by whichever process.
/// </summary>
public interface IKeepShopTokens
{
    /// <returns>What was written last for the shop; null if nothing was.</returns>
    Task<ShopToken?> ReadAsync(string shop, CancellationToken cancellationToken);

    /// <summary>Keeps it durably before it returns: only then is it used.</summary>
    Task WriteAsync(string shop, ShopToken token, CancellationToken cancellationToken);
}

/// <param name="Access">Sent with every request.</param>
/// <param name="AccessUntil">When it ends.</param>
/// <param name="Refresh">Gets the next pair.</param>
/// <param name="From">Host and port of the shop that gave it, for it goes to no other; null of one from before that was kept.</param>
public sealed record ShopToken(string Access, DateTimeOffset AccessUntil, string Refresh, string? From = null)
{
    /// <summary>Tokens are not for logs.</summary>
    public override string ToString() => $"{nameof(ShopToken)} until {AccessUntil:u}";
}
