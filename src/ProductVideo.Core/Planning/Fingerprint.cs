using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProductVideo.Catalog;
using ProductVideo.Prompts;

namespace ProductVideo.Planning;

/// <summary>Tells whether a clip was made before: the same fingerprint is never rendered, nor paid for, twice.</summary>
internal static class Fingerprint
{
    /// <summary>
    /// A hash of all that the clip depends on as seen by the merchant: product, pictures in order, the words used, template, model
    /// and parameters. What of the product does not get into the clip (stock, tags, an unused part of the description) does not change it. All of
    /// <paramref name="brand"/> does, also where a model draws the clip and shows none of it.
    /// </summary>
    /// <param name="product">The composition was made from it.</param>
    /// <param name="composition">What is to be made.</param>
    /// <param name="provider">The provider's key.</param>
    /// <param name="model">Its model.</param>
    /// <param name="seed">As asked for.</param>
    /// <param name="audio">As asked for.</param>
    /// <param name="brand">How the shop wants its clips to look.</param>
    /// <param name="revision">As <see cref="Providers.ProviderCapabilities.Revision"/> tells it.</param>
    /// <returns>64 characters of lower-case hex, the same in every process and on every machine.</returns>
    public static string Of(
        ProductSnapshot product, Composition composition, string provider, string model, int? seed, bool audio, BrandKit brand, int revision = 0)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "productvideo/1", product.Ref.Shop, product.Ref.ProductId);
        AddList(hash, [.. composition.ImageIndexes.Select(i => product.Images[i].Sha256)]);
        AddList(hash, composition.TextUsed);
        Add(hash, composition.Template, provider, model, composition.Mode.ToString(), Number(composition.Seconds), composition.Aspect);
        Add(hash, composition.Resolution, seed?.ToString(CultureInfo.InvariantCulture), audio ? "1" : "0");
        Add(hash, brand.Name, brand.Color, brand.Background, brand.LogoBlobKey);
        Add(hash, brand.ShowTitle ? "1" : "0", brand.ShowPrice ? "1" : "0", brand.EndCard ? "1" : "0", brand.AllowPeople ? "1" : "0");
        // What follows only where there is one, so that the fingerprints of clips made before there could be stay what they are.
        if (composition.SourceClip is { } source)
            Add(hash, "change", source.Sha256);
        if (revision > 0)
            Add(hash, "revision", revision.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // 5 and 5.0 are one length.
    private static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static void AddList(IncrementalHash hash, IReadOnlyList<string> items)
    {
        AddLength(hash, items.Count);
        Add(hash, [.. items]);
    }

    // Every field is led by its length, so that no two lists of fields give the same bytes; a missing one has length -1.
    private static void Add(IncrementalHash hash, params ReadOnlySpan<string?> fields)
    {
        foreach (var field in fields)
        {
            if (field is null)
            {
                AddLength(hash, -1);
                continue;
            }

            var bytes = Encoding.UTF8.GetBytes(field);
            AddLength(hash, bytes.Length);
            hash.AppendData(bytes);
        }
    }

    private static void AddLength(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
