using ProductVideo.Hosting;

namespace ProductVideo.Changes;

/// <summary>How changes in the shops are noticed. Bound from the section <c>ProductVideo:Changes</c>.</summary>
public sealed class ChangesOptions
{
    /// <summary>How often all products of a shop are gone through, for changes that no call told of.</summary>
    /// <value>6 h.</value>
    public TimeSpan ScanEvery { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// How often a shop that can list what changed since is asked for that between two scans. One that lists most of its products then is asked each
    /// <see cref="ScanEvery"/>.
    /// </summary>
    /// <value>1 h.</value>
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// So many products of a shop a scan lists in a minute, and as many more as it takes to be through within <see cref="ScanEvery"/>, up to
    /// <see cref="FirstProductsPerMinute"/>.
    /// </summary>
    /// <value>600.</value>
    public int ProductsPerMinute { get; set; } = 600;

    /// <summary>The same while a shop's products are gone through for the first time.</summary>
    /// <value>12,000.</value>
    public int FirstProductsPerMinute { get; set; } = 12_000;

    /// <summary>How long a product is left alone after the last hint that it changed: several edits in a row make one look.</summary>
    /// <value>2 min.</value>
    public TimeSpan Quiet { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long after the first hint it is looked at, however many follow.</summary>
    /// <value>15 min.</value>
    public TimeSpan Latest { get; set; } = TimeSpan.FromMinutes(15);

    internal IEnumerable<string> Mistakes() =>
    [
        // Three days, because who means 6 hours by 6 says six days.
        .. SettingRules.Time("Changes:ScanEvery", ScanEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3)),
        .. SettingRules.Time("Changes:AskEvery", AskEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3)),
        .. SettingRules.Number("Changes:ProductsPerMinute", ProductsPerMinute, 1, 100_000),
        .. SettingRules.Number("Changes:FirstProductsPerMinute", FirstProductsPerMinute, 1, 100_000),
        .. SettingRules.Time("Changes:Quiet", Quiet, TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. SettingRules.Time("Changes:Latest", Latest, Quiet, TimeSpan.FromHours(12)),
    ];
}
