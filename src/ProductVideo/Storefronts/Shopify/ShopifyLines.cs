using System.Runtime.CompilerServices;
using ProductVideo.Catalog;
using ProductVideo.Exchange;

namespace ProductVideo.Storefronts.Shopify;

/// <summary>
/// The result of a bulk operation: a line for each product, and one for each of its pictures, collections and variants that names its product. They may
/// stand apart, so the file is read once for where each line is and then product by product: of a large shop only places are held.
/// </summary>
/// <param name="file">Read and sought; not closed.</param>
internal sealed class ShopifyLines(Stream file)
{
    private const int LongestLine = 4_000_000;

    private readonly List<Place> _products = [];
    private readonly Dictionary<string, List<Place>> _children = new(StringComparer.Ordinal);

    /// <exception cref="StorefrontException">It is not what Shopify writes.</exception>
    public async IAsyncEnumerable<ShopifyProduct> ProductsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await FindAsync(cancellationToken);
        foreach (var place in _products)
        {
            var product = Read<ShopifyProduct>(await LineAsync(place, cancellationToken));
            var (media, collections, variants) = (new List<ShopifyMedia>(), new List<ShopifyCollection>(), new List<ShopifyVariant>());
            foreach (var child in _children.GetValueOrDefault(product.Id) ?? [])
            {
                var line = await LineAsync(child, cancellationToken);
                switch (Read<Line>(line).Typename)
                {
                    case "ProductVariant":
                        variants.Add(Read<ShopifyVariant>(line));
                        break;
                    case "Collection":
                        collections.Add(Read<ShopifyCollection>(line));
                        break;
                    default:
                        media.Add(Read<ShopifyMedia>(line));
                        break;
                }
            }

            yield return product with { Media = new(media), Collections = new(collections), Variants = new(variants) };
        }
    }

    private async Task FindAsync(CancellationToken cancellationToken)
    {
        file.Position = 0;
        var (buffer, held, start) = (new byte[1 << 16], 0, 0L);
        for (int read; (read = await file.ReadAsync(buffer.AsMemory(held), cancellationToken)) > 0;)
        {
            held += read;
            var begin = 0;
            for (int length; (length = buffer.AsSpan(begin, held - begin).IndexOf((byte)'\n')) >= 0; begin += length + 1)
                Note(buffer.AsSpan(begin, length), new Place(start + begin, length));
            buffer.AsSpan(begin, held - begin).CopyTo(buffer);
            (held, start) = (held - begin, start + begin);
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length < LongestLine ? buffer.Length * 2 : throw Unreadable());
        }

        Note(buffer.AsSpan(0, held), new Place(start, held));
    }

    private void Note(ReadOnlySpan<byte> line, Place place)
    {
        if (line.Trim(" \r\t"u8).IsEmpty)
            return;
        if (Read<Line>(line).ParentId is not { } parent)
            _products.Add(place);
        else if (_children.TryGetValue(parent, out var places))
            places.Add(place);
        else
            _children[parent] = [place];
    }

    private async Task<byte[]> LineAsync(Place place, CancellationToken cancellationToken)
    {
        var line = new byte[place.Length];
        file.Position = place.Start;
        await file.ReadExactlyAsync(line, cancellationToken);
        return line;
    }

    private static T Read<T>(ReadOnlySpan<byte> line) where T : class => CamelJson.Read<T>(line) ?? throw Unreadable();

    private static StorefrontException Unreadable() => new(StorefrontFault.Unavailable, ShopWords.NotItsData, "A line of the bulk operation's result can't be read.");

    private readonly record struct Place(long Start, int Length);

    private sealed record Line(
        [property: System.Text.Json.Serialization.JsonPropertyName("__typename")] string? Typename,
        [property: System.Text.Json.Serialization.JsonPropertyName("__parentId")] string? ParentId);
}
