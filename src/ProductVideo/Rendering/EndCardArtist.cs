using ProductVideo.Planning;

namespace ProductVideo.Rendering;

/// <summary>The closing card: logo, headline and subline, centred on the brand's colour.</summary>
internal static class EndCardArtist
{
    /// <summary>WCAG asks for a contrast of three for graphics that matter.</summary>
    private const double FaintestLogo = 3;

    public static Frame Draw(EndCard card, string? logoFile, int width, int height, List<string> notes)
    {
        var paper = Rgb.Parse(card.Color);
        var ink = paper.ReadableInk();
        var unit = Math.Min(width, height) / 1080.0;
        var room = (int)(Math.Min(width, 1400 * unit) * 0.8);

        var logo = logoFile is null ? null : ReadLogo(logoFile, room, height, unit, paper);
        var headline = Fit(card.Headline, "headline", new TextBox(room, 3, 84 * unit, 34 * unit) { Centred = true, Language = card.Language });
        var subline = Fit(
            card.Subline, "subline", new TextBox(room, 2, 44 * unit, 30 * unit) { Bold = false, Centred = true, Language = card.Language });

        var afterLogo = logo is not null && (headline ?? subline) is not null ? (int)(72 * unit) : 0;
        var afterHeadline = headline is not null && subline is not null ? (int)(40 * unit) : 0;
        var total = (logo?.Height ?? 0) + afterLogo + (headline?.Mask.Height ?? 0) + afterHeadline + (subline?.Mask.Height ?? 0);
        var top = (height - total) / 2;

        var bitmap = new Bitmap(width, height);
        bitmap.Fill(paper);
        if (logo is not null)
            DrawLogo(bitmap, logo, (width - logo.Width) / 2, top, paper, (int)(36 * unit));
        top += (logo?.Height ?? 0) + afterLogo;
        if (headline is not null)
            bitmap.Text(headline.Mask, (width - headline.Mask.Width) / 2, top, ink);
        top += (headline?.Mask.Height ?? 0) + afterHeadline;
        // A little quieter than the headline, but only where that stays easy to read.
        if (subline is not null)
            bitmap.Text(subline.Mask, (width - subline.Mask.Width) / 2, top, ink, Rgb.Contrast(paper, ink) > 9 ? 0.85 : 1);

        var frame = new Frame(width, height);
        frame.Fill(paper);
        new Overlay(bitmap, 0, 0).Draw(frame, 256, VectorPaths.Best);
        return frame;

        SetText? Fit(string? text, string what, TextBox box) =>
            text is not null && CardText.Clean(text, what, notes) is { } clean ? Typesetter.Fit(clean, box) : null;
    }

    private static void DrawLogo(Bitmap bitmap, PhotoPixels logo, int left, int top, Rgb paper, int padding)
    {
        // A dark logo made for white paper would vanish on a dark brand colour: give it a plate.
        if (logo.ShowsThrough && Rgb.Contrast(MeanInk(logo), paper) < FaintestLogo)
        {
            bitmap.RoundedBox(
                left - padding, top - padding, logo.Width + 2 * padding, logo.Height + 2 * padding, padding * 0.8, paper.ReadableInk(), 1);
        }

        bitmap.Image(logo, left, top);
    }

    /// <summary>The mean colour of what a logo covers.</summary>
    private static Rgb MeanInk(PhotoPixels logo)
    {
        long r = 0, g = 0, b = 0, cover = 0;
        for (var i = 0; i < logo.Bytes.Length; i += 4)
        {
            var alpha = logo.Bytes[i + 3];
            r += logo.Bytes[i] * alpha;
            g += logo.Bytes[i + 1] * alpha;
            b += logo.Bytes[i + 2] * alpha;
            cover += alpha;
        }

        return cover == 0 ? Rgb.White : new Rgb((byte)(r / cover), (byte)(g / cover), (byte)(b / cover));
    }

    private static PhotoPixels ReadLogo(string file, int room, int height, double unit, Rgb paper)
    {
        var (width, tall) = PhotoFile.Measure(file);
        // Logos are drawn for print and screen alike: enlarge small ones a little, never to a blur.
        var scale = Math.Min(Math.Min((double)room * 0.7 / width, Math.Min(height * 0.28, 320 * unit) / tall), 2);
        return PhotoFile.Read(
            file, Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(tall * scale)), paper, keepAlpha: true);
    }
}
