using ProductVideo.Providers;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

/// <summary>How long a finished clip can be had at its provider, and what is told as that runs out.</summary>
internal static class ResultLife
{
    /// <summary>The code of the problem of a clip that dies soon.</summary>
    public const string DiesSoon = "result_expires_soon";

    /// <summary>The code of the problem of a clip that was paid for and is gone.</summary>
    public const string Gone = "result_expired";

    /// <summary>So long before a clip dies somebody is called.</summary>
    private static readonly TimeSpan Alarm = TimeSpan.FromHours(6);

    /// <summary>Fresh addresses come again and again; past this they are no sign of life.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>When the clip dies; null if nothing tells.</summary>
    /// <param name="sources">Where it can be had.</param>
    /// <param name="since">Since when it is known to be ready.</param>
    /// <param name="rules">With the provider's own word.</param>
    public static DateTimeOffset? EndOf(IReadOnlyList<ClipSource> sources, DateTimeOffset since, MachineRules rules)
    {
        var last = sources.Max(source => source switch
        {
            ClipSource.Remote remote => remote.ExpiresAt,
            ClipSource.AtProvider held => held.ExpiresAt,
            _ => null,
        });
        if (rules.ResultLifetime is { } lifetime)
        {
            // A clip that was finished long before it was seen dies before its lifetime from then is over.
            return last < since + lifetime ? last : since + lifetime;
        }

        // An address may die before its clip, so this is only what is known.
        return last > since + Longest ? since + Longest : last;
    }

    /// <summary>When to stop trying: with the clip, or after a time of our own where nothing tells.</summary>
    public static DateTimeOffset GiveUpAt(Fetching fetching, MachineRules rules)
    {
        var ours = fetching.Since + rules.MaxFetching;
        // Where only addresses are known to die, fresh ones are asked for at least as long as always.
        return fetching.DiesAt is not { } dies ? ours : rules.ResultLifetime is null && ours > dies ? ours : dies;
    }

    /// <summary>The problem of a try that failed, as an alarm where the clip dies soon.</summary>
    public static Problem Told(Fetching fetching, Problem problem, DateTimeOffset now)
    {
        if (fetching.DiesAt is not { } dies || dies - now > Shorter(Alarm, (dies - fetching.Since) / 2))
            return problem;
        return new Problem(
            DiesSoon,
            $"The finished video can't be fetched, and the provider deletes it at {dies.UtcDateTime:HH:mm} UTC on {dies.UtcDateTime:yyyy-MM-dd}. It is paid for; whoever runs the server should look now. {problem.MerchantText}",
            $"The result dies at {dies.UtcDateTime:u}: {problem.OperatorText}");
    }

    /// <summary>The end of a clip that was paid for and could not be brought home in time.</summary>
    public static Failed Expired(Problem last) => new(
        new Problem(
            Gone, $"The video was made, but the provider deleted it before it could be fetched. What it cost counts as spent. {last.MerchantText}",
            $"The result died unfetched: {last.OperatorText}"),
        Charged: true);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
