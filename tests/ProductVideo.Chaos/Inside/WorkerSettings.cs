using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProductVideo.Providers;

namespace ProductVideo.Chaos.Inside;

/// <summary>What a worker process is told on its command line.</summary>
/// <param name="Data">Its data folder.</param>
/// <param name="World">The address of provider and shop.</param>
/// <param name="Tools">The folder of the world's films, and of what ffmpeg said of them.</param>
/// <param name="Epoch">Of the run's clock.</param>
/// <param name="Ahead">How far this worker's clock is wrong, on the run's clock.</param>
/// <param name="Correlation">The provider's class.</param>
/// <param name="Habit">The mistake that it makes.</param>
/// <param name="Crash">Armed from the very start, as <c>P19:3</c>; null for none.</param>
/// <param name="NewKey">Makes an API key and prints it.</param>
/// <param name="Database">Npgsql's connection string; null for a file in the data folder.</param>
/// <param name="Patient">Waits longer for answers, and leases longer, than most scenarios have time for.</param>
internal sealed record WorkerSettings(
    string Data, string World, string Tools, DateTimeOffset Epoch, TimeSpan Ahead, CorrelationClass Correlation, BadHabit Habit, string? Crash, bool NewKey, string? Database, bool Patient)
{
    public bool Has(BadHabit habit) => Habit == habit;

    public IReadOnlyList<string> ToArguments() =>
    [
        "--data", Data, "--world", World, "--tools", Tools, "--epoch", Epoch.UtcTicks.ToString(CultureInfo.InvariantCulture),
        "--ahead", Ahead.TotalSeconds.ToString(CultureInfo.InvariantCulture), "--correlation", Correlation.ToString(), "--habit", Habit.ToString(),
        "--crash", Crash ?? "", "--newkey", NewKey.ToString(), "--database", Database ?? "", "--patient", Patient.ToString(),
    ];

    public static WorkerSettings Parse(string[] arguments)
    {
        var given = new ConfigurationBuilder().AddCommandLine(arguments).Build();
        return new WorkerSettings(
            given["data"]!, given["world"]!, given["tools"]!, new DateTimeOffset(long.Parse(given["epoch"]!, CultureInfo.InvariantCulture), TimeSpan.Zero),
            TimeSpan.FromSeconds(double.Parse(given["ahead"]!, CultureInfo.InvariantCulture)), Enum.Parse<CorrelationClass>(given["correlation"]!),
            Enum.Parse<BadHabit>(given["habit"]!), given["crash"] is { Length: > 0 } crash ? crash : null, bool.Parse(given["newkey"]!),
            given["database"] is { Length: > 0 } database ? database : null,
            bool.Parse(given["patient"]!));
    }
}
