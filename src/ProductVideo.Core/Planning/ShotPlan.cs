namespace ProductVideo.Planning;

/// <summary>What is to be seen when. Pure data: made from a snapshot and a template, filmed by the local renderer, described to generative models by the prompt.</summary>
public sealed record ShotPlan
{
    /// <summary>For example <c>1:1</c>, <c>9:16</c>, <c>16:9</c>.</summary>
    public required string Aspect { get; init; }

    /// <summary>In order; their lengths and <see cref="EndCard"/> less the cross-fades between them add up to <see cref="Seconds"/>.</summary>
    public required IReadOnlyList<Shot> Shots { get; init; }

    /// <summary>Length of every cross-fade between neighbours, in seconds; 0 for hard cuts.</summary>
    public decimal CrossFade { get; init; } = 0.5m;

    /// <summary>Length of the whole clip in seconds.</summary>
    public required decimal Seconds { get; init; }

    /// <summary>Drawn over the first shots; null for a clip without text.</summary>
    public Caption? Caption { get; init; }

    /// <summary>Closes the clip; null for none.</summary>
    public EndCard? EndCard { get; init; }

    /// <summary>Behind transparent and padded pictures and under the end card, <c>#rrggbb</c>.</summary>
    public string Background { get; init; } = "#ffffff";

    /// <summary>Adds a silent audio track, which some channels demand.</summary>
    public bool SilentTrack { get; init; }
}

/// <summary>One picture, filmed.</summary>
/// <param name="ImageIndex">Which of the pictures chosen for the clip (<c>Composition.ImageIndexes</c>, the request's images), from 0; not which of the snapshot's.</param>
/// <param name="Camera">How it moves.</param>
/// <param name="Seconds">How long, cross-fades included.</param>
public sealed record Shot(int ImageIndex, CameraMove Camera, decimal Seconds);

/// <summary>A window that glides over the picture, which is fitted whole into the frame first. Eased at both ends.</summary>
/// <param name="From">At the shot's start.</param>
/// <param name="To">At its end.</param>
public sealed record CameraMove(CameraWindow From, CameraWindow To);

/// <summary>What part of the fitted frame is seen.</summary>
/// <param name="Zoom">1 shows the whole frame, 1.5 two thirds of its width; 1 to 4.</param>
/// <param name="CenterX">Centre of the window, 0 (left) to 1 (right); clamped so that the window stays inside.</param>
/// <param name="CenterY">0 (top) to 1 (bottom).</param>
public sealed record CameraWindow(double Zoom, double CenterX = 0.5, double CenterY = 0.5)
{
    public static CameraWindow Whole { get; } = new(1);
}

/// <summary>Text over the picture: only what the merchant's own listing says.</summary>
/// <param name="Title">The product's title; wrapped, never cut in mid-word nor over the edge.</param>
/// <param name="Price">Only if the merchant asked for it; already formatted.</param>
/// <param name="Language">BCP 47, for shaping and direction.</param>
/// <param name="From">When it appears, seconds from the start.</param>
/// <param name="Until">When it is gone.</param>
public sealed record Caption(string Title, string? Price, string? Language, decimal From, decimal Until);

/// <summary>The closing card: the brand's colour, logo and name.</summary>
/// <param name="Seconds">How long, cross-fade included.</param>
/// <param name="Headline">For example the shop's or the product's name.</param>
/// <param name="Subline">For example the vendor; null for none.</param>
/// <param name="Color">Background, <c>#rrggbb</c>; the text is black or white, whichever contrasts more.</param>
/// <param name="LogoBlobKey">A picture in the blob store, best with transparency; null for none.</param>
/// <param name="Language">BCP 47 of the headline.</param>
public sealed record EndCard(decimal Seconds, string? Headline, string? Subline, string Color, string? LogoBlobKey, string? Language)
{
    /// <summary>What a card without a logo says where neither headline nor subline can be drawn; null for nothing, and then there is no card.</summary>
    public string? Otherwise { get; init; }
}
