using ProductVideo.Planning;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>A part of the fitted frame, in shares of its width and height.</summary>
internal readonly record struct Window(double Left, double Top, double Size)
{
    public double Right => Left + Size;

    public double Bottom => Top + Size;
}

/// <summary>Where the camera looks during a shot.</summary>
internal sealed class CameraPath
{
    private const double MaximumZoom = 4;
    private readonly Window _from;
    private readonly Window _to;

    public CameraPath(CameraMove move)
    {
        _from = Inside(move.From);
        _to = Inside(move.To);
    }

    public bool StandsStill => _from == _to;

    /// <summary>The largest zoom of the shot: how much finer than the frame its picture must be.</summary>
    public double ClosestZoom => 1 / Math.Min(_from.Size, _to.Size);

    public double WidestZoom => 1 / Math.Max(_from.Size, _to.Size);

    /// <summary>Everything the camera ever sees. Edges move between two ends, so the ends' hull is enough.</summary>
    public (double Left, double Top, double Right, double Bottom) Hull => (
        Math.Min(_from.Left, _to.Left), Math.Min(_from.Top, _to.Top), Math.Max(_from.Right, _to.Right), Math.Max(_from.Bottom, _to.Bottom));

    /// <param name="progress">0 at the shot's first frame, 1 at its last.</param>
    public Window At(double progress)
    {
        var t = Easing.Smooth(progress);
        return new Window(
            _from.Left + (_to.Left - _from.Left) * t,
            _from.Top + (_to.Top - _from.Top) * t,
            _from.Size + (_to.Size - _from.Size) * t);
    }

    private static Window Inside(CameraWindow window)
    {
        if (!(window.Zoom is >= 1 and <= MaximumZoom) || !double.IsFinite(window.CenterX) || !double.IsFinite(window.CenterY))
        {
            throw RenderException.InvalidPlan(
                Invariant($"A camera cannot look at {window}: zoom goes from 1 to {MaximumZoom}, the centre from 0 to 1."));
        }

        var size = 1 / window.Zoom;
        return new Window(
            Math.Clamp(window.CenterX - size / 2, 0, 1 - size),
            Math.Clamp(window.CenterY - size / 2, 0, 1 - size),
            size);
    }
}
