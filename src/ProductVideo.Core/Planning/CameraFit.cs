using ProductVideo.Catalog;

namespace ProductVideo.Planning;

/// <summary>Turns a recipe's move over a picture into a move over the frame into which that picture is fitted.</summary>
internal static class CameraFit
{
    // On a frame 1080 pixels wide, this lets one pixel of the picture grow to two of the clip.
    private const double PixelsPerZoom = 540;

    /// <summary>Even the smallest picture may move a little.</summary>
    private const double LeastLimit = 1.25;

    private const double MostZoom = 4;

    public static CameraMove Fit(RecipeMove move, ProductImage picture, AspectRatio frame)
    {
        var limit = Math.Clamp(Math.Min(picture.Width, picture.Height) / PixelsPerZoom, LeastLimit, MostZoom);
        var width = (double)Math.Max(1, picture.Width);
        var ratio = width / Math.Max(1, picture.Height) / frame.Value;
        return new CameraMove(Fit(move.From, limit, ratio), Fit(move.To, limit, ratio));
    }

    // A picture narrower than the frame fills only the middle of its width, so a point at the picture's edge lies nearer to the frame's middle.
    private static CameraWindow Fit(CameraWindow window, double limit, double ratio) => new(
        Round(Math.Clamp(window.Zoom, 1, limit)),
        Round(0.5 + ((window.CenterX - 0.5) * Math.Min(1, ratio))),
        Round(0.5 + ((window.CenterY - 0.5) * Math.Min(1, 1 / ratio))));

    private static double Round(double value) => Math.Round(value, 4);
}
