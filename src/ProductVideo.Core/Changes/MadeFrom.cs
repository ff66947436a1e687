using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Providers;

namespace ProductVideo.Changes;

/// <summary>What of the listing and the shop's looks got into a clip. What the clip does not use (stock, tags, a price that is not shown) is not in it.</summary>
public sealed record MadeFrom
{
    /// <summary><see cref="ProductSnapshot.Version"/> as it was read; no part of <see cref="Hash"/>.</summary>
    public required string Version { get; init; }

    /// <summary>In the clip's order.</summary>
    public required IReadOnlyList<UsedPicture> Pictures { get; init; }

    /// <summary>SHA-256 of the words that prompt or film were made from, before a model's limits cut them; lower-case hex.</summary>
    public required string Text { get; init; }

    /// <summary>Key and version of the prompt template.</summary>
    public required string Template { get; init; }

    /// <summary>SHA-256 of what of the brand kit is to be seen in such a clip, lower-case hex.</summary>
    public required string Brand { get; init; }

    /// <summary>Of a composition.</summary>
    /// <param name="product">The composition was made from it.</param>
    /// <param name="composition">What is, or would be, made.</param>
    /// <param name="brand">With the shop's looks.</param>
    public static MadeFrom Of(ProductSnapshot product, Composition composition, BrandKit brand) => new()
    {
        Version = product.Version,
        Pictures = [.. composition.ImageIndexes.Select(i => new UsedPicture(product.Images[i].Id, product.Images[i].Sha256))],
        Text = HashOf(composition.TextGiven),
        Template = composition.Template,
        Brand = BrandOf(composition.Mode, brand),
    };

    /// <summary>
    /// The same for the same pictures and words, 64 characters of lower-case hex: what was dealt with for a change of the product. Template and looks
    /// are no part of it, else an edited template would order anew whatever had been dealt with.
    /// </summary>
    public string Hash() => HashOf([.. Pictures.Select(picture => picture.Sha256), Text]);

    /// <summary>Only a film of the photographs shows name, colour and logo; what a model draws has at most the ground behind the picture from them.</summary>
    public static string BrandOf(VideoModes mode, BrandKit brand) => HashOf(mode is not VideoModes.Slideshow
        ? [brand.Background, Bit(brand.AllowPeople)]
        :
        [
            brand.Name, brand.Color, brand.Background, brand.LogoBlobKey, Bit(brand.ShowTitle), Bit(brand.ShowPrice), Bit(brand.EndCard), Bit(brand.AllowPeople),
        ]);

    private static string Bit(bool value) => value ? "1" : "0";

    // Every item is led by its length, so that no two lists give the same bytes; a missing one has length -1.
    private static string HashOf(IReadOnlyList<string?> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var item in items)
        {
            var bytes = item is null ? [] : Encoding.UTF8.GetBytes(item);
            BinaryPrimitives.WriteInt32BigEndian(length, item is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <param name="Id">The listing's id of the picture.</param>
/// <param name="Sha256">Lower-case hex of its bytes.</param>
public sealed record UsedPicture(string Id, string Sha256);
