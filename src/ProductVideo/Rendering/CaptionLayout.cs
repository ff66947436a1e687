namespace ProductVideo.Rendering;

internal readonly record struct Box(int Left, int Top, int Width, int Height);

/// <summary>Where a caption's parts go, in pixels; parts are relative to the card.</summary>
internal sealed record CaptionPlace(
    int Left, int Top, int Width, int Height, double Radius, int TitleLeft, int TitleTop, int PriceLeft, int PriceTop, Box Pill);

/// <summary>The measures of a caption, for any frame. Pure.</summary>
internal sealed class CaptionLayout
{
    private readonly int _width;
    private readonly int _height;
    private readonly double _unit;

    private CaptionLayout(int width, int height)
    {
        _width = width;
        _height = height;
        // Designed for a short side of 1080 pixels.
        _unit = Math.Min(width, height) / 1080.0;
        SideMargin = (int)Math.Ceiling(width * 0.055);
        // Apps lay their own buttons over the lower part of upright video.
        BottomMargin = (int)Math.Ceiling(height * (height > 1.5 * width ? 0.14 : 0.055));
        PaddingX = (int)Math.Round(40 * _unit);
        PaddingY = (int)Math.Round(32 * _unit);
        // Smaller than any margin, so that the shadow stays in the frame too.
        ShadowWidth = Even((int)Math.Round(24 * _unit));
        var room = Math.Min(width - 2 * SideMargin, (int)(1100 * _unit)) - 2 * PaddingX;
        Title = new TextBox(room, 3, 52 * _unit, 30 * _unit);
        Price = new TextBox(room - 2 * PillPadding, 1, 40 * _unit, 30 * _unit);
    }

    public int SideMargin { get; }

    public int BottomMargin { get; }

    public int PaddingX { get; }

    public int PaddingY { get; }

    public int ShadowWidth { get; }

    public TextBox Title { get; }

    public TextBox Price { get; }

    private int PillPadding => (int)Math.Round(24 * _unit);

    public static CaptionLayout For(int width, int height) => new(width, height);

    public CaptionPlace Place(SetText? title, SetText? price)
    {
        var pillWidth = price is null ? 0 : price.Mask.Width + 2 * PillPadding;
        var pillHeight = price is null ? 0 : (int)Math.Round(price.Size * 1.5);
        var gap = title is null || price is null ? 0 : (int)Math.Round(24 * _unit);
        var content = Math.Max(title?.Mask.Width ?? 0, pillWidth);
        var width = Even(content + 2 * PaddingX);
        var height = Even((title?.Mask.Height ?? 0) + gap + pillHeight + 2 * PaddingY);
        // Readers of right-to-left scripts look for the beginning at the right.
        var rightToLeft = (title ?? price)!.RightToLeft;
        var left = (rightToLeft ? _width - SideMargin - width : SideMargin) & ~1;
        var top = (_height - BottomMargin - height) & ~1;
        var pillLeft = rightToLeft ? width - PaddingX - pillWidth : PaddingX;
        var pillTop = PaddingY + (title?.Mask.Height ?? 0) + gap;
        return new CaptionPlace(
            left,
            top,
            width,
            height,
            Math.Min(28 * _unit, height / 2.0),
            rightToLeft ? width - PaddingX - (title?.Mask.Width ?? 0) : PaddingX,
            PaddingY,
            pillLeft + PillPadding,
            pillTop + (pillHeight - (price?.Mask.Height ?? 0)) / 2,
            new Box(pillLeft, pillTop, pillWidth, pillHeight));
    }

    private static int Even(int length) => (length + 1) & ~1;
}
