namespace ProductVideo.Benchmarks.Remote;

/// <summary>Tasks of 60 to 180 s, at fifty times their speed.</summary>
internal static class RemoteTasks
{
    public const int Speed = 50;

    /// <summary>A side does so many before it is measured: a server works in a process that has worked before.</summary>
    public const int WarmUp = 1_000;

    private const double Shortest = 60;
    private const double Longest = 180;

    public static TimeSpan LongestTask { get; } = TimeSpan.FromSeconds(Longest / Speed);

    public static TimeSpan MeanTask { get; } = TimeSpan.FromSeconds((Shortest + Longest) / 2 / Speed);

    /// <summary>What the provider asks to be left alone for between two looks: a minute.</summary>
    public static TimeSpan AskAfter { get; } = TimeSpan.FromSeconds(60.0 / Speed);

    /// <summary>Evenly spread, and the same in every run.</summary>
    public static TimeSpan Length(int task) => TimeSpan.FromSeconds((Shortest + (Longest - Shortest) * (task * 0.6180339887 % 1)) / Speed);
}
