namespace ProductVideo.Imaging;

/// <summary>The picture formats that are read and written.</summary>
internal static class ImageFormats
{
    public const string Jpeg = "jpeg";
    public const string Png = "png";
    public const string WebP = "webp";
    public const string Avif = "avif";

    public static IReadOnlyList<string> All { get; } = [Jpeg, Png, WebP, Avif];

    /// <summary>For example <c>image/jpeg</c>.</summary>
    /// <exception cref="ArgumentException">Not one of <see cref="All"/>.</exception>
    public static string ContentType(string format) => $"image/{Known(format)}";

    /// <summary>For example <c>jpg</c>, without a dot.</summary>
    /// <exception cref="ArgumentException">Not one of <see cref="All"/>.</exception>
    public static string Extension(string format) => Known(format) == Jpeg ? "jpg" : format;

    private static string Known(string format) =>
        All.Contains(format) ? format : throw new ArgumentException($"'{format}' is not one of {string.Join(", ", All)}.", nameof(format));
}
