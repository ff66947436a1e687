using ProductVideo.Chaos.Checking;
using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Running;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Scenarios;

/// <summary>A fault that does not kill, or not only: what is set up, and what happens.</summary>
/// <param name="Id">As in the fault table.</param>
/// <param name="What">In words.</param>
/// <param name="Play">Plays it on a fresh lane.</param>
internal sealed record Scenario(string Id, string What, Func<Stage, Task> Play)
{
    /// <summary>How the outside is; made anew for every play.</summary>
    public Func<Knobs> Outside { get; init; } = static () => new Knobs();

    /// <summary>Whoever is looked at only to be found out need not be waited for as long.</summary>
    public static readonly TimeSpan ImpatientWithMistakes = TimeSpan.FromSeconds(20);

    public CorrelationClass Correlation => Outside().Correlation;

    /// <summary>Whether workers wait longer than usual, so that only what the scenario does can make them lose a lease.</summary>
    public bool Patient { get; init; }

    public async Task<Row> RunAsync(Run run, int seed, BadHabit habit = BadHabit.None)
    {
        var took = System.Diagnostics.Stopwatch.StartNew();
        var row = new Row($"{Id} {What}", Classes.Short(Correlation), seed);
        await using var lane = await Lane.OpenAsync(
            run, $"{Id}-{habit}-{seed}-{Guid.NewGuid().ToString("n")[..4]}", new LaneSettings
            {
                Knobs = Outside(), Seed = seed, Habit = habit, Patient = Patient,
                Patience = habit is BadHabit.None ? LaneSettings.LongPatience : ImpatientWithMistakes,
            });
        await Play(new Stage(lane, row, new Random(seed)));
        row.Took = took.Elapsed;
        return row;
    }
}

/// <summary>Where a scenario plays: the lane, and what is written down about it.</summary>
internal sealed record Stage(Lane Lane, Row Row, Random Chance)
{
    public World World => Lane.World;

    /// <summary>Sends orders until each is answered, and does not wait for their end.</summary>
    public async Task<Batch> OrderAsync(int count)
    {
        var batch = Lane.NewBatch(count);
        await Lane.SendAllAsync(batch);
        return batch;
    }

    /// <summary>Waits for the end, checks, and says of each generation in which state it must be.</summary>
    public async Task EndAsync(Batch batch, Func<GenerationView, bool>? expected = null)
    {
        await Lane.QuietAsync(batch);
        var told = await Lane.ToldAsync(batch);
        Row.Add(told, await Lane.CheckAsync(batch));
        foreach (var generation in told.Where(generation => !(expected ?? IsPublished)(generation)))
            Unexpected(generation.Product, $"ended {generation.State}: {generation.Problem?.Code}, {generation.Problem?.OperatorText}");
    }

    /// <summary>After a backup was put back: what would have gone to its listing by itself waits for a person, who approves it here.</summary>
    public async Task EndRestoredAsync(Batch batch, Func<GenerationView, bool>? expected = null)
    {
        await Lane.QuietAsync(batch);
        foreach (var waiting in (await Lane.ToldAsync(batch)).Where(generation => generation.State is "AwaitingReview"))
            await Lane.Worker.Api.CommandAsync(waiting.Id, "approve");
        await EndAsync(batch, expected);
    }

    public void Unexpected(string product, string what) => Row.Violations.Add(new Violation(Breach.Unexpected, product, what));

    /// <summary>Waits until something is seen outside; says so if it never is.</summary>
    public async Task<bool> UntilAsync(Func<bool> seen, string what)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(2);)
        {
            if (seen())
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }

        Unexpected("-", $"never came about: {what}");
        return false;
    }

    public static bool IsPublished(GenerationView generation) => generation.State is "Published";
}
