using ProductVideo.Providers;

namespace ProductVideo.Imaging;

/// <summary>Where a picture goes on its canvas, in pixels. Pure arithmetic.</summary>
/// <param name="CanvasWidth">Width of the result.</param>
/// <param name="CanvasHeight">Height of the result.</param>
/// <param name="PictureWidth">Width of the picture on it.</param>
/// <param name="PictureHeight">Height of the picture on it.</param>
internal sealed record FitGeometry(int CanvasWidth, int CanvasHeight, int PictureWidth, int PictureHeight)
{
    public bool Pads => PictureWidth < CanvasWidth || PictureHeight < CanvasHeight;

    public int Left => (CanvasWidth - PictureWidth) / 2;

    public int Top => (CanvasHeight - PictureHeight) / 2;

    /// <summary>Nothing is cropped: the canvas is the smallest of the wanted ratio that holds the whole picture.</summary>
    /// <param name="width">The picture's width.</param>
    /// <param name="height">The picture's height.</param>
    /// <param name="options">Ratio and rule.</param>
    /// <param name="shrink">1, or less for a smaller result than asked for; the rule's shortest side still holds.</param>
    public static FitGeometry Of(int width, int height, FitOptions options, double shrink = 1)
    {
        if (options.Exact is { } exact)
            return Within(width, height, exact);
        var own = (double)width / height;
        var widest = (double)options.Rule.MaxRatio;
        var ratio = (double?)options.Ratio ?? Math.Clamp(own, 1 / widest, widest);
        var canvasWidth = Math.Max(width, height * ratio);
        var canvasHeight = canvasWidth / ratio;
        var scale = Scale(Math.Min(canvasWidth, canvasHeight), Math.Max(canvasWidth, canvasHeight), options, shrink);
        var (finalWidth, finalHeight) = Rounded(canvasWidth * scale, ratio, options.Rule.MaxSide);
        return new FitGeometry(
            finalWidth, finalHeight, Within(width * scale, finalWidth), Within(height * scale, finalHeight));
    }

    /// <summary>Enlarged too where it is small: the canvas has no other size.</summary>
    private static FitGeometry Within(int width, int height, FrameSize canvas)
    {
        var scale = Math.Min((double)canvas.Width / width, (double)canvas.Height / height);
        return new FitGeometry(canvas.Width, canvas.Height, Within(width * scale, canvas.Width), Within(height * scale, canvas.Height));
    }

    private static double Scale(double shortSide, double longSide, FitOptions options, double shrink)
    {
        var wanted = Math.Min(options.LongSide, options.Rule.MaxSide) / longSide;
        var scale = Math.Max(Math.Min(1, wanted) * shrink, options.Rule.MinSide / shortSide);
        return Math.Min(scale, options.Rule.MaxSide / longSide);
    }

    /// <summary>The short side is rounded up, so that rounding never makes a canvas narrower than the rule allows.</summary>
    private static (int Width, int Height) Rounded(double width, double ratio, int maxSide)
    {
        var longSide = Math.Clamp((int)Math.Round(ratio >= 1 ? width : width / ratio), 1, maxSide);
        var shortSide = Math.Max(1, (int)Math.Ceiling((ratio >= 1 ? longSide / ratio : longSide * ratio) - 1e-6));
        return ratio >= 1 ? (longSide, shortSide) : (shortSide, longSide);
    }

    /// <summary>A gap that comes from rounding alone is closed: a hairline of another colour would be seen, half a per cent of stretch is not.</summary>
    private static int Within(double length, int canvas)
    {
        var rounded = Math.Clamp((int)Math.Round(length), 1, canvas);
        return (canvas - rounded) * 200 <= canvas ? canvas : rounded;
    }
}
