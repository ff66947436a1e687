namespace ProductVideo.Providers.Fal;

/// <summary>A model at fal. Of those that <see cref="FalPreset"/> knows only the id and the price are needed; what is set here stands above it.</summary>
public sealed class FalModelOptions
{
    /// <summary>As in its address, for example <c>fal-ai/wan/v2.7/image-to-video</c>. It must film one picture.</summary>
    public string Id { get; set; } = "";

    /// <summary>What a second of clip costs, for resolutions that <see cref="PricePerSecondAt"/> does not name.</summary>
    public decimal? PricePerSecond { get; set; }

    /// <summary>What a second of clip costs, by resolution.</summary>
    public IDictionary<string, decimal> PricePerSecondAt { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>Lengths that it makes, in whole seconds.</summary>
    public IList<int> Seconds { get; } = [];

    /// <summary>Whether the length is sent as a text, <c>"5"</c>, as most models here want it.</summary>
    public bool? SecondsAsText { get; set; }

    /// <summary>In the model's own words, the default first; empty if it can't be asked for.</summary>
    public IList<string> Resolutions { get; } = [];

    /// <summary>Ratios that it makes, sent as <c>aspect_ratio</c>; empty if the clip follows its picture.</summary>
    public IList<string> Aspects { get; } = [];

    /// <summary>The name of the field for the picture.</summary>
    public string? PictureField { get; set; }

    /// <summary>Whether it makes sound: <c>Never</c>, <c>Always</c>, or <c>Optional</c> where <c>generate_audio</c> switches it.</summary>
    public AudioSupport? Audio { get; set; }

    /// <summary>Whether it takes <c>seed</c>.</summary>
    public bool? TakesSeed { get; set; }

    /// <summary>Longest prompt in characters.</summary>
    public int? MaxPrompt { get; set; }

    /// <summary>Longest <c>negative_prompt</c> in characters; 0 if it takes none.</summary>
    public int? MaxNegativePrompt { get; set; }

    /// <summary>More fields by name, read as JSON where they are any (<c>true</c>, <c>0.5</c>) and as a text otherwise; an empty one takes away a preset's.</summary>
    public IDictionary<string, string> Extra { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
