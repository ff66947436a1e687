namespace ProductVideo.Storefronts.NopCommerce;

/// <summary>One nopCommerce shop.</summary>
public sealed class NopCommerceOptions : ShopOptions
{
    /// <summary>Its children are the shops, each under its key.</summary>
    public const string Section = "ProductVideo:NopCommerce";

    private const string SecretStart = "whsec_";
    private const int SecretBytes = 32;

    /// <summary>Made by the plugin in the shop and shown in its settings. Signs what goes both ways, and is never sent.</summary>
    public string Secret { get; set; } = "";

    internal override IEnumerable<SettingMistake> Mistakes()
    {
        if (string.IsNullOrWhiteSpace(Secret))
            yield return new(nameof(Secret), "Secret is missing; copy it from the settings of the ProductVideo plugin in nopCommerce.");
        else if (KeyOf(Secret) is null)
            yield return new(nameof(Secret), "Secret is not one that the plugin makes, which begin with whsec_; copy it whole from the plugin's settings in nopCommerce.");
    }

    /// <returns>null for what is no secret of the plugin.</returns>
    internal static byte[]? KeyOf(string secret)
    {
        if (!secret.StartsWith(SecretStart, StringComparison.Ordinal))
            return null;
        var key = new byte[SecretBytes];
        return Convert.TryFromBase64String(secret[SecretStart.Length..], key, out var length) && length == SecretBytes ? key : null;
    }
}
