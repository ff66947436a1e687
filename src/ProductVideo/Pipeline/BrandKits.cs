using System.Collections.Concurrent;
using System.Security.Cryptography;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Imaging;
using ProductVideo.Planning;

namespace ProductVideo.Pipeline;

/// <summary>Each shop's brand kit: as configured here, else as the shop itself presents itself. Its logo is checked and stored once.</summary>
public sealed class BrandKits(Shops shops, IBlobStore blobs, IEnumerable<ShopBrand> configured)
{
    private readonly ConcurrentDictionary<string, string> _logos = new(StringComparer.Ordinal);

    /// <exception cref="RefusedException">The logo can't be used.</exception>
    public async Task<BrandKit> ForAsync(string shop, VideoWishes wishes, CancellationToken cancellationToken)
    {
        var kit = configured.LastOrDefault(brand => brand.Shop == shop)?.Kit ?? await OfShopAsync(shop, cancellationToken);
        return kit with
        {
            ShowTitle = wishes.ShowTitle ?? kit.ShowTitle,
            ShowPrice = wishes.ShowPrice ?? kit.ShowPrice,
            AllowPeople = wishes.AllowPeople ?? kit.AllowPeople,
        };
    }

    private async Task<BrandKit> OfShopAsync(string shop, CancellationToken cancellationToken)
    {
        if (shops.Get(shop) is not IHaveBrand storefront)
            return BrandKit.Plain;
        try
        {
            var brand = await storefront.ReadBrandAsync(cancellationToken);
            return BrandKit.Plain with
            {
                Name = brand.Name,
                Color = brand.Color ?? BrandKit.Plain.Color,
                LogoBlobKey = brand.Logo is ImageSource.Held logo && storefront is IHoldImages holder
                    ? await LogoAsync(shop, logo, holder, cancellationToken) : null,
            };
        }
        catch (StorefrontException e)
        {
            throw Refusals.From(e, "brand");
        }
    }

    private async Task<string> LogoAsync(string shop, ImageSource.Held logo, IHoldImages holder, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var content = await holder.OpenImageAsync(logo, cancellationToken))
            await content.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.ToArray();
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (_logos.TryGetValue(sha, out var known))
            return known;
        try
        {
            var format = ImageChecker.Check(bytes).Format;
            var key = $"{shop}/brand/{sha}.{format}";
            await blobs.PutAsync(key, new MemoryStream(bytes, writable: false), "image/" + format, PutMode.IfAbsent, cancellationToken);
            return _logos[sha] = key;
        }
        catch (ImageRefusedException e)
        {
            throw Refusals.Invalid("logo_unreadable", $"The shop's logo can't be used: {e.MerchantText}", $"{logo.Key}: {e.Message}", "brand.logo", e);
        }
        catch (BlobStoreException e)
        {
            throw Refusals.From(e);
        }
    }
}

/// <summary>How one shop's clips look, where the installation says so instead of the shop.</summary>
/// <param name="Shop">Its key.</param>
/// <param name="Kit">The looks.</param>
public sealed record ShopBrand(string Shop, BrandKit Kit);
