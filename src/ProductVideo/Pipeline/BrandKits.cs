using System.Collections.Concurrent;
using System.Security.Cryptography;
using ProductVideo.Blobs;
using ProductVideo.Imaging;
using ProductVideo.Planning;

namespace ProductVideo.Pipeline;

/// <summary>Each shop's brand kit, its logo checked and stored once.</summary>
public sealed class BrandKits(IBlobStore blobs, IEnumerable<ShopBrand> brands)
{
    private readonly ConcurrentDictionary<string, string> _logos = new(StringComparer.Ordinal);

    public async Task<BrandKit> ForAsync(string shop, VideoWishes wishes, CancellationToken cancellationToken)
    {
        var brand = brands.LastOrDefault(b => b.Shop == shop);
        var kit = brand?.Kit ?? BrandKit.Plain;
        return kit with
        {
            ShowTitle = wishes.ShowTitle ?? kit.ShowTitle,
            ShowPrice = wishes.ShowPrice ?? kit.ShowPrice,
            LogoBlobKey = brand?.LogoFile is { } file ? await LogoAsync(shop, file, cancellationToken) : kit.LogoBlobKey,
        };
    }

    private async Task<string> LogoAsync(string shop, string file, CancellationToken cancellationToken)
    {
        if (_logos.TryGetValue(file, out var known))
            return known;
        try
        {
            var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
            var format = ImageChecker.Check(bytes).Format;
            var key = $"{shop}/brand/{Convert.ToHexStringLower(SHA256.HashData(bytes))}.{format}";
            using var content = new MemoryStream(bytes, writable: false);
            await blobs.PutAsync(key, content, "image/" + format, PutMode.IfAbsent, cancellationToken);
            return _logos[file] = key;
        }
        catch (ImageRefusedException e)
        {
            throw Refusals.Invalid("logo_unreadable", $"The shop's logo can't be used: {e.MerchantText}", $"{file}: {e.Message}", "brand.logo", e);
        }
        catch (IOException e)
        {
            throw Refusals.Invalid("logo_missing", "The shop's logo can't be read. Check the brand's logo in the shop's settings.", $"{file}: {e.Message}", "brand.logo", e);
        }
    }
}

/// <summary>How one shop's clips look, as configured.</summary>
/// <param name="Shop">Its key.</param>
/// <param name="Kit">The looks.</param>
/// <param name="LogoFile">A picture file on this machine; null for none.</param>
public sealed record ShopBrand(string Shop, BrandKit Kit, string? LogoFile);
