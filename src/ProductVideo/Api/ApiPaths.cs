using System.Globalization;

namespace ProductVideo.Api;

/// <summary>Addresses that the API and the admin share.</summary>
internal static class ApiPaths
{
    public const string Root = "/api/v1";

    public static string Video(Guid generation) => string.Create(CultureInfo.InvariantCulture, $"{Root}/clips/{generation}/video.mp4");

    public static string Poster(Guid generation) => string.Create(CultureInfo.InvariantCulture, $"{Root}/clips/{generation}/poster.jpg");

    /// <param name="generation">Whose order.</param>
    /// <param name="number">Of the pictures that were sent, from 1.</param>
    public static string Picture(Guid generation, int number) => string.Create(CultureInfo.InvariantCulture, $"{Root}/clips/{generation}/pictures/{number}");

    public static string Backfill(Backfills.Backfill backfill) => $"{Root}/shops/{Uri.EscapeDataString(backfill.Shop)}/backfills/{backfill.Id}";

    /// <summary>A product's picture, made small; for the admin's pages.</summary>
    public static string Thumbnail(string shop, string product, string image, string version) =>
        $"{Root}/products/{Uri.EscapeDataString(shop)}/{Uri.EscapeDataString(product)}/images/{Uri.EscapeDataString(image)}?v={Uri.EscapeDataString(version)}";
}
