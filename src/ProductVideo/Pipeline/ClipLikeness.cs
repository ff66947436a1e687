using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Clips;
using ProductVideo.Imaging;
using ProductVideo.Providers;
using ProductVideo.Rendering;

namespace ProductVideo.Pipeline;

/// <summary>Holds what a model drew against the pictures that it was given.</summary>
internal sealed class ClipLikeness(IBlobStore blobs, ILogger<ClipLikeness> log)
{
    /// <summary>Sides that differ by less are the same ratio, rounded to a codec's pixels.</summary>
    private const double RatioSlack = 0.03;

    /// <returns>What was compared, doubts among it, and the frame that shows the product best. What can't be compared is a doubt.</returns>
    /// <exception cref="BlobStoreException">The store failed.</exception>
    public async Task<Compared> CompareAsync(
        VideoRequest ordered, ClipMeasurements clip, IReadOnlyList<FrameSample> frames, CancellationToken cancellationToken)
    {
        var (pictures, why) = await ReadAsync(ordered, cancellationToken);
        if (pictures is null)
            return Not(why!);
        var sameRatio = ordered.Images.FirstOrDefault(image => image.Role is ImageRole.FirstFrame) is { } first
            && Math.Abs(((double)first.Width * clip.Height / ((double)first.Height * clip.Width)) - 1) <= RatioSlack;
        var likeness = new Likeness(pictures, [.. frames.Select(frame => frame.Picture)]);
        return new Compared(likeness.Judge(ordered.Mode, sameRatio), likeness.Clearest() is { } clearest ? frames[clearest] : null);
    }

    /// <returns>How light each picture is that was sent; nothing where one can't be read.</returns>
    /// <exception cref="BlobStoreException">The store failed.</exception>
    public async Task<IReadOnlyList<MomentLight>> LightsAsync(VideoRequest ordered, CancellationToken cancellationToken) =>
        (await ReadAsync(ordered, cancellationToken)).Pictures is { } pictures ? [.. pictures.Select(one => MomentLight.Of(one.Picture))] : [];

    /// <returns>What was sent; else why that can't be told.</returns>
    private async Task<(IReadOnlyList<(ImageRole Role, SmallPicture Picture)>? Pictures, string? Why)> ReadAsync(VideoRequest ordered, CancellationToken cancellationToken)
    {
        if (ordered.Images.Count == 0)
            return (null, "none was sent");
        var pictures = new List<(ImageRole Role, SmallPicture Picture)>();
        try
        {
            foreach (var image in ordered.Images)
            {
                if (await blobs.ReadAsync(image.BlobKey, cancellationToken) is not { } bytes)
                    return (null, "one is no longer stored");
                pictures.Add((image.Role, await PictureSample.OfAsync(bytes, cancellationToken)));
            }
        }
        catch (ImageRefusedException e)
        {
            log.LogWarning(e, "A prepared picture can't be read, so the clip made of it is not compared with it");
            return (null, "one can't be read");
        }

        return (pictures, null);
    }

    private static Compared Not(string why) => new([Likeness.NotCompared(why)], Clearest: null);
}

/// <param name="Checks">What was compared.</param>
/// <param name="Clearest">The frame that shows most of the product's colours; null where that can't be told.</param>
internal sealed record Compared(IReadOnlyList<ClipCheck> Checks, FrameSample? Clearest);
