using ProductVideo.Clips;
using ProductVideo.Hosting;

namespace ProductVideo.Pipeline;

/// <summary>Times and places of the pipeline. Bound from the section <c>ProductVideo:Pipeline</c>.</summary>
public sealed class PipelineOptions
{
    /// <summary>How long a claim lives without being renewed. Must be longer than any single call's time-out.</summary>
    /// <value>90 s.</value>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// Longer than this, and a render is in doubt. For up to 20 h it does not count what a task waits in its provider's own queue, nor ever the time in which
    /// the provider could not be asked.
    /// </summary>
    /// <value>2 h.</value>
    public TimeSpan MaxRendering { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long after a lost submit the provider's list is trusted to show it. Longer than any provider's list lags.</summary>
    /// <value>3 min.</value>
    public TimeSpan Settle { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>A new task is first asked about when its provider's clips may be ready at the earliest, and after this at the latest.</summary>
    /// <value>1 min.</value>
    public TimeSpan LongestFirstLook { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often due rows are looked for when nothing wakes the sweep.</summary>
    /// <value>1 s.</value>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many generations the sweep moves one by one, side by side: all that takes long, as downloads and uploads do.</summary>
    /// <value>16.</value>
    public int SweepParallel { get; set; } = 16;

    /// <summary>Places beside <see cref="SweepParallel"/> that only finished clips' downloads take, however slow everything else is.</summary>
    /// <value>4.</value>
    public int DownloadParallel { get; set; } = 4;

    /// <summary>How many orders and tasks the sweep takes at once, half of them orders: written down together, sent or asked about side by side.</summary>
    /// <value>400.</value>
    public int SweepBatch { get; set; } = 400;

    /// <summary>Calls of batches to one provider at a time: so many that send, and so many that ask.</summary>
    /// <value>64.</value>
    public int CallsAtOnce { get; set; } = 64;

    /// <summary>Where files are worked on before they are stored; emptied of leftovers at start. Always in the data folder.</summary>
    internal string WorkFolder { get; set; } = Path.Combine(Path.GetTempPath(), "productvideo");

    /// <summary>Bytes that a finished clip may have.</summary>
    /// <value>512 MB.</value>
    public long MaxClipBytes { get; set; } = ClipRules.MaxBytes;

    /// <summary>Whether a clip that a model drew is compared with the product's pictures, and one that looks different waits for a person whatever was agreed.</summary>
    /// <value>true.</value>
    public bool CompareWithPictures { get; set; } = true;

    /// <summary><c>host:port</c> of providers on this machine whose clips may be fetched from a loopback address; none unless named.</summary>
    public IList<string> LoopbackAllowed { get; } = [];

    internal IEnumerable<string> Mistakes() =>
    [
        .. SettingRules.Time("Pipeline:Lease", Lease, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(15)),
        .. SettingRules.Time("Pipeline:MaxRendering", MaxRendering, TimeSpan.FromMinutes(1), TimeSpan.FromHours(23)),
        .. SettingRules.Time("Pipeline:Settle", Settle, TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. SettingRules.Time("Pipeline:LongestFirstLook", LongestFirstLook, TimeSpan.Zero, TimeSpan.FromMinutes(15)),
        .. SettingRules.Time("Pipeline:SweepEvery", SweepEvery, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
        .. SettingRules.Number("Pipeline:SweepParallel", SweepParallel, 1, 1_000),
        .. SettingRules.Number("Pipeline:DownloadParallel", DownloadParallel, 1, 1_000),
        .. SettingRules.Number("Pipeline:SweepBatch", SweepBatch, 2, 100_000),
        .. SettingRules.Number("Pipeline:CallsAtOnce", CallsAtOnce, 1, 10_000),
        .. SettingRules.Number("Pipeline:MaxClipBytes", MaxClipBytes, 1, ClipRules.MaxBytes),
    ];
}
