using ProductVideo.Blobs;
using ProductVideo.Generations;

namespace ProductVideo.Rendering;

/// <summary>What kept a clip from being made, and so what becomes of its order.</summary>
/// <param name="Problem">As it is told where the order ends with it.</param>
/// <param name="Waiting">As it is told while the order waits for it to pass; null where the order itself is at fault.</param>
/// <param name="Counts">Whether the render may have caused it, so that it must not be begun for ever.</param>
internal sealed record RenderTrouble(Problem Problem, Problem? Waiting = null, bool Counts = false)
{
    private const string InvalidPlan = "invalid_plan";
    private const string UnreadableImage = "image_unreadable";

    /// <summary>Whether an order ended because it asks for what can't be filmed.</summary>
    public static bool IsOfOrder(Problem problem) => problem.Code is InvalidPlan or UnreadableImage;

    /// <param name="e">What the render threw.</param>
    /// <param name="folder">Where it put its files.</param>
    public static RenderTrouble Of(Exception e, string folder) => e switch
    {
        RenderException render => Of(render),
        // A time-out that nobody here set is a store's that does not answer.
        BlobStoreException or OperationCanceledException =>
            Passing(Problem.StorageUnavailable, "The storage for pictures and clips is away or full, or has lost a picture", e.Message),
        _ when DiskFull.Is(e) => Passing(Problem.DiskFull, "The server's disk is full", $"{folder}: {e.Message}"),
        IOException or UnauthorizedAccessException => Passing(Problem.WorkFolderUnavailable, "The server can't write its work folder", $"{folder}: {e.Message}"),
        _ => new RenderTrouble(new Problem(
            "render_failed", "The renderer failed. Try again; if it fails again, show the operator's text to whoever runs the server.", $"{e.GetType().Name}: {e.Message}")),
    };

    /// <summary>What an order comes to that ended its renderer again and again.</summary>
    public static RenderTrouble GaveUp(string operatorText) => new(new Problem(
        "render_gave_up", "Rendering this video stopped the renderer several times, so we gave it up. Try another template or other pictures.", operatorText));

    private static RenderTrouble Of(RenderException e) => e.Code switch
    {
        RenderFault.FfmpegMissing => Passing(Problem.FfmpegMissing, "A program that makes videos is missing on the server", e.Message),
        RenderFault.FontMissing => Passing(Problem.FontMissing, "A font that belongs to the product is missing on the server", e.Message),
        RenderFault.DiskFull => Passing(Problem.DiskFull, "The server's disk is full", e.Message),
        RenderFault.EncoderFailed => Passing(Problem.EncoderFailed, "The program that makes videos failed on the server", e.Message),
        RenderFault.TimedOut => Passing(Problem.RenderTimedOut, "Making the video took too long", e.Message) with { Counts = true },
        RenderFault.Stopped => GaveUp($"The last of several times: {e.Message}") with { Waiting = new Problem("render_stopped", e.MerchantText, e.Message), Counts = true },
        RenderFault.InvalidPlan => new RenderTrouble(new Problem(InvalidPlan, e.MerchantText, e.Message)),
        RenderFault.UnreadableImage => new RenderTrouble(new Problem(UnreadableImage, e.MerchantText, e.Message)),
        RenderFault.UnreadableClip => new RenderTrouble(new Problem("render_failed", e.MerchantText, e.Message)),
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.Code, message: null),
    };

    private static RenderTrouble Passing(string code, string what, string operatorText) => new(
        new Problem(code, $"{what}, so the video was not made. Once whoever runs the server has mended that, try again.", operatorText),
        new Problem(code, $"{what}, so the video is not made yet. It is tried again by itself.", operatorText));
}
