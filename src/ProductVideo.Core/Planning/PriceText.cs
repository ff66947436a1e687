using System.Globalization;
using ProductVideo.Spending;

namespace ProductVideo.Planning;

/// <summary>Prices as shoppers of a language read them.</summary>
internal static class PriceText
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["CNY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩",
    };

    /// <summary>Where a sign that other currencies have too is sure to be read as this one's.</summary>
    private static readonly Dictionary<string, string[]> Homes = new(StringComparer.Ordinal)
    {
        ["USD"] = ["US", "PR", "GU", "VI", "AS", "MP", "UM", "EC", "SV", "PW", "FM", "MH", "TL", "TC", "VG", "BQ", "IO"], ["JPY"] = ["JP"], ["CNY"] = ["CN"],
    };

    /// <summary>
    /// For example <c>24,90 €</c> for <c>de</c> and <c>$24.90</c> for <c>en</c>; a currency without a known sign, or whose sign is another's in the
    /// locale's region, stands as its code: <c>USD 24.90</c> for <c>es-MX</c>.
    /// </summary>
    public static string Format(Money price, string? locale)
    {
        var format = (NumberFormatInfo)Culture(locale).NumberFormat.Clone();
        var sign = IsClear(price.Currency, locale) ? Symbols.GetValueOrDefault(price.Currency) : null;
        format.CurrencySymbol = sign ?? price.Currency;
        format.CurrencyDecimalDigits = Currencies.Decimals(price.Currency);
        // Digits are Latin here in every language, and these marks part Arabic ones.
        if (format.CurrencyDecimalSeparator == "٫")
            (format.CurrencyDecimalSeparator, format.CurrencyGroupSeparator) = (".", ",");
        if (sign is null && format.CurrencyPositivePattern < 2)
            format.CurrencyPositivePattern += 2;
        return Prompts.PlainText.OneLine(price.Amount.ToString("C", format), 60);
    }

    private static bool IsClear(string currency, string? locale)
    {
        if (!Homes.TryGetValue(currency, out var homes))
            return true;
        var parts = (locale ?? "").Split('-', '_');
        var region = parts.Skip(1).TakeWhile(part => part.Length > 1)
            .FirstOrDefault(part => part.Length == 2 || (part.Length == 3 && part.All(char.IsAsciiDigit)));
        return region is not null ? homes.Contains(region, StringComparer.OrdinalIgnoreCase) : parts[0].ToLowerInvariant() switch
        {
            "zh" => currency != "JPY",
            _ => currency != "CNY",
        };
    }

    private static CultureInfo Culture(string? locale)
    {
        try
        {
            return string.IsNullOrEmpty(locale) ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(locale, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            // A shop may name a language that this machine does not know; its price is still right in neutral form.
            return CultureInfo.InvariantCulture;
        }
    }
}
