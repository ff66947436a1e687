using System.Globalization;
using System.Text.Json;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>A task as any of the servers shows it; what they disagree about is read leniently.</summary>
internal sealed record VideoAnswer(string? Id, string? Status, string? Prompt, string? Model, string? Progress, string? CreatedAt, string? ExpiresAt, JsonElement? Error, string? Seconds = null)
{
    public static VideoAnswer? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<VideoAnswer>(body);

    /// <summary>0 to 1. A whole number is of 100, as documented; one with a point that is no more than 1 is a share.</summary>
    public double? Share => Progress is { } text && double.TryParse(text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
        ? Math.Clamp(number <= 1 && text.Contains('.') ? number : number / 100, 0, 1) : null;

    public DateTimeOffset? Created => Time(CreatedAt);

    public DateTimeOffset? Expires => Time(ExpiresAt);

    /// <summary>Why it failed.</summary>
    public (string Code, string Message) Failure => Error is { } error ? RefusalAnswer.Of(error) ?? ("", error.GetRawText()) : ("", "");

    /// <summary>Seconds since 1970, whole or not.</summary>
    private static DateTimeOffset? Time(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? UnixTime.Seconds(seconds) : null;
}

/// <summary>A page of the list; <c>has_more</c> is not there everywhere.</summary>
internal sealed record VideoList(IReadOnlyList<VideoAnswer>? Data, bool? HasMore)
{
    public static VideoList? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<VideoList>(body);
}

/// <summary>A refusal: OpenAI's envelope, vLLM's bare text in it, or FastAPI's <c>detail</c>.</summary>
internal sealed record RefusalAnswer(JsonElement? Error, JsonElement? Detail)
{
    /// <summary>null where the body is no refusal in the server's own words.</summary>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<RefusalAnswer>(body) switch
    {
        { Error: { } error } => Of(error),
        { Detail: { } detail } => Of(detail),
        _ => null,
    };

    /// <summary>The code is empty where only words are given.</summary>
    public static (string Code, string Message)? Of(JsonElement said) => said.ValueKind switch
    {
        JsonValueKind.String => ("", said.GetString()!),
        JsonValueKind.Array => ("", said.GetRawText()),
        JsonValueKind.Object => (Text(said, "code") ?? Text(said, "type") ?? "", Text(said, "message") ?? said.GetRawText()),
        _ => null,
    };

    private static string? Text(JsonElement said, string member) => !said.TryGetProperty(member, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}

internal sealed record DeletedAnswer(bool? Deleted)
{
    public static DeletedAnswer? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<DeletedAnswer>(body);
}
