using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Clips;
using ProductVideo.Imaging;
using ProductVideo.Providers;
using ProductVideo.Rendering;

namespace ProductVideo.Pipeline;

/// <summary>Holds what a model drew against the pictures that it was given.</summary>
public sealed class ClipLikeness(IBlobStore blobs, ILogger<ClipLikeness> log)
{
    /// <summary>Sides that differ by less are the same ratio, rounded to a codec's pixels.</summary>
    private const double RatioSlack = 0.03;

    /// <returns>What was compared, doubts among it. What can't be compared is one.</returns>
    /// <exception cref="BlobStoreException">The store failed.</exception>
    public async Task<IReadOnlyList<ClipCheck>> CompareAsync(
        VideoRequest ordered, ClipMeasurements clip, IReadOnlyList<FrameSample> frames, CancellationToken cancellationToken)
    {
        if (ordered.Images.Count == 0)
            return [Likeness.NotCompared("none was sent")];
        var pictures = new List<(ImageRole Role, SmallPicture Picture)>();
        try
        {
            foreach (var image in ordered.Images)
            {
                if (await blobs.ReadAsync(image.BlobKey, cancellationToken) is not { } bytes)
                    return [Likeness.NotCompared("one is no longer stored")];
                pictures.Add((image.Role, await PictureSample.OfAsync(bytes, cancellationToken)));
            }
        }
        catch (ImageRefusedException e)
        {
            log.LogWarning(e, "A prepared picture can't be read, so the clip made of it is not compared with it");
            return [Likeness.NotCompared("one can't be read")];
        }

        var sameRatio = ordered.Images.FirstOrDefault(image => image.Role is ImageRole.FirstFrame) is { } first
            && Math.Abs(((double)first.Width * clip.Height / ((double)first.Height * clip.Width)) - 1) <= RatioSlack;
        return Likeness.Judge(ordered.Mode, pictures, [.. frames.Select(frame => frame.Picture)], sameRatio);
    }
}
