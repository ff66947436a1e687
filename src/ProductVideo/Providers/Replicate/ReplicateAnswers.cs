using System.Globalization;
using System.Text.Json;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.Replicate;

/// <summary>A task, as every answer shows it. After an hour its input and output are deleted, and it stays.</summary>
internal sealed record ReplicatePrediction(
    string? Id, string? Model, string? Status, JsonElement? Input, JsonElement? Output, string? Error, string? DataRemoved,
    string? CreatedAt, string? StartedAt, string? CompletedAt)
{
    public static ReplicatePrediction? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<ReplicatePrediction>(body);

    public DateTimeOffset? Created => TimeOf(CreatedAt);

    public DateTimeOffset? Completed => TimeOf(CompletedAt);

    /// <summary>The first address, or the only one.</summary>
    public string? Address => Output switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } all => all.EnumerateArray().Where(one => one.ValueKind is JsonValueKind.String).Select(one => one.GetString()).FirstOrDefault(),
        _ => null,
    };

    /// <summary>What was sent under a name; null if it was no text, or is no longer told.</summary>
    public string? Sent(string name) =>
        Input is { ValueKind: JsonValueKind.Object } input && input.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>What was sent under a name, as text whatever it was; null if it is not told.</summary>
    public string? Told(string name) => Sent(name)
        ?? (Input is { ValueKind: JsonValueKind.Object } input && input.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetRawText() : null);

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

/// <param name="Next">Address of the next page; null at the end.</param>
/// <param name="Results">The newest first.</param>
internal sealed record ReplicateList(string? Next, IReadOnlyList<ReplicatePrediction>? Results)
{
    public static ReplicateList? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<ReplicateList>(body);
}

internal sealed record ReplicateAccount(string? Username)
{
    public static ReplicateAccount? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<ReplicateAccount>(body);
}

/// <summary>A refusal. It has no code but the status, which stands in it once more.</summary>
internal sealed record ReplicateRefusal(string? Title, string? Detail, string? Status, string? RetryAfter)
{
    /// <summary>null where the body is no refusal in the provider's own words.</summary>
    public static ReplicateRefusal? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<ReplicateRefusal>(body) is { Detail.Length: > 0 } refusal ? refusal : null;

    public TimeSpan? Wait => decimal.TryParse(RetryAfter, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= 86_400
        ? TimeSpan.FromSeconds((double)seconds) : null;
}
