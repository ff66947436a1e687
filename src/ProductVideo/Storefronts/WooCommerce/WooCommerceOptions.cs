namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>One WooCommerce shop.</summary>
public sealed class WooCommerceOptions
{
    /// <summary>Its children are the shops, each under its key.</summary>
    public const string Section = "ProductVideo:WooCommerce";

    /// <summary>The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>. Set by <c>AddWooCommerceStorefront</c>.</summary>
    public string Shop { get; set; } = "";

    /// <summary>The address of the WordPress that holds the shop, for example <c>https://shop.example</c>; with the folder where it has one.</summary>
    public Uri? Url { get; set; }

    /// <summary>The WordPress user whose application password it is; may edit products and upload files.</summary>
    public string User { get; set; } = "";

    /// <summary>Made in WordPress under Users → Profile → Application Passwords. A consumer key does not do: it can't upload files.</summary>
    public string ApplicationPassword { get; set; } = "";

    /// <summary>The secret of the shop's webhooks; null where it has none.</summary>
    public string? WebhookSecret { get; set; }

    /// <summary>The name that merchants see.</summary>
    /// <value>Null: the host name of <see cref="Url"/>.</value>
    public string? DisplayName { get; set; }

    /// <summary>ISO 4217 code of the shop's prices; they come without one.</summary>
    /// <value>Null: prices are not read.</value>
    public string? Currency { get; set; }

    /// <summary>BCP 47 of the listings' language, for example <c>de</c>.</summary>
    /// <value>Null: it is not known.</value>
    public string? Locale { get; set; }

    /// <summary>Lets the password and the pictures travel unencrypted, in a network of your own.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The most bytes of a clip that the shop's web server takes.</summary>
    /// <value>Null: no limit is known.</value>
    public long? MaxClipBytes { get; set; }
}
