using System.Globalization;
using System.Text.RegularExpressions;
using ProductVideo.Http;

namespace ProductVideo.Storefronts.Folder.Products;

/// <summary>What single values of a product may be. A check answers null for a sound value, else a sentence with the way out.</summary>
internal static partial class Field
{
    /// <summary>The only formats that leave the folder: neither its data files nor anything a browser would run.</summary>
    private static readonly string[] _pictures = [".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"];

    public static bool IsHandle(string handle) => HandleShape().IsMatch(handle);

    public static bool IsAddress(string src) =>
        src.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || src.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public static string? HandleMistake(string handle) => IsHandle(handle)
        ? null
        : $"“{Shorten(handle)}” can't be a handle; use 1 to 120 characters of a-z, 0-9, '-' and '_', for example stoneware-mug.";

    public static string? ImageMistake(string src)
    {
        if (IsAddress(src))
        {
            return WebAddress.TryRead(src, out var address) && address.Host.Length > 0 && address.UserInfo.Length == 0
                ? null
                : $"“{Shorten(src)}” isn't a complete web address; copy it from the browser's address bar.";
        }

        return HeldKeyMistake(src);
    }

    /// <summary>Whether a relative path is harmless by its text alone; links are looked at when it is opened.</summary>
    public static string? HeldKeyMistake(string key)
    {
        if (key.Length is 0 or > 400 || key.Any(char.IsControl))
            return "The path of the picture is empty, too long or holds control characters; write it like images/mug.jpg.";
        if (key.Contains('\\') || key.Contains(':') || key[0] == '/' || key.Split('/').Any(part => part is "" or "." or ".."))
            return $"“{Shorten(key)}” leads out of the shop's folder; write a path inside it with forward slashes, like images/mug.jpg.";
        return _pictures.Contains(Path.GetExtension(key).ToLowerInvariant())
            ? null
            : $"“{Shorten(key)}” isn't a picture that can be shown; use JPEG, PNG, WebP, AVIF or GIF.";
    }

    public static string? LocaleMistake(string locale) => LocaleShape().IsMatch(locale)
        ? null
        : $"“{Shorten(locale)}” isn't a language; write it like en, de-AT or ar.";

    public static string? CurrencyMistake(string currency) => CurrencyShape().IsMatch(currency)
        ? null
        : $"“{Shorten(currency)}” isn't a currency; write its three letters, like EUR.";

    /// <summary>Reads 19, 19.90 and 19,90. A lone comma before three digits could mean either, so it is refused.</summary>
    public static bool TryPrice(string text, out decimal price)
    {
        price = 0m;
        return PriceShape().IsMatch(text)
            && decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out price);
    }

    public static string PriceMistake(string text) => $"“{Shorten(text)}” isn't a price; write it like 19.90, without a currency.";

    public static string CountMistake(string text) => $"“{Shorten(text)}” isn't a number of pieces; write it like 12.";

    public static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 60), "…");

    [GeneratedRegex(@"\A[a-z0-9_-]{1,120}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HandleShape();

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LocaleShape();

    [GeneratedRegex(@"\A[A-Z]{3}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CurrencyShape();

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,4}|,[0-9]{1,2})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PriceShape();
}
