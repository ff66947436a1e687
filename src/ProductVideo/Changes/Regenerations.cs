using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Changes;

/// <summary>Makes a product's video anew because a person or a program asks, and only if something that matters changed.</summary>
internal sealed class Regenerations(
    VideoGenerations generations, Creating creating, Comparing comparing, WatchedProducts products, Shops shops, IdempotencyKeys idempotency)
{
    /// <summary>What has changed, and what a new video would be ordered as. Spends and writes nothing but the pictures' cache.</summary>
    /// <exception cref="RefusedException">There is no such product, or it can't be told now.</exception>
    public Task<Regeneration> LookAsync(ProductRef product, CancellationToken cancellationToken) => LookAsync(product, first: null, cancellationToken);

    private async Task<Regeneration> LookAsync(ProductRef product, VideoWishes? first, CancellationToken cancellationToken)
    {
        var listed = await ReadAsync(product, cancellationToken);
        var videos = await comparing.VideosAsync(product, cancellationToken);
        if (Comparing.ClipOf(videos) is not { } clip)
        {
            return first is null
                ? new Regeneration([], "This product has no video yet, so there is nothing to make anew. Order one first.")
                : new Regeneration([], "This product had no video yet, so its first one is made.") { Wishes = first };
        }

        var found = await comparing.CompareAsync(listed, clip, await products.RowAsync(product, cancellationToken), cancellationToken);
        if (found.Reasons.Count == 0)
            return new Regeneration([], "Nothing that the video shows or says has changed since it was made.");
        if (videos.FirstOrDefault(video => video.State.IsActive) is { } active)
            return new Regeneration(found.Reasons, $"{ChangeWords.Of(found.Reasons)} A video of it is under way already; a new one can be ordered when that has ended.") { Video = active };
        return new Regeneration(found.Reasons, ChangeWords.Of(found.Reasons))
        {
            Wishes = Recipe.IsEdit(clip.Order) ? throw ByHand(clip) : Recipe.Of(found.Order, [.. listed.Images.Select(image => image.Id)]),
        };
    }

    /// <summary>Orders a new video if something that matters changed and none is under way.</summary>
    /// <param name="product">Which.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="key">The caller's idempotency key: the same key gives the same new video for ever, or none where none was to be made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such product, it can't be told now, or the order is refused.</exception>
    public Task<Regeneration> OrderAsync(ProductRef product, Requester requester, IdempotencyKey? key, CancellationToken cancellationToken) =>
        OrderAsync(product, first: null, requester, key, cancellationToken);

    /// <summary>As the other one; a product without a video gets its first one too.</summary>
    /// <param name="product">Which.</param>
    /// <param name="first">What the first one is ordered with; null where none is ordered then. A new one follows the recipe of the old.</param>
    /// <param name="requester">Who asks.</param>
    /// <param name="key">The caller's idempotency key: the same key gives the same new video for ever, or none where none was to be made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RefusedException">There is no such product, it can't be told now, or the order is refused.</exception>
    public async Task<Regeneration> OrderAsync(ProductRef product, VideoWishes? first, Requester requester, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        var requestHash = first is null ? $"regeneration of {product}" : $"video of {product} {IdempotencyKeys.HashOf(first)}";
        if (key is not null && await idempotency.FindAsync(key, requestHash, cancellationToken) is { } made)
            return await BeforeAsync(made, cancellationToken);
        var found = await LookAsync(product, first, cancellationToken);
        // Asked again once the other one has ended, or once something has changed, the key would order one that was never asked for.
        if (key is not null && (found.Video is not null || found.Wishes is null))
        {
            var meant = found.Video?.Id ?? IdempotencyKeys.Nothing;
            var led = await creating.RememberAsync(key, requestHash, meant, cancellationToken);
            return led == meant ? found
                : found.Video is null || led == IdempotencyKeys.Nothing ? await BeforeAsync(led, cancellationToken)
                : found with { Video = await generations.GetAsync(led, cancellationToken) };
        }

        if (found.Wishes is not { } wishes)
            return found;
        try
        {
            var created = await generations.CreateAsync(product, wishes, requester, key, requestHash, cancellationToken);
            return found with { Video = created.Generation, IsNew = created.IsNew };
        }
        catch (RefusedException e) when (e.Problem.Code == IdempotencyKeys.NothingMade)
        {
            return NothingBefore;
        }
    }

    private async Task<Regeneration> BeforeAsync(Guid made, CancellationToken cancellationToken) => made == IdempotencyKeys.Nothing ? NothingBefore
        : new Regeneration([], "Ordered with this Idempotency-Key before.") { Video = await generations.GetAsync(made, cancellationToken) };

    private static Regeneration NothingBefore { get; } = new([], IdempotencyKeys.MadeNothing().Problem.MerchantText);

    private async Task<ListedProduct> ReadAsync(ProductRef product, CancellationToken cancellationToken)
    {
        var shop = shops.Get(product.Shop);
        return await shop.ReadAsync(product.ProductId, cancellationToken) ?? throw new RefusedException(
            RefusalKind.NotFound,
            new Problem("unknown_product", $"{shop.DisplayName} lists no such product. It may have been removed or renamed.", $"{product} does not exist."), "product");
    }

    private static RefusedException ByHand(Generation clip) => new(
        RefusalKind.Conflict,
        new Problem(
            "made_by_change", "This video is a change of an earlier one, so it can't be made anew by itself. Order a new video of the product.",
            $"Generation {clip.Id} is a change of {clip.Order.Wishes.ChangeOf}."));
}

/// <param name="Reasons">What has changed; empty if nothing that matters.</param>
/// <param name="Text">The same for the merchant.</param>
internal sealed record Regeneration(IReadOnlyList<ChangeReason> Reasons, string Text)
{
    /// <summary>What a new one is ordered with; null where none is to be ordered.</summary>
    public VideoWishes? Wishes { get; init; }

    /// <summary>The new video, or the one that is under way; null if there is neither.</summary>
    public Generation? Video { get; init; }

    /// <summary>Whether this call ordered it.</summary>
    public bool IsNew { get; init; }
}
