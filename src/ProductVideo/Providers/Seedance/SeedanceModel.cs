namespace ProductVideo.Providers.Seedance;

/// <summary>A model and what its page says of it.</summary>
/// <param name="Id">BytePlus' id; Volcengine's begins with <c>doubao-</c> instead of <c>dreamina-</c>.</param>
/// <param name="Capabilities">What it takes and gives.</param>
/// <param name="UsdPerMillionTokens">By resolution; the key "" for all others.</param>
/// <param name="TakesSeed">1.x only.</param>
internal sealed record SeedanceModel(
    string Id, ProviderCapabilities Capabilities, IReadOnlyDictionary<string, decimal> UsdPerMillionTokens, bool TakesSeed = false)
{
    /// <summary>As the host of these settings calls it.</summary>
    public string IdAt(Uri address) => IsVolcengine(address)
        ? "doubao-" + Id[(Id.IndexOf("seedance", StringComparison.Ordinal))..] : Id;

    public static bool IsVolcengine(Uri address) => address.Host.EndsWith("volces.com", StringComparison.OrdinalIgnoreCase);
}
