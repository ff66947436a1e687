namespace ProductVideo.Rendering;

internal readonly record struct Box(int Left, int Top, int Width, int Height);

/// <summary>Where a caption's parts go, in pixels; parts are relative to the card.</summary>
internal sealed record CaptionPlace(
    int Left, int Top, int Width, int Height, double Radius, int TitleLeft, int TitleTop, int PriceLeft, int PriceTop, Box Pill);

/// <summary>The measures of a caption, for any frame. Pure.</summary>
internal sealed class CaptionLayout
{
    /// <summary>Of the frame's height: a caption over the product must leave the product to be seen.</summary>
    private const double HighestShare = 0.16;

    private readonly int _width;
    private readonly int _height;
    private readonly double _unit;
    private readonly int _room;
    private readonly int _rise;

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
        PaddingY = (int)Math.Round(24 * _unit);
        // Smaller than any margin, so that the shadow stays in the frame too.
        ShadowWidth = Even((int)Math.Round(24 * _unit));
        _room = Math.Min(width - 2 * SideMargin, (int)(1100 * _unit)) - 2 * PaddingX;
        _rise = ((int)(height * HighestShare) & ~1) - 2 * PaddingY;
        Price = new TextBox(_room / 2 - 2 * PillPadding, 1, 40 * _unit, 30 * _unit);
    }

    public int SideMargin { get; }

    public int BottomMargin { get; }

    public int PaddingX { get; }

    public int PaddingY { get; }

    public int ShadowWidth { get; }

    public TextBox Price { get; }

    private int PillPadding => (int)Math.Round(24 * _unit);

    private int Gap => (int)Math.Round(28 * _unit);

    public static CaptionLayout For(int width, int height) => new(width, height);

    /// <summary>The room that the price leaves to the title. They stand side by side: one below the other they would hide the product.</summary>
    public TextBox Title(SetText? price) =>
        new(_room - (price is null ? 0 : PillWidth(price) + Gap), 3, 52 * _unit, 30 * _unit) { Height = Math.Max(1, _rise) };

    public CaptionPlace Place(SetText? title, SetText? price)
    {
        var pillWidth = price is null ? 0 : PillWidth(price);
        var pillHeight = price is null ? 0 : (int)Math.Round(price.Size * 1.5);
        var gap = title is null || price is null ? 0 : Gap;
        var (titleWidth, titleHeight) = (title?.Mask.Width ?? 0, title?.Mask.Height ?? 0);
        var width = Even(titleWidth + gap + pillWidth + 2 * PaddingX);
        var content = Math.Max(titleHeight, pillHeight);
        var height = Even(content + 2 * PaddingY);
        // Readers of right-to-left scripts look for the beginning at the right.
        var rightToLeft = (title ?? price)!.RightToLeft;
        var left = (rightToLeft ? _width - SideMargin - width : SideMargin) & ~1;
        var top = (_height - BottomMargin - height) & ~1;
        var pillLeft = rightToLeft ? PaddingX : PaddingX + titleWidth + gap;
        var pillTop = PaddingY + (content - pillHeight) / 2;
        return new CaptionPlace(
            left,
            top,
            width,
            height,
            Math.Min(28 * _unit, height / 2.0),
            rightToLeft ? width - PaddingX - titleWidth : PaddingX,
            PaddingY + (content - titleHeight) / 2,
            pillLeft + PillPadding,
            pillTop + (pillHeight - (price?.Mask.Height ?? 0)) / 2,
            new Box(pillLeft, pillTop, pillWidth, pillHeight));
    }

    private int PillWidth(SetText price) => price.Mask.Width + 2 * PillPadding;

    private static int Even(int length) => (length + 1) & ~1;
}
