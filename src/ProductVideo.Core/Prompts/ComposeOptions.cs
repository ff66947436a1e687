using ProductVideo.Generations;
using ProductVideo.Planning;
using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>What the merchant wants and what the model can do. What is null is chosen.</summary>
public sealed record ComposeOptions
{
    /// <summary>Most characters of <see cref="ExtraWish"/>.</summary>
    public const int MaxWishLength = 500;

    /// <summary>What the merchant wishes, for a model and in the shop's looks: an order, its price beforehand and its comparison later read it alike.</summary>
    public static ComposeOptions Of(VideoWishes wishes, string provider, string model, ProviderCapabilities capabilities, BrandKit brand) => new()
    {
        ProviderKey = provider,
        Model = model,
        Capabilities = capabilities,
        TemplateKey = wishes.Template,
        Aspect = wishes.Aspect,
        Seconds = wishes.Seconds,
        Resolution = wishes.Resolution,
        Audio = wishes.Audio,
        Seed = wishes.Seed,
        Brand = brand,
        ExtraWish = wishes.Wish,
        ImageIds = wishes.ImageIds,
        LastImageId = wishes.LastImageId,
    };

    public required string ProviderKey { get; init; }

    public required string Model { get; init; }

    /// <summary>Of that model.</summary>
    public required ProviderCapabilities Capabilities { get; init; }

    /// <summary>Null for the one that suits the product best.</summary>
    public string? TemplateKey { get; init; }

    /// <summary>For example <c>9:16</c>; null for the template's favourite that the model makes.</summary>
    public string? Aspect { get; init; }

    /// <summary>Wanted length, above 0 and at most 600; null for the template's.</summary>
    public decimal? Seconds { get; init; }

    /// <summary>Whether sound is wanted; for a local film a silent track.</summary>
    public bool Audio { get; init; }

    public int? Seed { get; init; }

    public BrandKit Brand { get; init; } = BrandKit.Plain;

    /// <summary>One of the model's; null for its best.</summary>
    public string? Resolution { get; init; }

    /// <summary>The merchant's own sentence; at most <see cref="MaxWishLength"/> characters.</summary>
    public string? ExtraWish { get; init; }

    /// <summary>The pictures to use, by <see cref="Catalog.ProductImage.Id"/> and in this order; null or empty for the gallery's.</summary>
    public IReadOnlyList<string>? ImageIds { get; init; }

    /// <summary>The picture on which the clip ends; null for none. The first picture makes it a loop.</summary>
    public string? LastImageId { get; init; }

    /// <summary>The clip to change as <see cref="ExtraWish"/> says; null for a new one. It gives length and ratio.</summary>
    public RequestClip? SourceClip { get; init; }
}
