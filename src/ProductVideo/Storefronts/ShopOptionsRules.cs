using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Storefronts;

/// <summary>What must hold for the settings of a shop of any kind.</summary>
internal static partial class ShopOptionsRules
{
    public const string KeyRule = "must be 1 to 40 characters of a-z, 0-9 and '-'.";

    public static bool IsKey(string shop) => Key().IsMatch(shop);

    /// <summary>All of them at once.</summary>
    public static IEnumerable<SettingMistake> Mistakes(ShopOptions options)
    {
        if (!IsKey(options.Shop))
            yield return new(nameof(options.Shop), $"Shop, the key of the shop, {KeyRule}");
        if (options.Url is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" } url)
            yield return new(nameof(options.Url), "Url is missing or no plain http address; write where the shop is, for example https://shop.example.");
        else if (!WebAddress.HasUsableHost(url))
            yield return new(nameof(options.Url), $"Url is '{url}', whose name no name server can take; write where the shop is, for example https://shop.example.");
        else if (!ProviderAddress.KeepsKeySecret(url) && !options.AllowHttp)
            yield return new(nameof(options.Url), $"Url is '{url}', to which the password would travel unencrypted; use https, or set AllowHttp to true in a network of your own.")
            {
                ForConnection = $"Url is '{url}', to which the password would travel unencrypted; use https.",
            };
        if (options.DisplayName is { } display && string.IsNullOrWhiteSpace(display))
            yield return new(nameof(options.DisplayName), "DisplayName is blank; leave it out or write a name.");
        if (options.Locale is { } locale && !IsLocale(locale))
            yield return new(nameof(options.Locale), $"Locale is '{locale}'; it must be a language such as de or en-GB.");
        if (options.MaxClipBytes is < 1_000_000)
        {
            yield return new(
                nameof(options.MaxClipBytes), string.Create(CultureInfo.InvariantCulture, $"MaxClipBytes is {options.MaxClipBytes}; no clip is smaller than a megabyte for sure."));
        }

        foreach (var mistake in options.Mistakes())
            yield return mistake;
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

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Key();
}

/// <summary>Says every mistake in the settings of a shop at once, when the host starts.</summary>
/// <param name="section">Whose children the shops of this kind are.</param>
internal sealed class ShopOptionsValidation<TOptions>(string section) : IValidateOptions<TOptions> where TOptions : ShopOptions
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] mistakes = [.. ShopOptionsRules.Mistakes(options).Select(mistake => $"{section}:{name}:{mistake.Text}")];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}

/// <param name="Setting">The name of the setting that is wrong.</param>
/// <param name="Text">What is wrong and the way out, beginning with that name.</param>
internal sealed record SettingMistake(string Setting, string Text)
{
    /// <summary>In the place of <see cref="Text"/>, where a connection has not every setting that it names.</summary>
    public string? ForConnection { get; init; }
}
