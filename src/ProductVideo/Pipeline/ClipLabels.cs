using Microsoft.Extensions.Logging;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Rendering;

namespace ProductVideo.Pipeline;

/// <summary>Makes the label that lies over the pictures of a clip whose shop wants one.</summary>
internal sealed class ClipLabels(IDecideLabels shops, ILogger<ClipLabels> log)
{
    /// <returns>null where none is wanted.</returns>
    public async Task<ClipLabel?> DrawAsync(Generation generation, ClipFacts facts, CancellationToken cancellationToken)
    {
        if (await shops.OfAsync(generation.Product.Shop, generation.Order, cancellationToken) is not { } label)
            return null;
        try
        {
            var (width, height) = facts.CodedAnew;
            return new ClipLabel(label.Text, LabelCard.Draw(label, width, height));
        }
        catch (RenderException e)
        {
            log.LogError(e, "The label of generation {Generation} could not be drawn", generation.Id);
            return new ClipLabel(label.Text, Picture: null);
        }
    }
}

/// <summary>What shoppers are to read in a clip.</summary>
/// <param name="Text">The words.</param>
/// <param name="Picture">Lies over every frame; null where it could not be drawn.</param>
internal sealed record ClipLabel(string Text, LabelPicture? Picture)
{
    /// <summary>A doubt where it is not there: no clip goes to a listing by itself without the label that its shop wants.</summary>
    public ClipCheck Check => new(AiLabel.Check, Picture is not null, Picture is not null ? Text : $"“{Text}” could not be drawn");
}
