using ProductVideo.Providers;

namespace ProductVideo.Prompts;

/// <summary>Picks how the product's pictures are given to the model: the way that shows it most of the product.</summary>
internal static class ModeChoice
{
    /// <param name="can">What the model takes.</param>
    /// <param name="pictures">How many pictures may be given.</param>
    /// <returns>Null if no mode suits.</returns>
    public static VideoModes? Choose(ProviderCapabilities can, int pictures)
    {
        if (can.KeepsPixels && Has(VideoModes.Slideshow) && pictures > 0)
            return VideoModes.Slideshow;
        if (pictures >= 2 && Has(VideoModes.References))
            return VideoModes.References;
        if (pictures >= 1)
        {
            foreach (var mode in (ReadOnlySpan<VideoModes>)[VideoModes.FirstFrame, VideoModes.Slideshow, VideoModes.References])
            {
                if (Has(mode))
                    return mode;
            }
        }

        return Has(VideoModes.TextToVideo) ? VideoModes.TextToVideo : null;

        bool Has(VideoModes mode) => can.Modes.HasFlag(mode);
    }
}
