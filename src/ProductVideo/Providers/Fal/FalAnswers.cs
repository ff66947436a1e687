using System.Text.Json;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Fal;

/// <summary>What a submit and a question about its state show.</summary>
internal sealed record FalRequest(string? RequestId, string? Status, string? StatusUrl, string? ResponseUrl, string? CancelUrl)
{
    public static FalRequest? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<FalRequest>(body);
}

/// <summary>What a model made.</summary>
internal sealed record FalResult(FalFile? Video)
{
    public static FalResult? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<FalResult>(body);
}

internal sealed record FalFile(string? Url);

/// <summary>
/// A refusal in one of fal's forms: <c>detail</c> as a list of mistakes with a type each (a model's), or as a text, with an
/// <c>error_type</c> (what runs the models) or without (the queue's own).
/// </summary>
internal sealed record FalRefusal(JsonElement? Detail, string? ErrorType)
{
    /// <summary>Said where no code comes along, so that the status decides.</summary>
    public const string NoCode = "no type";

    private const string Content = "content_policy_violation";

    /// <summary>null where the body is no refusal in the provider's own words.</summary>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<FalRefusal>(body) switch
    {
        { Detail: { ValueKind: JsonValueKind.String } said } refusal => (refusal.ErrorType ?? NoCode, said.GetString()!),
        { Detail: { ValueKind: JsonValueKind.Array } list } when list.EnumerateArray().Select(Mistake).ToList() is { Count: > 0 } mistakes =>
            (mistakes.Select(mistake => mistake.Type).FirstOrDefault(type => type == Content) ?? mistakes[0].Type, string.Join("; ", mistakes.Select(mistake => mistake.Said))),
        _ => null,
    };

    /// <summary>Whether it says that somebody stopped the request.</summary>
    public static bool IsCancelled(SubmitAnswer answer) => answer is SubmitAnswer.Answered { Status: >= 400 } said && Read(said.Body) is ("client_cancelled", _);

    /// <summary>Without its <c>input</c>, which shows what was sent again, pictures and all.</summary>
    private static (string Type, string Said) Mistake(JsonElement mistake) => mistake.ValueKind is not JsonValueKind.Object ? (NoCode, mistake.GetRawText())
        : (Text(mistake, "type") ?? NoCode, $"{(mistake.TryGetProperty("loc", out var place) ? place.GetRawText() : "")} {Text(mistake, "msg")}".Trim());

    private static string? Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String && text.GetString() is { Length: > 0 } said ? said : null;
}
