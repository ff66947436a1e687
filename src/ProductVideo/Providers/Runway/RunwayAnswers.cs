using System.Text.Json.Serialization;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Runway;

/// <summary>A task, as a submit and a question show it; the submit names the id and an estimate only.</summary>
internal sealed record RunwayTask(
    string? Id, string? Status, double? Progress, IReadOnlyList<string>? Output, string? Failure,
    [property: JsonPropertyName("failureCode")] string? FailureCode, RunwayCost? Cost)
{
    /// <summary>0 to 1; the documentation does not say whether it is told so or in per cent.</summary>
    public double? Share => Progress is { } told ? Math.Clamp(told > 1 ? told / 100 : told, 0, 1) : null;

    public static RunwayTask? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<RunwayTask>(body);
}

/// <param name="Credits">What stays charged once a task has ended.</param>
internal sealed record RunwayCost(decimal? Credits);

/// <summary>The account: what it has, what it may do and what it did.</summary>
internal sealed record RunwayOrganization(
    [property: JsonPropertyName("creditBalance")] decimal? CreditBalance, RunwayTier? Tier, RunwayUsage? Usage)
{
    /// <summary>Whether as many clips of the model were made in the last 24 hours as the account may.</summary>
    public bool HasUsedUp(string model) =>
        Tier?.Models?.GetValueOrDefault(model)?.MaxDailyGenerations is { } most && Usage?.Models?.GetValueOrDefault(model)?.DailyGenerations >= most;

    public static RunwayOrganization? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<RunwayOrganization>(body) is { CreditBalance: not null } read ? read : null;
}

internal sealed record RunwayTier(Dictionary<string, RunwayLimit>? Models);

/// <param name="MaxDailyGenerations">null for no limit.</param>
internal sealed record RunwayLimit([property: JsonPropertyName("maxDailyGenerations")] int? MaxDailyGenerations);

internal sealed record RunwayUsage(Dictionary<string, RunwayUse>? Models);

internal sealed record RunwayUse([property: JsonPropertyName("dailyGenerations")] int? DailyGenerations);

internal sealed record RunwayRefusal(string? Error)
{
    /// <summary>null where the body is no refusal in the provider's own words. They carry no code: the status alone tells what they mean.</summary>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<RunwayRefusal>(body)?.Error is { Length: > 0 } message ? ("error", message) : null;
}
