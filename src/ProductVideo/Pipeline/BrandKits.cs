using System.Collections.Concurrent;
using System.Security.Cryptography;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Imaging;
using ProductVideo.Planning;

namespace ProductVideo.Pipeline;

/// <summary>Each shop's brand kit: as configured here, else as the shop itself presents itself. Its logo is checked and stored once.</summary>
internal sealed class BrandKits(Shops shops, IBlobStore blobs, IEnumerable<ShopBrand> configured)
{
    private readonly ConcurrentDictionary<(string Shop, string Sha), string> _logos = new();

    /// <exception cref="RefusedException">The shop or the storage can't be reached.</exception>
    public async Task<BrandKit> ForAsync(string shop, VideoWishes wishes, CancellationToken cancellationToken) =>
        (await FindAsync(shop, wishes, cancellationToken)).Kit;

    /// <summary>The same, with what the merchant should know of it.</summary>
    /// <exception cref="RefusedException">The shop or the storage can't be reached.</exception>
    internal async Task<FoundBrand> FindAsync(string shop, VideoWishes wishes, CancellationToken cancellationToken)
    {
        var found = configured.LastOrDefault(brand => brand.Shop == shop) is { } own ? new FoundBrand(own.Kit) : await OfShopAsync(shop, cancellationToken);
        return found with
        {
            Kit = found.Kit with
            {
                ShowTitle = wishes.ShowTitle ?? found.Kit.ShowTitle,
                ShowPrice = wishes.ShowPrice ?? found.Kit.ShowPrice,
                AllowPeople = wishes.AllowPeople ?? found.Kit.AllowPeople,
            },
        };
    }

    private async Task<FoundBrand> OfShopAsync(string shop, CancellationToken cancellationToken)
    {
        if (shops.Get(shop) is not IHaveBrand storefront)
            return new FoundBrand(BrandKit.Plain);
        try
        {
            var brand = await storefront.ReadBrandAsync(cancellationToken);
            var kit = BrandKit.Plain with { Name = brand.Name, Color = brand.Color ?? BrandKit.Plain.Color };
            return brand.Logo is ImageSource.Held logo && storefront is IHoldImages holder
                ? await WithLogoAsync(kit, shop, logo, holder, cancellationToken) : new FoundBrand(kit);
        }
        catch (StorefrontException e)
        {
            throw Refusals.From(e, "brand");
        }
        catch (BlobStoreException e)
        {
            throw Refusals.From(e);
        }
    }

    /// <summary>A logo that is of no use is left out: one bad file must not stop every video of a shop.</summary>
    private async Task<FoundBrand> WithLogoAsync(BrandKit kit, string shop, ImageSource.Held logo, IHoldImages holder, CancellationToken cancellationToken)
    {
        try
        {
            return new FoundBrand(kit with { LogoBlobKey = await LogoAsync(shop, logo, holder, cancellationToken) });
        }
        catch (ImageRefusedException e)
        {
            return Without(e.MerchantText);
        }
        catch (StorefrontException e) when (e.Fault is StorefrontFault.InvalidData)
        {
            return Without(e.MerchantText);
        }

        FoundBrand Without(string why) => new(kit, $"The film shows no logo, because the shop's can't be used: {why}");
    }

    private async Task<string> LogoAsync(string shop, ImageSource.Held logo, IHoldImages holder, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await using (var content = await holder.OpenImageAsync(logo, cancellationToken))
            await content.CopyToAsync(buffer, cancellationToken);
        var bytes = buffer.ToArray();
        var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (_logos.TryGetValue((shop, sha), out var known))
            return known;
        var format = ImageChecker.Check(bytes).Format;
        var key = $"{shop}/brand/{sha}.{format}";
        await blobs.PutAsync(key, new MemoryStream(bytes, writable: false), "image/" + format, PutMode.IfAbsent, cancellationToken);
        return _logos[(shop, sha)] = key;
    }
}

/// <param name="Kit">The looks.</param>
/// <param name="Note">What of them a film lacks, in the merchant's words; null if nothing.</param>
internal sealed record FoundBrand(BrandKit Kit, string? Note = null);

/// <summary>How one shop's clips look, where the installation says so instead of the shop.</summary>
/// <param name="Shop">Its key.</param>
/// <param name="Kit">The looks.</param>
internal sealed record ShopBrand(string Shop, BrandKit Kit);
