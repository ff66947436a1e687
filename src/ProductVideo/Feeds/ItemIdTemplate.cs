using System.Text.RegularExpressions;

namespace ProductVideo.Feeds;

/// <summary>How the ids of a channel's items are made of the shop's ids, so that our feed fits the one that the channel has already.</summary>
internal sealed partial record ItemIdTemplate
{
    /// <summary>As Shopify's own feed for Google and Meta names its items.</summary>
    public const string Shopify = "shopify_{country}_{product}_{variant}";

    private readonly string _text;

    private ItemIdTemplate(string text) => _text = text;

    /// <summary>One item for each variant, and not one for the product.</summary>
    public bool NamesVariants => Names("{variant}") || Names("{sku}");

    public bool NamesCountry => Names("{country}");

    /// <param name="text">With <c>{product}</c>, <c>{variant}</c>, <c>{sku}</c> and <c>{country}</c>; or <c>shopify</c>.</param>
    /// <returns>null where it holds another name, or none that tells products apart.</returns>
    public static ItemIdTemplate? Parse(string text)
    {
        var template = new ItemIdTemplate(text == "shopify" ? Shopify : text);
        var rest = Known().Replace(template._text, "");
        return !rest.Contains('{', StringComparison.Ordinal) && !rest.Contains('}', StringComparison.Ordinal) && (template.Names("{product}") || template.NamesVariants) ? template : null;
    }

    /// <param name="product">The shop's id of the product.</param>
    /// <param name="variant">Its id of the variant; that of the product where it has no variants.</param>
    /// <param name="sku">Of the variant or the product.</param>
    /// <param name="country">As set for the shop.</param>
    /// <returns>null where a part is not known.</returns>
    public string? Fill(string product, string variant, string? sku, string? country)
    {
        if ((Names("{sku}") && string.IsNullOrWhiteSpace(sku)) || (NamesCountry && string.IsNullOrWhiteSpace(country)))
            return null;
        return Known().Replace(_text, match => match.Value switch
        {
            "{product}" => Short(product),
            "{variant}" => Short(variant),
            "{sku}" => sku!,
            _ => country!,
        });
    }

    private bool Names(string part) => _text.Contains(part, StringComparison.Ordinal);

    /// <summary>Shopify's ids are addresses, and its feeds hold the number at their end.</summary>
    private static string Short(string id) => id.StartsWith("gid://", StringComparison.Ordinal) ? id[(id.LastIndexOf('/') + 1)..] : id;

    [GeneratedRegex(@"\{(?:product|variant|sku|country)\}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Known();
}
