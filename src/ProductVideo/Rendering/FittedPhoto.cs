namespace ProductVideo.Rendering;

/// <summary>
/// A photo fitted whole into the frame, at the fineness one shot needs, cut to what its camera sees. Where the ratios differ, its
/// backdrop goes on softly, so that there are no bars to see; a photo without one lies on the shop's background.
/// </summary>
internal sealed class FittedPhoto : IDisposable
{
    /// <summary>Finer than the frame, so that the camera's resampling stays crisp between pixels.</summary>
    private const double Fineness = 1.15;

    /// <summary>More source than this for one output pixel would shimmer under a four-tap filter.</summary>
    private const double CoarsestStep = 1.6;

    private readonly int _canvasWidth;
    private readonly int _canvasHeight;
    private readonly int _left;
    private readonly int _top;

    private FittedPhoto(Picture picture, int canvasWidth, int canvasHeight, int left, int top)
    {
        Picture = picture;
        _canvasWidth = canvasWidth;
        _canvasHeight = canvasHeight;
        _left = left;
        _top = top;
    }

    public Picture Picture { get; }

    public static FittedPhoto Open(string file, Rgb background, int width, int height, CameraPath camera)
    {
        var (sourceWidth, sourceHeight) = PhotoFile.Measure(file);
        var fit = Math.Min((double)width / sourceWidth, (double)height / sourceHeight);
        var wanted = Math.Min(Math.Max(Fineness, camera.ClosestZoom), Math.Max(Fineness, CoarsestStep * camera.WidestZoom));
        // Finer than the photo itself would only be more of the same.
        var scale = Math.Min(wanted, Math.Max(1, 1 / fit));
        var canvasWidth = (int)Math.Round(width * scale);
        var canvasHeight = (int)Math.Round(height * scale);
        var photoWidth = Snap(sourceWidth * fit * scale, canvasWidth);
        var photoHeight = Snap(sourceHeight * fit * scale, canvasHeight);

        var pixels = PhotoFile.Read(file, photoWidth, photoHeight, background);
        var canvas = Surround.Extend(pixels, background, canvasWidth, canvasHeight);
        var (left, top, right, bottom) = camera.Hull;
        var crop = (
            Left: Even(left * canvasWidth - 4),
            Top: Even(top * canvasHeight - 4),
            Right: Math.Min(canvasWidth, (int)Math.Ceiling(right * canvasWidth) + 4),
            Bottom: Math.Min(canvasHeight, (int)Math.Ceiling(bottom * canvasHeight) + 4));
        var picture = new Picture(crop.Right - crop.Left, crop.Bottom - crop.Top);
        Bt709.Convert(canvas, canvasWidth, crop.Left, crop.Top, picture);
        return new FittedPhoto(picture, canvasWidth, canvasHeight, crop.Left, crop.Top);

        // A pixel more or less is no bar worth filling.
        static int Snap(double length, int canvas) => canvas - length < 1.5 ? canvas : Math.Max(1, (int)Math.Round(length));

        static int Even(double position) => Math.Max(0, (int)position & ~1);
    }

    /// <summary>Where the samples of a window lie in the luma plane.</summary>
    public (AxisMap Across, AxisMap Down) Luma(Window window, int width, int height)
    {
        var across = Map(window.Left, window.Size, _canvasWidth, _left, width);
        var down = Map(window.Top, window.Size, _canvasHeight, _top, height);
        return (across, down);

        // Pixel centres are at halves: output pixel i covers i to i + 1 of the window.
        static AxisMap Map(double from, double size, int canvas, int cut, int length)
        {
            var step = size * canvas / length;
            return new AxisMap(from * canvas + 0.5 * step - 0.5 - cut, step);
        }
    }

    /// <summary>Where they lie in the chroma planes: sited on even luma columns, and between luma rows.</summary>
    public static (AxisMap Across, AxisMap Down) Chroma((AxisMap Across, AxisMap Down) luma) => (
        new AxisMap(luma.Across.Offset / 2, luma.Across.Step),
        new AxisMap((luma.Down.Offset + 0.5 * luma.Down.Step - 0.5) / 2, luma.Down.Step));

    public void Dispose() => Picture.Dispose();
}
