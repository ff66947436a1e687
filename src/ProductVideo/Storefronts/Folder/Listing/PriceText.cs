using System.Globalization;
using ProductVideo.Spending;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>Writes amounts as readers of a language expect them.</summary>
internal static class PriceText
{
    private static readonly Dictionary<string, string> _signs = new(StringComparer.Ordinal)
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["CNY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩", ["BRL"] = "R$", ["CAD"] = "CA$", ["AUD"] = "A$",
    };

    private static readonly string[] _withoutCents = ["JPY", "KRW", "VND", "CLP", "ISK", "HUF"];

    public static string Of(Money money, string? locale)
    {
        var format = (NumberFormatInfo)CultureOf(locale).NumberFormat.Clone();
        format.CurrencySymbol = _signs.GetValueOrDefault(money.Currency, money.Currency);
        format.CurrencyDecimalDigits = _withoutCents.Contains(money.Currency) ? 0 : 2;
        if (format.CurrencySymbol.Length == 3 && format.CurrencyPositivePattern < 2)
            format.CurrencyPositivePattern += 2;
        return money.Amount.ToString("C", format);
    }

    public static CultureInfo CultureOf(string? locale)
    {
        try
        {
            return CultureInfo.GetCultureInfo(locale ?? "en");
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en");
        }
    }
}
