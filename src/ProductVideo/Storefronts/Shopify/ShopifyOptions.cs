using System.Globalization;
using System.Text.RegularExpressions;
using ProductVideo.Catalog;
using ProductVideo.Http;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>One Shopify shop. <see cref="ShopOptions.Url"/> is <c>https://NAME.myshopify.com</c>, whatever domain shoppers see.</summary>
public sealed partial class ShopifyOptions : ShopOptions
{
    /// <summary>Its children are the shops, each under its key.</summary>
    public const string Section = "ProductVideo:Shopify";

    /// <summary>Of the app in Shopify's Dev Dashboard.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>Of the app; it also signs the shop's webhooks and what the button in the admin sends.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The client secret before the present one: for an hour after a rotation Shopify may still sign with it.</summary>
    public string? EarlierClientSecret { get; set; }

    /// <summary>The first refresh token of an app that is installed in shops of many merchants; each use gives the next.</summary>
    /// <value>Null: a custom app of the merchant's own organisation, which gets its tokens with the client secret alone.</value>
    public string? RefreshToken { get; set; }

    /// <summary>Lets members of staff who press the button in Shopify's admin see this shop's videos and order some.</summary>
    public bool AdminMayOrder { get; set; }

    /// <summary>Where a clip goes in the product's media.</summary>
    public ClipPlace Place { get; set; }

    /// <summary>Videos that Shopify lets apps add to a shop in seven days.</summary>
    /// <value>1,000.</value>
    public int WeeklyVideos { get; set; } = 1000;

    /// <summary>A stand-in for the shop on this machine, for tests.</summary>
    public Uri? Address { get; set; }

    /// <summary>As Shopify names the shop in tokens and webhooks.</summary>
    internal string Domain => Url!.Host;

    internal Uri Root => Address ?? Url!;

    internal IReadOnlyList<string> Secrets => EarlierClientSecret is { } earlier ? [ClientSecret, earlier] : [ClientSecret];

    internal override PictureRules Pictures => Address is null ? new() : new() { AllowHttp = true, LoopbackAllowed = [DownloadRules.Place(Address)] };

    internal override IEnumerable<SettingMistake> Mistakes()
    {
        if (Url is { IsAbsoluteUri: true } url && (url is not { Scheme: "https", AbsolutePath: "/", IsDefaultPort: true } || !ShopHost().IsMatch(url.Host)))
            yield return new(nameof(Url), $"Url is '{url}'; write the shop's own address at Shopify, for example https://tonwerk.myshopify.com.");
        if (string.IsNullOrWhiteSpace(ClientId))
            yield return new(nameof(ClientId), "ClientId is missing; it stands in Shopify's Dev Dashboard under the app's settings.");
        if (string.IsNullOrWhiteSpace(ClientSecret))
            yield return new(nameof(ClientSecret), "ClientSecret is missing; it stands in Shopify's Dev Dashboard under the app's settings.");
        if (EarlierClientSecret is { } earlier && string.IsNullOrWhiteSpace(earlier))
            yield return new(nameof(EarlierClientSecret), "EarlierClientSecret is blank; leave it out or write the secret that was rotated.");
        if (RefreshToken is { } refresh && string.IsNullOrWhiteSpace(refresh))
            yield return new(nameof(RefreshToken), "RefreshToken is blank; leave it out for a custom app, or write the one that the app was given for this shop.");
        if (WeeklyVideos < 1)
            yield return new(nameof(WeeklyVideos), string.Create(CultureInfo.InvariantCulture, $"WeeklyVideos is {WeeklyVideos}; it must be 1 at least."));
        if (Address is { } address && !(address is { IsAbsoluteUri: true, Scheme: "http" or "https" } && address.IsLoopback))
            yield return new(nameof(Address), $"Address is '{address}'; it is for tests and takes only an address of this machine.");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,99}\.myshopify\.com\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ShopHost();
}

/// <summary>A place among a product's media.</summary>
public enum ClipPlace
{
    /// <summary>Behind all others.</summary>
    Last,

    /// <summary>Behind the first picture, which stays the listing's main one.</summary>
    AfterFirst,
}
