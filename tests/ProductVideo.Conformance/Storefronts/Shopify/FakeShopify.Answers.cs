using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <content>What it is asked.</content>
public sealed partial class FakeShopify
{
    private object? Answer(string field, IReadOnlyDictionary<string, object?> arguments)
    {
        lock (_lock)
        {
            return field switch
            {
                "product" => _products.GetValueOrDefault(Number(arguments["id"])) is { } product ? View(product) : null,
                "products" => Connection("Product", ProductsOf(arguments), product => product.Id, View, arguments),
                "files" => Connection("File", FilesOf(arguments), video => video.Id, video => video.View(Address), arguments),
                "node" => Look(Number(arguments["id"])),
                "currentAppInstallation" => new FakeNode("AppInstallation")
                {
                    ["id"] = "gid://shopify/AppInstallation/1", ["accessScopes"] = Scopes.Select(scope => new FakeNode("AccessScope") { ["handle"] = scope }).ToList(),
                },
                _ => Change(field, arguments),
            };
        }
    }

    private IEnumerable<FakeProduct> ProductsOf(IReadOnlyDictionary<string, object?> arguments)
    {
        var terms = FakeSearch.Terms((string?)arguments.GetValueOrDefault("query"));
        return _products.Values.Where(product => terms.All(term => term.Name == "updated_at"
            ? product.UpdatedAt >= DateTimeOffset.Parse(term.Value, CultureInfo.InvariantCulture) : product.Holds(term.Value)));
    }

    private IEnumerable<FakeVideo> FilesOf(IReadOnlyDictionary<string, object?> arguments)
    {
        var terms = FakeSearch.Terms((string?)arguments.GetValueOrDefault("query"));
        var known = _videos.Values.AsEnumerable();
        if (terms.Any(term => term.Name == "filename") && SearchesBehind > 0)
            (known, SearchesBehind) = (known.SkipLast(1), SearchesBehind - 1);
        var found = known.Where(video => terms.All(term => term.Name switch
        {
            "filename" => video.FileName == term.Value,
            "media_type" => term.Value == "VIDEO",
            "id" => video.Id == long.Parse(term.Value, CultureInfo.InvariantCulture),
            "used_in" when !KnowsUsedIn => true,
            "used_in" => term.Value == "product" ? IsOnProduct(video) : !video.IsUsedElsewhere && !IsOnProduct(video),
            "created_at" => video.CreatedAt >= DateTimeOffset.Parse(term.Value, CultureInfo.InvariantCulture),
            _ => throw new ArgumentException($"Files are not found by '{term.Name}'.", nameof(arguments)),
        }));
        return arguments.GetValueOrDefault("reverse") is true ? found.OrderByDescending(video => video.CreatedAt) : found;
    }

    private bool IsOnProduct(FakeVideo video) => _products.Values.Any(product => product.Media.Contains(video.Id));

    private FakeNode? Look(long id)
    {
        if (!_videos.TryGetValue(id, out var video))
            return null;
        video.LooksLeft = Math.Max(0, video.LooksLeft - 1);
        return video.View(Address);
    }

    private FakeNode View(FakeProduct product) => new("Product")
    {
        ["id"] = product.Gid, ["title"] = product.Title, ["handle"] = product.Handle, ["descriptionHtml"] = product.DescriptionHtml, ["vendor"] = product.Vendor, ["productType"] = product.ProductType,
        ["category"] = product.Category is null ? null : new FakeNode("TaxonomyCategory") { ["fullName"] = product.Category },
        ["tags"] = product.Tags.ToList(), ["status"] = product.Status,
        ["tracksInventory"] = product.Inventory is not null, ["totalInventory"] = product.Inventory ?? 0,
        ["collections"] = (Func<IReadOnlyDictionary<string, object?>, object?>)(arguments => Connection("Collection", product.Collections.Index(), one => 600 + one.Index, View, arguments)),
        ["onlineStoreUrl"] = product.Status == "ACTIVE" ? $"https://{Domain}/products/{product.Id}" : null,
        ["priceRangeV2"] = new FakeNode("ProductPriceRangeV2") { ["minVariantPrice"] = new FakeNode("MoneyV2") { ["amount"] = product.Price, ["currencyCode"] = "EUR" } },
        ["options"] = product.Options.Select(option => new FakeNode("ProductOption") { ["name"] = option.Key, ["values"] = option.Value.ToList() }).ToList(),
        ["media"] = (Func<IReadOnlyDictionary<string, object?>, object?>)(arguments => Connection("Media", MediaOf(product, arguments), media => media, View, arguments)),
        ["variants"] = (Func<IReadOnlyDictionary<string, object?>, object?>)(arguments => Connection("ProductVariant", product.Variants, variant => variant.Id, View, arguments)),
    };

    private static IEnumerable<long> MediaOf(FakeProduct product, IReadOnlyDictionary<string, object?> arguments) => (string?)arguments.GetValueOrDefault("query") switch
    {
        null => product.Media,
        "media_type:IMAGE" => product.Media.Where(media => !product.VideoIds.Contains(media)),
        var other => throw new ArgumentException($"Media are not found by '{other}'.", nameof(arguments)),
    };

    private FakeNode View(long media) => _videos.TryGetValue(media, out var video) ? video.View(Address) : _pictures[media].View(Address);

    private static FakeNode View((int Index, string Title) collection) => new("Collection") { ["id"] = $"gid://shopify/Collection/{600 + collection.Index}", ["title"] = collection.Title };

    private FakeNode View(FakeVariant variant) => new("ProductVariant")
    {
        ["id"] = $"gid://shopify/ProductVariant/{variant.Id}", ["sku"] = variant.Sku, ["price"] = variant.Price,
        ["selectedOptions"] = variant.Selected.Select(option => new FakeNode("SelectedOption") { ["name"] = option.Key, ["value"] = option.Value }).ToList(),
        ["media"] = (Func<IReadOnlyDictionary<string, object?>, object?>)(arguments =>
            Connection("Media", variant.Picture is { } picture ? [picture] : Array.Empty<long>(), media => media, View, arguments)),
    };

    /// <summary>A page by a cursor that names the last of the page before, as Shopify's do.</summary>
    private static FakeNode Connection<T>(string of, IEnumerable<T> all, Func<T, long> id, Func<T, FakeNode> view, IReadOnlyDictionary<string, object?> arguments)
    {
        var (first, after) = ((int?)arguments.GetValueOrDefault("first"), (string?)arguments.GetValueOrDefault("after"));
        if (first is not (>= 1 and <= 250))
            throw new ArgumentException("first must be from 1 to 250.", nameof(arguments));
        var rest = all.ToList();
        if (after is not null)
        {
            var last = long.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(after)), CultureInfo.InvariantCulture);
            rest = of == "Product" ? [.. rest.Where(one => id(one) > last)] : [.. rest.SkipWhile(one => id(one) != last).Skip(1)];
        }

        var page = rest.Take(first.Value).ToList();
        return new(of + "Connection")
        {
            ["nodes"] = page.ConvertAll(one => view(one)),
            ["pageInfo"] = new FakeNode("PageInfo")
            {
                ["hasNextPage"] = page.Count < rest.Count,
                ["endCursor"] = page.Count == 0 ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(id(page[^1]).ToString(CultureInfo.InvariantCulture))),
            },
        };
    }

    private static long Number(object? gid) => long.Parse(((string)gid!).Split('/')[^1], CultureInfo.InvariantCulture);
}
