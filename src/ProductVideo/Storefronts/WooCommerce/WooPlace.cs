using System.Globalization;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>How far a walk has come.</summary>
/// <param name="After">The last id that was given.</param>
/// <param name="Offset">Where it stood then.</param>
internal readonly record struct WooPlace(long After, int Offset)
{
    /// <returns>null for what <see cref="ToString"/> did not write.</returns>
    public static WooPlace? Read(string cursor) =>
        cursor.Split('-') is [var after, var offset]
        && long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? new WooPlace(id, place) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{After}-{Offset}");
}
