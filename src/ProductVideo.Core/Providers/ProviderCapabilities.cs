using System.Globalization;

namespace ProductVideo.Providers;

/// <summary>What one model of one provider takes and gives. The planner asks nothing that is not in here.</summary>
public sealed record ProviderCapabilities
{
    public required VideoModes Modes { get; init; }

    public required DurationRule Duration { get; init; }

    /// <summary>The provider's own words, best first, for example <c>1080P</c>.</summary>
    public required IReadOnlyList<string> Resolutions { get; init; }

    public required AspectRule Aspect { get; init; }

    public required ImageRule Images { get; init; }

    public required PromptRule Prompt { get; init; }

    /// <summary>Which clips a model with <see cref="VideoModes.Edit"/> takes; null for all others.</summary>
    public SourceClipRule? SourceClip { get; init; }

    /// <summary>For a model that takes the listing's title and description as such and writes its own script from them; null for all others.</summary>
    public ProductWordsRule? ProductWords { get; init; }

    public AudioSupport Audio { get; init; }

    /// <summary>Whether the same seed gives a like clip.</summary>
    public bool TakesSeed { get; init; }

    /// <summary>How a submit whose answer was lost can be found again.</summary>
    public required CorrelationClass Correlation { get; init; }

    /// <summary>Whether a second order under the intent's nonce is refused while there is one, so that a lost order may be sent under it again.</summary>
    public bool RefusesSameNonce { get; init; }

    public BillingRule Billing { get; init; }

    /// <summary>How long a new task is left alone before it is looked at for the first time: no clip is ready sooner.</summary>
    public TimeSpan FirstLook { get; init; }

    /// <summary>How long a finished clip can be fetched; null for ever.</summary>
    public TimeSpan? ResultLifetime { get; init; }

    /// <summary>
    /// How long a task that was accepted is surely known to the provider: one that it does not show before is asked about on. Zero where tasks are gone with a
    /// restart of the server, and where the provider itself tells of each task whether it is only not shown.
    /// </summary>
    public TimeSpan KeepsTasks { get; init; }

    /// <summary>
    /// True if the clip is made by resampling the product's own photographs, so that no model redraws the product.
    /// False for every generative model; its clips carry AI marks and are checked for drift.
    /// </summary>
    public bool KeepsPixels { get; init; }

    /// <summary>Raised when the same order would give other frames than before, so that a clip of the old kind is not taken for what is ordered now.</summary>
    public int Revision { get; init; }

    /// <summary>Whether it makes no clip of its own, but only changes one that is there.</summary>
    public bool OnlyEdits => Modes is VideoModes.Edit;

    /// <summary>Whether it can change a clip that is there.</summary>
    public bool Edits => Modes.HasFlag(VideoModes.Edit) && SourceClip is not null;
}

[Flags]
public enum VideoModes
{
    None = 0,
    TextToVideo = 1,

    /// <summary>The clip starts at a given picture.</summary>
    FirstFrame = 2,
    FirstLastFrame = 4,

    /// <summary>Pictures show what the product looks like; the prompt refers to them.</summary>
    References = 8,

    /// <summary>A clip that is there is changed as the prompt says; it keeps its length and its ratio.</summary>
    Edit = 16,

    /// <summary>Pictures are filmed one after the other as they are.</summary>
    Slideshow = 32,
}

/// <summary>Lengths a model can make, in seconds.</summary>
public sealed record DurationRule
{
    private DurationRule(decimal min, decimal max, IReadOnlyList<decimal>? only)
    {
        Min = min;
        Max = max;
        Only = only;
    }

    public decimal Min { get; }

    public decimal Max { get; }

    /// <summary>The sole lengths allowed; null if every whole second between <see cref="Min"/> and <see cref="Max"/> is.</summary>
    public IReadOnlyList<decimal>? Only { get; }

    public static DurationRule Between(decimal min, decimal max) => new(min, max, null);

    public static DurationRule OneOf(params decimal[] seconds) => new(seconds.Min(), seconds.Max(), seconds);

    /// <summary>The allowed length nearest to <paramref name="seconds"/>; of two equally near the shorter, which costs less.</summary>
    public decimal Nearest(decimal seconds) =>
        Only is null
            ? Math.Clamp(Math.Round(seconds, MidpointRounding.ToZero), Min, Max)
            : Only.OrderBy(s => Math.Abs(s - seconds)).ThenBy(s => s).First();
}

/// <summary>How a model decides the clip's aspect ratio.</summary>
/// <param name="Ratios">The only ratios that it makes, for example <c>16:9</c>; empty if it can't be asked for one.</param>
/// <param name="FollowsImage">
/// Whether the clip takes the ratio of its first picture, which must then be fitted to the ratio wanted: one of <paramref name="Ratios"/>, or any
/// that <see cref="ImageRule.MaxRatio"/> allows where those are empty.
/// </param>
public sealed record AspectRule(IReadOnlyList<string> Ratios, bool FollowsImage);

/// <summary>Which pictures a model takes.</summary>
public sealed record ImageRule
{
    /// <summary>Of <c>jpeg</c>, <c>png</c>, <c>webp</c>, <c>avif</c>; the first is what pictures are converted to.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    public required int MaxCount { get; init; }

