using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>A file that the pages load. Its address changes with its content, so browsers may keep it for good.</summary>
internal sealed record ListingAsset(string Name, string ContentType, byte[] Bytes)
{
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..16];

    public string Url(string root) => $"{root}/assets/{Name}?v={Hash}";
}

/// <summary>The pages' style and script, carried inside the library.</summary>
internal static class ListingAssets
{
    public static ListingAsset Style { get; } = Load("shop.css", "text/css; charset=utf-8");

    public static ListingAsset Script { get; } = Load("shop.js", "text/javascript; charset=utf-8");

    /// <summary>The shop's color, and what can be read on it.</summary>
    public static ListingAsset Brand(string? color)
    {
        var brand = color ?? "#1f2937";
        var css = $":root {{ --brand: {brand}; --on-brand: {(IsLight(brand) ? "#111" : "#fff")}; }}";
        return new("brand.css", "text/css; charset=utf-8", Encoding.UTF8.GetBytes(css));
    }

    /// <summary>Whether black is easier to read on it than white, by relative luminance (WCAG 2.2).</summary>
    internal static bool IsLight(string color)
    {
        return (0.2126 * Linear(1)) + (0.7152 * Linear(3)) + (0.0722 * Linear(5)) > 0.179;

        double Linear(int at)
        {
            var value = byte.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    private static ListingAsset Load(string name, string contentType)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("ProductVideo.Storefronts.Folder.Listing." + name)
            ?? throw new InvalidOperationException($"{name} is missing from the library.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(name, contentType, bytes);
    }
}
