using ProductVideo.Exchange;

namespace ProductVideo.Providers.Seedance;

/// <summary>A task, as a submit, a poll and the list show it; the submit names the id only.</summary>
internal sealed record ArkTask(
    string? Id, string? Model, string? Status, ArkContent? Content, ArkError? Error, ArkUsage? Usage, decimal? CreatedAt, decimal? UpdatedAt,
    string? Resolution, string? SafetyIdentifier, bool? GenerateAudio)
{
    public DateTimeOffset? Created => UnixTime.Seconds(CreatedAt);

    public DateTimeOffset? Updated => UnixTime.Seconds(UpdatedAt);

    public static ArkTask? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<ArkTask>(body);
}

internal sealed record ArkContent(string? VideoUrl);

internal sealed record ArkUsage(decimal? CompletionTokens, decimal? TotalTokens);

internal sealed record ArkError(string? Code, string? Message);

internal sealed record ArkList(int? Total, IReadOnlyList<ArkTask>? Items)
{
    public static ArkList? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<ArkList>(body);
}

internal sealed record ArkRefusal(ArkError? Error)
{
    /// <summary>null where the body is no refusal in the provider's own words.</summary>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<ArkRefusal>(body)?.Error is { Code: { Length: > 0 } code } error ? (code, error.Message ?? "") : null;
}