    /// <summary>Shortest side in pixels.</summary>
    public int MinSide { get; init; }

    /// <summary>Longest side in pixels.</summary>
    public int MaxSide { get; init; } = 4096;

    /// <summary>Widest allowed width to height, and its inverse the narrowest.</summary>
    public decimal MaxRatio { get; init; } = 2.5m;

    public long MaxBytes { get; init; } = 10_000_000;

    /// <summary>Whether pictures are read from the blob store by this very process, as they were stored; all others are fitted to the rule and sent.</summary>
    public bool ReadsBlobs { get; init; }

    /// <summary>Sizes of which the first frame must have exactly the one of its clip; empty where any size within the rule will do.</summary>
    public IReadOnlyList<FrameSize> FrameSizes { get; init; } = [];

    /// <summary>The size that the first frame of such a clip must have; null if it is free.</summary>
    public FrameSize? FrameSizeOf(string? resolution, string aspect) =>
        FrameSizes.FirstOrDefault(size => size.Aspect == aspect && (resolution is null || size.Resolution == resolution));
}

/// <summary>A frame in pixels.</summary>
/// <param name="Resolution">The resolution that it belongs to, as the model calls it.</param>
/// <param name="Aspect">The ratio that it stands for; it may be a little off, because models want sides that divide by 16 or 32.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record FrameSize(string Resolution, string Aspect, int Width, int Height);

/// <summary>Which clips a model can change.</summary>
public sealed record SourceClipRule
{
    public required decimal MinSeconds { get; init; }

    public required decimal MaxSeconds { get; init; }

    public required long MaxBytes { get; init; }

    /// <summary>Shortest side in pixels.</summary>
    public required int MinSide { get; init; }

    /// <summary>Longest side in pixels.</summary>
    public required int MaxSide { get; init; }

    /// <summary>Why this clip can't be changed, in words for the merchant; null if it can.</summary>
    public string? Refuse(RequestClip clip) =>
        clip.Seconds < MinSeconds || clip.Seconds > MaxSeconds
            ? string.Create(CultureInfo.InvariantCulture, $"This model changes videos of {MinSeconds:0.##} to {MaxSeconds:0.##} seconds; this one lasts {clip.Seconds:0.##}.")
        : clip.Length > MaxBytes ? string.Create(CultureInfo.InvariantCulture, $"This model changes videos of up to {MaxBytes / 1_000_000} MB; this one has {clip.Length / 1_000_000m:0.#}.")
        : Math.Min(clip.Width, clip.Height) < MinSide || Math.Max(clip.Width, clip.Height) > MaxSide
            ? $"This model changes videos whose sides are {MinSide} to {MaxSide} pixels long; this one has {clip.Width} × {clip.Height}."
        : null;
}

/// <summary>How long a prompt may be, counted as the provider counts.</summary>
public sealed record PromptRule
{
    /// <summary>Most units; 0 if the model takes no prompt.</summary>
    public required int MaxUnits { get; init; }

    public PromptUnit Unit { get; init; } = PromptUnit.Characters;

    /// <summary>Whether a separate negative prompt is taken; if not, the composer says in the prompt what must not happen.</summary>
    public bool TakesNegative { get; init; }

    public int MaxNegativeUnits { get; init; }

    /// <summary>How the n-th picture is named in the prompt, with <c>{0}</c> for n from 1, for example <c>[Image {0}]</c>; null if pictures can't be named.</summary>
    public string? ImageReference { get; init; }
}

/// <summary>How much a model reads of a listing.</summary>
/// <param name="MaxTitle">Most UTF-16 units of the title.</param>
/// <param name="MaxDescription">Most UTF-16 units of the description; 0 if it takes none.</param>
public sealed record ProductWordsRule(int MaxTitle, int MaxDescription);

public enum PromptUnit
{
    /// <summary>Unicode code points.</summary>
    Characters,

    Utf16Units,

    Utf8Bytes,

    /// <summary>A CJK character counts 2, any other 1: "5000 non-Chinese or 2500 Chinese characters".</summary>
    CjkCountsDouble,
}

public enum AudioSupport
{
    Never,
    Optional,
    Always,
}

/// <summary>How a submit whose answer was lost can be found again; decides recovery.</summary>
public enum CorrelationClass
{
    /// <summary>N: no list, nothing of ours is echoed. Park at once.</summary>
    Nothing,

    /// <summary>L: a list with ids and times, nothing of ours. One unproven submit at a time; adopt by elimination, else park.</summary>
    ListOnly,

    /// <summary>T: a list or get echoes something we chose. Find it and adopt it.</summary>
    Tag,

    /// <summary>T-late: the tag shows only once the task has ended.</summary>
    TagWhenFinished,

    /// <summary>K: create takes a key, and the same key gives the same task.</summary>
    Key,
}

public enum BillingRule
{
    Free,
    OnSuccess,

    /// <summary>Refusals by moderation are charged too.</summary>
    OnModerationToo,
    Unknown,
}
