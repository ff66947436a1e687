using ProductVideo.Catalog;
using ProductVideo.Clips;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Pipeline;

/// <summary>Finds the clip that a merchant wants changed.</summary>
internal sealed class ClipsToChange(GenerationStore store)
{
    /// <param name="product">Whose clip it must be.</param>
    /// <param name="generation">That made it; null where none is to be changed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>null where none is to be changed.</returns>
    /// <exception cref="RefusedException">There is no such video of this product, or it has no clip.</exception>
    internal async Task<RequestClip?> FindAsync(ProductRef product, Guid? generation, CancellationToken cancellationToken)
    {
        if (generation is not { } id)
            return null;
        if (await store.FindAsync(id, cancellationToken) is not { } made || made.Product != product)
            throw Refused("This product has no such video to change. Choose one of its own.", $"Generation {id} is not one of {product}.");
        if (GenerationFacts.Clip(made) is not { } clip)
            throw Refused("That video has no clip that could be changed. Wait until it is made, or choose another.", $"Generation {id} is {made.State.Name} and has no clip.");
        // A model would redraw the letters of a label.
        var (key, sha, length) = clip.Unlabelled ?? new UnlabelledClip(clip.BlobKey, clip.Sha256, clip.Length);
        return new RequestClip(key, sha, length, clip.Seconds, clip.Width, clip.Height, made.Order.Request.Aspect);
    }

    private static RefusedException Refused(string merchant, string operatorText) => Refusals.Invalid("invalid_changeOf", merchant, operatorText, "changeOf");
}
