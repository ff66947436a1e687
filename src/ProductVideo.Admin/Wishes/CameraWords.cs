using ProductVideo.Planning;

namespace ProductVideo.Admin.Wishes;

/// <summary>Says a camera move as a person would.</summary>
internal static class CameraWords
{
    private const double Same = 0.03;
    private const string Glides = "Glides";

    public static string Of(CameraMove move)
    {
        var zoom = move.To.Zoom - move.From.Zoom;
        var drift = Drift(move.From, move.To);
        var main = zoom > Same ? "Moves closer" : zoom < -Same ? "Moves back" : drift.Length > 0 ? Glides : "Holds still";
        return drift.Length == 0 ? main : main == Glides ? $"{main} {drift}" : $"{main}, {drift}";
    }

    // A window over the whole frame can't travel, whatever its centre says.
    private static string Drift(CameraWindow from, CameraWindow to)
    {
        if (Math.Max(from.Zoom, to.Zoom) <= 1 + Same)
            return "";
        var (x, y) = (to.CenterX - from.CenterX, to.CenterY - from.CenterY);
        return Math.Abs(x) <= Same && Math.Abs(y) <= Same ? ""
            : Math.Abs(x) >= Math.Abs(y) ? x > 0 ? "to the right" : "to the left"
            : y > 0 ? "downward" : "upward";
    }
}
