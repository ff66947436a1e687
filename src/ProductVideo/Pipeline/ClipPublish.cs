using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Clips;
using ProductVideo.Exchange;
using ProductVideo.Generations;

namespace ProductVideo.Pipeline;

/// <summary>Puts an approved clip on its listing, and takes one off.</summary>
internal sealed class ClipPublish(Shops shops, IBlobStore blobs)
{
    public async Task<Answer> RunAsync(Generation generation, Clip clip, string attachKey, CancellationToken cancellationToken)
    {
        try
        {
            var storefront = shops.Get(generation.Product.Shop);
            // A web server that cuts an upload off says less clearly why.
            if (clip.Length > storefront.Capabilities.MaxClipBytes)
            {
                throw new StorefrontException(
                    StorefrontFault.ClipRefused, ShopWords.AboveOurLimit, FormattableString.Invariant($"MaxClipBytes of {storefront.Shop} is {storefront.Capabilities.MaxClipBytes}, the clip has {clip.Length} bytes."));
            }

            return new Answer.Attached(await storefront.AttachAsync(generation.Product.ProductId, ToAttach(generation, clip, attachKey), cancellationToken));
        }
        catch (StorefrontException e)
        {
            return new Answer.NotAttached(Refusals.ProblemOf(e), e.Fault, e.RetryAfter);
        }
        catch (RefusedException e)
        {
            // The shop was taken out of the configuration; it may come back.
            return new Answer.NotAttached(e.Problem, StorefrontFault.Unavailable, RetryAfter: null);
        }
        catch (BlobStoreException e)
        {
            return new Answer.NotAttached(new Problem(Problem.StorageUnavailable, e.MerchantText, e.Message), StorefrontFault.Unavailable, RetryAfter: null);
        }
    }

    public async Task<Answer> UndoAsync(Generation generation, string attachKey, CancellationToken cancellationToken)
    {
        try
        {
            await shops.Get(generation.Product.Shop).DetachAsync(generation.Product.ProductId, attachKey, cancellationToken);
            return new Answer.Detached();
        }
        catch (StorefrontException e) when (e.Fault is StorefrontFault.ProductNotFound)
        {
            // Where there is no listing, nothing is on it.
            return new Answer.Detached();
        }
        catch (StorefrontException e)
        {
            return new Answer.NotDetached(Refusals.ProblemOf(e), e.RetryAfter);
        }
        catch (RefusedException e)
        {
            return new Answer.NotDetached(e.Problem, RetryAfter: null);
        }
    }

    private ClipToAttach ToAttach(Generation generation, Clip clip, string attachKey) => new(
        attachKey, clip.Length, clip.Sha256,
        TimeSpan.FromSeconds((double)clip.Seconds), clip.Width, clip.Height, clip.AltText,
        token => OpenAsync(clip.BlobKey, token), token => OpenAsync(clip.PosterKey, token))
    {
        MadeWithAi = generation.Order.MadeWithAi,
    };

    private async Task<Stream> OpenAsync(string key, CancellationToken cancellationToken) =>
        await blobs.OpenAsync(key, cancellationToken) ?? throw new BlobStoreException(
            "The finished video is missing from storage. Restore the storage from its backup, or generate the video again.", $"Blob {key} is missing.");
}
