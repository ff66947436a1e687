using System.Globalization;
using ProductVideo.Planning;
using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>Brings wishes for ratio, length and resolution to what the model makes, with a note for whatever changed.</summary>
internal static class ClipChoice
{
    private const decimal LongestWish = 600m;

    // Tried in this order where a picture of the wanted ratio would be wider or narrower than the model takes.
    private static readonly string[] Usual = ["1:1", "4:5", "9:16", "16:9", "3:4", "4:3", "5:4"];

    public static AspectRatio Aspect(string? wanted, PromptTemplate template, ProviderCapabilities can, VideoModes mode, ICollection<string> notes)
    {
        var offered = can.Aspect.Ratios.Select(AspectRatio.Parse).OfType<AspectRatio>().ToList();
        // A model that names its ratios makes no other, whatever its picture's is.
        var follows = offered.Count == 0 && can.Aspect.FollowsImage && mode != VideoModes.TextToVideo;
        if (wanted is null)
        {
            var favourites = template.Aspects.Select(a => AspectRatio.Parse(a)!.Value).ToList();
            return favourites.Select(f => (AspectRatio?)f).FirstOrDefault(f => offered.Contains(f!.Value) || (follows && Fits(f.Value, can)))
                ?? Nearest(favourites[0], follows, offered, can);
        }

        var asked = AspectRatio.Parse(wanted)
            ?? throw new ComposeException("aspect", $"That is not a format that a video can have. Write {AspectRatio.Form}.", $"'{wanted}' is no ratio.");
        if (offered.Contains(asked) || (follows && Fits(asked, can)))
            return asked;
        var nearest = Nearest(asked, follows, offered, can);
        notes.Add(nearest == asked
            ? $"This model takes no wish for the format; it may not be {asked}."
            : $"This model can't make {asked}; the clip will be {nearest}, the nearest it can.");
        return nearest;
    }

    public static decimal Seconds(decimal? wanted, PromptTemplate template, ProviderCapabilities can, VideoModes mode, ICollection<string> notes)
    {
        if (wanted is <= 0 or > LongestWish)
            throw new ComposeException("seconds", "Choose a length above 0 and up to 600 seconds.", string.Create(CultureInfo.InvariantCulture, $"{wanted} seconds were asked for."));
        var seconds = can.Duration.Nearest(wanted ?? (mode == VideoModes.Slideshow ? template.SceneSeconds : template.GeneratedSeconds));
        if (seconds <= 0)
            throw new ComposeException("model", "This model can't be used: it names no length that it can make. Choose another one.");
        if (wanted is { } asked && asked != seconds)
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"This model can't make {asked:0.###} seconds; the clip will last {seconds:0.###}."));
        return seconds;
    }

    public static string? Resolution(string? wanted, ProviderCapabilities can, ICollection<string> notes)
    {
        var best = can.Resolutions.Count > 0 ? can.Resolutions[0] : null;
        if (wanted is null)
            return best;
        var found = can.Resolutions.FirstOrDefault(r => string.Equals(r, wanted, StringComparison.OrdinalIgnoreCase));
        if (found is null)
            notes.Add(best is null ? "This model takes no wish for the resolution." : $"This model does not make that resolution; the clip will be {best}.");
        return found ?? best;
    }

    private static AspectRatio Nearest(AspectRatio wanted, bool follows, List<AspectRatio> offered, ProviderCapabilities can)
    {
        var possible = follows ? [.. Usual.Select(u => AspectRatio.Parse(u)!.Value).Where(u => Fits(u, can))] : offered;
        return possible.Count == 0 ? wanted : possible.MinBy(p => p.Distance(wanted));
    }

    private static bool Fits(AspectRatio ratio, ProviderCapabilities can)
    {
        var widest = Math.Max(1.0, (double)can.Images.MaxRatio);
        return ratio.Value <= widest && ratio.Value >= 1 / widest;
    }
}
