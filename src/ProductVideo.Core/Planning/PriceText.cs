using System.Globalization;
using ProductVideo.Spending;

namespace ProductVideo.Planning;

/// <summary>Prices as shoppers of a language read them.</summary>
public static class PriceText
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["CNY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩",
    };

    private static readonly string[] WithoutCents = ["JPY", "KRW", "CLP", "VND", "ISK", "HUF"];
    private static readonly string[] WithThousandths = ["KWD", "BHD", "OMR", "JOD", "TND"];

    /// <summary>For example <c>24,90 €</c> for <c>de</c> and <c>$24.90</c> for <c>en</c>; a currency without a known sign stands as its code.</summary>
    public static string Format(Money price, string? locale)
    {
        var format = (NumberFormatInfo)Culture(locale).NumberFormat.Clone();
        var sign = Symbols.GetValueOrDefault(price.Currency);
        format.CurrencySymbol = sign ?? price.Currency;
        format.CurrencyDecimalDigits = WithoutCents.Contains(price.Currency, StringComparer.Ordinal) ? 0
            : WithThousandths.Contains(price.Currency, StringComparer.Ordinal) ? 3 : 2;
        if (sign is null && format.CurrencyPositivePattern < 2)
            format.CurrencyPositivePattern += 2;
        return Prompts.PlainText.OneLine(price.Amount.ToString("C", format), 60);
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
