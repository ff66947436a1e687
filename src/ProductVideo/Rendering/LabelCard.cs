using NetVips;
using ProductVideo.Clips;

namespace ProductVideo.Rendering;

/// <summary>
/// The label that lies over every frame of a drawn clip: white letters on a dark rounded box, easy to read on any picture, in the upper corner
/// where reading begins. A player's own buttons, and a caption, stand at the lower edge.
/// </summary>
internal static class LabelCard
{
    /// <summary>Of the frame's short side, from the top of the highest letter to the bottom of the lowest: what laws that name a size ask for.</summary>
    public const double LetterHeight = 0.05;

    /// <summary>Even on white the box stays dark enough for a contrast beyond 10.</summary>
    internal const double Opacity = 0.82;

    /// <summary>Half covered: a letter's edge, as an eye sees it.</summary>
    private const byte Edge = 128;

    /// <param name="label">What it says.</param>
    /// <param name="width">Of the frame.</param>
    /// <param name="height">Of the frame.</param>
    /// <exception cref="RenderException">It can't be drawn on this machine.</exception>
    public static LabelPicture Draw(AiLabel label, int width, int height)
    {
        var letters = Set(label, (int)Math.Ceiling(Math.Min(width, height) * LetterHeight));
        var unit = letters.Height;
        var (paddingX, paddingY) = ((int)Math.Round(unit * 0.7), (int)Math.Round(unit * 0.5));
        var bitmap = new Bitmap(Even(letters.Width + (2 * paddingX)), Even(letters.Height + (2 * paddingY)));
        // Without a colour of its own, the same in every matrix.
        bitmap.RoundedBox(0, 0, bitmap.Width, bitmap.Height, unit * 0.45, Rgb.Black, Opacity);
        bitmap.Text(letters, (bitmap.Width - letters.Width) / 2, (bitmap.Height - letters.Height) / 2, Rgb.White);
        var margin = Math.Min(width, height) * 0.04;
        // Apps lay their own words over the upper part of upright video too.
        return new LabelPicture(bitmap, Even(margin), Even(height > 1.5 * width ? height * 0.14 : margin));
    }

    /// <summary>In the smallest size whose letters are as high as asked.</summary>
    private static TextMask Set(AiLabel label, int height)
    {
        try
        {
            for (double size = height; ; size += Math.Max(0.5, size / 100))
            {
                var mask = Typesetter.Render([label.Text], size, rightToLeft: false, new TextBox(int.MaxValue, 1, size, size) { Language = label.Language });
                if (InkHeight(mask) >= height)
                    return mask;
            }
        }
        catch (VipsException failure)
        {
            throw new RenderException(
                RenderFault.EncoderFailed, "The label that says it was made with AI could not be drawn.", $"The label '{label.Text}' could not be set: {failure.Message}", failure);
        }
    }

    /// <summary>From the first row with a letter in it to the last.</summary>
    private static int InkHeight(TextMask mask)
    {
        var rows = Enumerable.Range(0, mask.Height).Where(y => mask.Cover.AsSpan(y * mask.Width, mask.Width).ContainsAnyInRange(Edge, byte.MaxValue)).ToList();
        return rows.Count == 0 ? 0 : rows[^1] - rows[0] + 1;
    }

    private static int Even(double length) => ((int)Math.Ceiling(length) + 1) & ~1;
}

/// <summary>A picture that lies over every frame of a clip.</summary>
/// <param name="Bitmap">Even width and height.</param>
/// <param name="Left">Where it goes, even.</param>
/// <param name="Top">Where it goes, even.</param>
internal sealed record LabelPicture(Bitmap Bitmap, int Left, int Top);
