using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Spending;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>Says every mistake in the settings of a shop at once, when the host starts.</summary>
internal sealed partial class WooCommerceOptionsValidation : IValidateOptions<WooCommerceOptions>
{
    public ValidateOptionsResult Validate(string? name, WooCommerceOptions options)
    {
        string[] mistakes = [.. Mistakes(options).Select(mistake => $"{WooCommerceOptions.Section}:{name}:{mistake}")];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(WooCommerceOptions options)
    {
        if (!Key().IsMatch(options.Shop))
            yield return "the key of the shop must be 1 to 40 characters of a-z, 0-9 and '-'.";
        if (options.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" } url)
            yield return "Url is missing or no plain http address; write where the shop is, for example https://shop.example.";
        else if (!ProviderAddress.KeepsKeySecret(url) && !options.AllowHttp)
            yield return $"Url is '{url}', to which the password would travel unencrypted; use https, or set AllowHttp to true in a network of your own.";
        if (string.IsNullOrWhiteSpace(options.User) || options.User.Contains(':', StringComparison.Ordinal))
            yield return "User is missing or has a colon; write the name of the WordPress user whose application password it is.";
        if (string.IsNullOrWhiteSpace(options.ApplicationPassword))
            yield return "ApplicationPassword is missing; make one in WordPress under Users, Profile, Application Passwords.";
        else if (options.ApplicationPassword.StartsWith("ck_", StringComparison.Ordinal) || options.ApplicationPassword.StartsWith("cs_", StringComparison.Ordinal))
            yield return "ApplicationPassword is a consumer key of WooCommerce, which can't upload files; make an application password in WordPress under Users, Profile.";
        if (options.WebhookSecret is { } secret && string.IsNullOrWhiteSpace(secret))
            yield return "WebhookSecret is blank; leave it out or write the secret of the shop's webhooks.";
        if (options.DisplayName is { } display && string.IsNullOrWhiteSpace(display))
            yield return "DisplayName is blank; leave it out or write a name.";
        if (options.Currency is { } currency && !Currencies.IsKnown(currency))
            yield return $"Currency is '{currency}'; it must be one of ISO 4217, for example EUR.";
        if (options.Locale is { } locale && !IsLocale(locale))
            yield return $"Locale is '{locale}'; it must be a language such as de or en-GB.";
        if (options.MaxClipBytes is < 1_000_000)
            yield return string.Create(CultureInfo.InvariantCulture, $"MaxClipBytes is {options.MaxClipBytes}; no clip is smaller than a megabyte for sure.");
    }

    private static bool IsLocale(string locale)
    {
        try
        {
            return locale.Length > 0 && CultureInfo.GetCultureInfo(locale, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
