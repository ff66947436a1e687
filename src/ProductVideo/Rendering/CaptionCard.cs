using ProductVideo.Planning;

namespace ProductVideo.Rendering;

/// <summary>
/// Title and price on a light rounded card near the frame's lower edge: readable on any photo, clear of the edge. On the white ground
/// of most product photos
/// the card all but vanishes and the text seems to stand free.
/// </summary>
internal static class CaptionCard
{
    /// <summary>Even on black the card stays light enough for a contrast beyond 7.</summary>
    internal const double Opacity = 0.94;

    private const double ShadowOpacity = 0.16;

    internal static readonly Rgb Ink = new(17, 24, 39);

    /// <summary>Null, with a note, if nothing is left to say.</summary>
    public static Overlay? Set(Caption caption, int width, int height, List<string> notes)
    {
        var title = CardText.Clean(caption.Title, "title", notes);
        var price = caption.Price is { } text ? CardText.Clean(text, "price", notes) : null;
        if (title is null && price is null)
            return null;

        var layout = CaptionLayout.For(width, height);
        var priceText = price is null ? null : Typesetter.Fit(price, layout.Price with { Language = caption.Language });
        var titleText = title is null ? null : Typesetter.Fit(title, layout.Title(priceText) with { Language = caption.Language });
        var card = layout.Place(titleText, priceText);

        var shade = layout.ShadowWidth;
        var bitmap = new Bitmap(card.Width + 2 * shade, card.Height + 2 * shade);
        bitmap.Shadow(shade, shade, card.Width, card.Height, card.Radius, shade, ShadowOpacity);
        bitmap.RoundedBox(shade, shade, card.Width, card.Height, card.Radius, Rgb.White, Opacity);
        if (titleText is not null)
            bitmap.Text(titleText.Mask, shade + card.TitleLeft, shade + card.TitleTop, Ink);
        if (priceText is not null)
        {
            var pill = card.Pill;
            bitmap.RoundedBox(shade + pill.Left, shade + pill.Top, pill.Width, pill.Height, pill.Height / 2.0, Ink, 1);
            bitmap.Text(priceText.Mask, shade + card.PriceLeft, shade + card.PriceTop, Rgb.White);
        }

        return new Overlay(bitmap, card.Left - shade, card.Top - shade);
    }
}
