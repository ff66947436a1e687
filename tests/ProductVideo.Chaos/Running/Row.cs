using ProductVideo.Chaos.Checking;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Running;

/// <summary>What one case came to.</summary>
internal sealed class Row(string name, string correlation, int seed)
{
    public string Name { get; } = name;
    public string Correlation { get; } = correlation;
    public int Seed { get; } = seed;
    public int Kills { get; set; }
    public int Orders { get; private set; }
    public int Published { get; private set; }
    public int Parked { get; private set; }
    public List<Violation> Violations { get; } = [];
    public TimeSpan Took { get; set; }

    public void Add(IReadOnlyList<GenerationView> told, IReadOnlyList<Violation> violations)
    {
        Orders += told.Count;
        Published += told.Count(generation => generation.State is "Published");
        Parked += told.Count(generation => generation.State is "InDoubt");
        Violations.AddRange(violations);
    }

    public int Count(params Breach[] breaches) => Violations.Count(violation => breaches.Contains(violation.Breach));
}

/// <summary>The letters that the documents use for the classes.</summary>
internal static class Classes
{
    private static readonly (string Letter, CorrelationClass Class)[] s_all =
    [
        ("T", CorrelationClass.Tag), ("T-late", CorrelationClass.TagWhenFinished), ("K", CorrelationClass.Key),
        ("L", CorrelationClass.ListOnly), ("N", CorrelationClass.Nothing),
    ];

    public static string Short(CorrelationClass correlation) => s_all.First(pair => pair.Class == correlation).Letter;

    public static CorrelationClass Of(string letter) => s_all.First(pair => pair.Letter == letter).Class;
}
