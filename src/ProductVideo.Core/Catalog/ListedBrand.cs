namespace ProductVideo.Catalog;

/// <summary>How a shop presents itself, where it says so; the end card of clips is made from it.</summary>
/// <param name="Name">The shop's name.</param>
/// <param name="Color"><c>#rrggbb</c>; null if the shop gives none.</param>
/// <param name="Logo">Best with transparency; null for none.</param>
public sealed record ListedBrand(string Name, string? Color, ImageSource? Logo);

/// <summary>A storefront that knows its shop's name, colour and logo.</summary>
public interface IHaveBrand
{
    /// <exception cref="StorefrontException">The shop's data is wrong or can't be reached.</exception>
    Task<ListedBrand> ReadBrandAsync(CancellationToken cancellationToken);
}
