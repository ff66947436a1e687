namespace ProductVideo.Providers.Seedance;

/// <summary>A model and what its page says of it.</summary>
/// <param name="Id">BytePlus' id; Volcengine's begins with <c>doubao-</c> instead of <c>dreamina-</c>.</param>
/// <param name="Capabilities">What it takes and gives.</param>
/// <param name="UsdPerMillionTokens">By resolution; the key "" for all others.</param>
/// <param name="TakesSeed">1.x only.</param>
/// <param name="SilentUsdPerMillionTokens">Where a clip without sound has a price of its own.</param>
internal sealed record SeedanceModel(
    string Id, ProviderCapabilities Capabilities, IReadOnlyDictionary<string, decimal> UsdPerMillionTokens, bool TakesSeed = false,
    decimal? SilentUsdPerMillionTokens = null)
{
    private const string Silent = " silent";

    /// <summary>What the price table calls it: a name of its own where sound makes the price.</summary>
    public string PriceKey(bool audio) => audio || SilentUsdPerMillionTokens is null ? Id : Id + Silent;

    /// <summary>All that the price table needs, by that name and the resolution.</summary>
    public IEnumerable<(string Key, string? Resolution, decimal Usd)> Prices =>
        UsdPerMillionTokens.Select(price => (Id, price.Key.Length == 0 ? null : price.Key, price.Value))
            .Concat(SilentUsdPerMillionTokens is { } silent ? [(Id + Silent, null, silent)] : []);

    /// <summary>As the host of these settings calls it.</summary>
    public string IdAt(Uri address) => IsVolcengine(address)
        ? "doubao-" + Id[(Id.IndexOf("seedance", StringComparison.Ordinal))..] : Id;

    public static bool IsVolcengine(Uri address) => address.Host.EndsWith("volces.com", StringComparison.OrdinalIgnoreCase);
}
