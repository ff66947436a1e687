using ProductVideo.Clips;
using ProductVideo.Hosting;
using ProductVideo.Spending;

namespace ProductVideo.Providers.Local;

/// <summary>Settings of the local renderer. Bound from the section <c>ProductVideo:Local</c>.</summary>
public sealed class LocalOptions
{
    /// <summary>The longer side of 16:9 must still be one that <see cref="ClipRules"/> takes.</summary>
    private const int LongestShortSide = ClipRules.LongestSide * 9 / 16;

    /// <summary>Clips rendered side by side; each takes about two processor cores. One more place takes only what somebody waits for. 0 renders nothing here.</summary>
    /// <value>Half of the machine's processors, at least 1.</value>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Where ffmpeg is; null to look on PATH.</summary>
    public string? FfmpegPath { get; set; }

    /// <summary>Where ffprobe is; null to look beside ffmpeg, then on PATH.</summary>
    public string? FfprobePath { get; set; }

    /// <summary>The shorter side of clips in pixels, 240 to 2304.</summary>
    /// <value>1080.</value>
    public int ShortSide { get; set; } = 1080;

    /// <summary>How often a running render is asked for its progress.</summary>
    /// <value>500 ms.</value>
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>In which currency nothing is charged; ISO 4217.</summary>
    /// <value>EUR.</value>
    public string Currency { get; set; } = "EUR";

    internal IEnumerable<string> Mistakes() =>
    [
        .. SettingRules.Number("Local:Workers", Workers, 0, 256),
        .. SettingRules.Number("Local:ShortSide", ShortSide, ClipRules.ShortestSide, LongestShortSide),
        .. SettingRules.Time("Local:CheckEvery", CheckEvery, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)),
        .. Currencies.IsKnown(Currency) ? [] : new[] { $"ProductVideo:Local:Currency is '{Currency}'; write a code of ISO 4217, for example EUR." },
    ];
}
