using ProductVideo.Planning;

namespace ProductVideo.Rendering;

/// <summary>Title and price on a dark rounded card near the frame's lower edge: readable on any photo, clear of the edge.</summary>
internal static class CaptionCard
{
    private const double Opacity = 0.82;

    private static readonly Rgb s_paper = new(17, 20, 28);

    /// <summary>Null, with a note, if nothing is left to say.</summary>
    public static Overlay? Set(Caption caption, int width, int height, List<string> notes)
    {
        var title = CardText.Clean(caption.Title, "title", notes);
        var price = caption.Price is { } text ? CardText.Clean(text, "price", notes) : null;
        if (title is null && price is null)
            return null;

        var layout = CaptionLayout.For(width, height);
        var titleText = title is null ? null : Typesetter.Fit(title, layout.Title with { Language = caption.Language });
        var priceText = price is null ? null : Typesetter.Fit(price, layout.Price with { Language = caption.Language });
        var card = layout.Place(titleText, priceText);

        var bitmap = new Bitmap(card.Width, card.Height);
        bitmap.RoundedBox(0, 0, card.Width, card.Height, card.Radius, s_paper, Opacity);
        if (titleText is not null)
            bitmap.Text(titleText.Mask, card.TitleLeft, card.TitleTop, Rgb.White);
        if (priceText is not null)
        {
            var pill = card.Pill;
            bitmap.RoundedBox(pill.Left, pill.Top, pill.Width, pill.Height, pill.Height / 2.0, Rgb.White, 1);
            bitmap.Text(priceText.Mask, card.PriceLeft, card.PriceTop, s_paper);
        }

        return new Overlay(bitmap, card.Left, card.Top);
    }
}
