using System.Globalization;
using NetVips;

namespace ProductVideo.Rendering;

/// <summary>Coverage of a set text: 0 for paper, 255 for ink.</summary>
internal sealed record TextMask(byte[] Cover, int Width, int Height);

/// <summary>A text that fits its box.</summary>
/// <param name="Mask">No larger than the box, unless that is too small for an ellipsis.</param>
/// <param name="Lines">As broken.</param>
/// <param name="Size">Font size in pixels.</param>
/// <param name="RightToLeft">Whether its lines begin at the right.</param>
internal sealed record SetText(TextMask Mask, IReadOnlyList<string> Lines, double Size, bool RightToLeft);

/// <summary>The room that a text may take.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="MaximumLines">More are never set.</param>
/// <param name="Size">Font size to begin with.</param>
/// <param name="MinimumSize">Font size to end with; after that the text itself is cut.</param>
internal sealed record TextBox(int Width, int MaximumLines, double Size, double MinimumSize)
{
    /// <summary>Pixels; no bound by itself.</summary>
    public int Height { get; init; } = int.MaxValue;

    public bool Bold { get; init; } = true;

    public bool Centred { get; init; }

    /// <summary>BCP 47; decides between the Chinese, Japanese and Korean forms of a character.</summary>
    public string? Language { get; init; }
}

/// <summary>Sets text of any script so that it fits.</summary>
internal static class Typesetter
{
    private const double Shrink = 0.93;
    private const double ReferenceSize = 40;
    private const double SpaceWidth = 0.26;
    private const char Ellipsis = '…';

    /// <param name="text">As <see cref="TextLines.Clean"/> leaves it; not empty.</param>
    /// <param name="box">Where it has to fit.</param>
    public static SetText Fit(string text, TextBox box)
    {
        var units = TextLines.Units(text);
        var widths = units.Select(unit => Measure(unit.Text, box)).ToList();
        for (var size = box.Size; ; size = Math.Max(box.MinimumSize, size * Shrink))
        {
            if (TrySet(units, widths, text, size, box) is { } set)
                return set;
            if (size <= box.MinimumSize)
                return Cut(units, widths, text, box);
        }
    }

    /// <summary>Sets lines as they are.</summary>
    public static TextMask Render(IReadOnlyList<string> lines, double size, bool rightToLeft, TextBox box)
    {
        // Every line is a paragraph of its own to the shaper: a mark gives all of them the direction of the whole text.
        var mark = rightToLeft ? '\u200F' : '\u200E';
        var markup = string.Join('\n', lines.Select(line => mark + Escape(line)));
        if (box.Language is { } language && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            markup = $"<span lang='{language}'>{markup}</span>";
        var families = FontShelf.FamiliesFor(string.Concat(lines), box.Bold);
        var font = string.Create(CultureInfo.InvariantCulture, $"{families} {(box.Bold ? "Bold " : "")}{size:0.##}px");
        using var image = Image.Text(markup, font, align: box.Centred ? Enums.Align.Centre : Enums.Align.Low, dpi: 72, spacing: 0);
        using var band = image.Bands > 1 ? image.ExtractBand(0) : image.Copy();
        return new TextMask(band.WriteToMemory<byte>(), band.Width, band.Height);
    }

    private static SetText? TrySet(IReadOnlyList<TextUnit> units, List<double> widths, string text, double size, TextBox box)
    {
        var scaled = widths.Select(width => width * size).ToList();
        if (scaled.Exists(width => width > box.Width))
            return null;
        var lines = TextLines.Break(units, scaled, SpaceWidth * size, box.Width);
        if (lines.Count > box.MaximumLines)
            return null;
        var rightToLeft = TextLines.RightToLeft(text);
        var mask = Render(lines, size, rightToLeft, box);
        // The widths of the parts are a good guess; the whole decides.
        return Fits(mask, box) ? new SetText(mask, lines, size, rightToLeft) : null;
    }

    /// <summary>
    /// Even at the smallest size there is too much: words longer than a line are split, and what is left over gives way to an
    /// ellipsis.
    /// </summary>
    private static SetText Cut(IReadOnlyList<TextUnit> units, List<double> widths, string text, TextBox box)
    {
        var size = box.MinimumSize;
        var rightToLeft = TextLines.RightToLeft(text);
        var pieces = units.SelectMany((unit, i) => widths[i] * size <= box.Width ? [unit] : Split(unit, size, box)).ToList();
        for (var count = pieces.Count; count > 0; count--)
        {
            var kept = pieces.Take(count).ToList();
            if (count < pieces.Count)
                kept[^1] = new TextUnit(kept[^1].Text.TrimEnd(',', ';', '-', '–') + Ellipsis, false);
            var lines = TextLines.Break(kept, [.. kept.Select(piece => Measure(piece.Text, box) * size)], SpaceWidth * size, box.Width);
            if (lines.Count > box.MaximumLines)
                continue;
            var mask = Render(lines, size, rightToLeft, box);
            if (Fits(mask, box))
                return new SetText(mask, lines, size, rightToLeft);
        }

        return new SetText(Render([Ellipsis.ToString()], size, rightToLeft, box), [Ellipsis.ToString()], size, rightToLeft);
    }

    private static bool Fits(TextMask mask, TextBox box) => mask.Width <= box.Width && mask.Height <= box.Height;

    private static IEnumerable<TextUnit> Split(TextUnit unit, double size, TextBox box)
    {
        var piece = "";
        foreach (var cluster in TextLines.Clusters(unit.Text))
        {
            // Room for an ellipsis or a hyphen is left on every piece.
            if (piece.Length > 0 && (Measure(piece + cluster, box) + 1) * size > box.Width)
            {
                yield return new TextUnit(piece, false);
                piece = "";
            }

            piece += cluster;
        }

        yield return unit with { Text = piece };
    }

    /// <summary>Width for a font size of one pixel.</summary>
    private static double Measure(string text, TextBox box)
    {
        // Ideographs are square.
        if (text.Length == 1 && TextLines.IsIdeograph(text))
            return 1;
        return Render([text], ReferenceSize, false, box).Width / ReferenceSize;
    }

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
