namespace ProductVideo.Providers.Local;

/// <summary>Settings of the local renderer.</summary>
public sealed class LocalOptions
{
    /// <summary>Clips rendered side by side; each takes about two processor cores. One more place takes only what somebody waits for.</summary>
    /// <value>Half of the machine's processors, at least 1.</value>
    public int Workers { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Where ffmpeg is; null to look on PATH.</summary>
    public string? FfmpegPath { get; set; }

    /// <summary>Where ffprobe is; null to look beside ffmpeg, then on PATH.</summary>
    public string? FfprobePath { get; set; }

    /// <summary>The shorter side of clips in pixels.</summary>
    /// <value>1080.</value>
    public int ShortSide { get; set; } = 1080;

    /// <summary>How often a running render is asked for its progress.</summary>
    /// <value>500 ms.</value>
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>In which currency nothing is charged; ISO 4217.</summary>
    /// <value>EUR.</value>
    public string Currency { get; set; } = "EUR";
}
