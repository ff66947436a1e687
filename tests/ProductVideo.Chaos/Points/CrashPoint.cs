namespace ProductVideo.Chaos.Points;

/// <summary>A place where a worker may die.</summary>
/// <param name="Id">As in the crash table.</param>
/// <param name="Where">In words.</param>
/// <param name="Outside">Whether the provider or the shop kills the worker at that instant, instead of the worker itself.</param>
internal sealed record CrashPoint(string Id, string Where, bool Outside = false)
{
    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        new("P01", "before the commit of accept"),
        new("P02", "after accept, before the claim"),
        new("P03", "intent committed, before the POST"),
        new("P04", "POST arrived, not stored", Outside: true),
        new("P05", "task stored, not answered", Outside: true),
        new("P06", "answer read, id not saved"),
        new("P07", "id saved"),
        new("P08", "during a check", Outside: true),
        new("P09", "ready, not saved"),
        new("P10", "mid-download", Outside: true),
        new("P11", "bytes on disk, blob not in place"),
        new("P12", "blob in place, not saved"),
        new("P13", "clip saved, before the attach"),
        new("P13b", "attach arrived, not stored", Outside: true),
        new("P14", "media stored, not answered", Outside: true),
        new("P15", "attach answered, not saved"),
        new("P16", "published"),
        new("P17", "inside the commit that settles the hold"),
        new("P20", "call written down, not answered"),
        new("P20b", "call answered, not followed", Outside: true),
    ];

    /// <summary>Whether it is passed only where the provider calls back.</summary>
    public bool OfCallback => Id is "P20" or "P20b";

    /// <summary>While the tables are made; enumerated on an empty folder instead of with orders under way.</summary>
    public const string Migration = "P19";

    public static CrashPoint Of(string id) =>
        All.FirstOrDefault(point => point.Id == id) ?? throw new ArgumentException($"There is no point '{id}'; there are {string.Join(", ", All.Select(p => p.Id))}.", nameof(id));

    /// <summary>Those between the intent and the id: the only ones where a provider's class makes a difference.</summary>
    public static IEnumerable<CrashPoint> OfSubmit => All.Where(point => point.Id is "P03" or "P04" or "P05" or "P06" or "P07");
}
