using System.Globalization;
using System.Text.Json.Serialization;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.DashScope;

/// <summary>The answers' members that are read; whatever else comes is ignored, and a member of another type than expected is as if absent.</summary>
internal sealed record TaskAnswer(TaskOutput? Output, string? RequestId, TaskUsage? Usage = null)
{
    public static TaskAnswer? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<TaskAnswer>(body);
}

/// <param name="TaskId">Of the task.</param>
/// <param name="TaskStatus">Its state in the provider's words.</param>
/// <param name="OrigPrompt">The prompt as it was sent; not there before the end.</param>
/// <param name="VideoUrl">Signed, dies after a day.</param>
/// <param name="EndTime">When it ended.</param>
/// <param name="Code">Why it failed.</param>
/// <param name="Message">Why it failed, in words.</param>
internal sealed record TaskOutput(
    string? TaskId, string? TaskStatus, string? OrigPrompt, string? VideoUrl, string? EndTime, string? Code, string? Message);

/// <summary>What a finished task was charged by.</summary>
/// <param name="Duration">In seconds; where a clip was changed, that of both together.</param>
/// <param name="Ratio">Told by some models only.</param>
/// <param name="Lines">As 720.</param>
/// <param name="InputVideoDuration">Of the clip that was changed, which is charged as well; 0 where there was none.</param>
/// <param name="OutputVideoDuration">Of what was made.</param>
internal sealed record TaskUsage(
    string? Duration, string? Ratio, [property: JsonPropertyName("SR")] string? Lines, string? InputVideoDuration = null, string? OutputVideoDuration = null)
{
    /// <summary>Longer than any clip is, and two together: more is of another unit.</summary>
    private const decimal MostSeconds = 100;

    /// <summary>In the words of the price list; null where it is not told.</summary>
    public string? Resolution => Lines?.TrimEnd('p', 'P') is { Length: > 0 } lines ? lines + "P" : null;

    /// <summary>
    /// What was charged; null where that can't be read. Of a clip that was changed both lengths are charged, so there their sum must be what is told:
    /// else nobody knows which of them that is.
    /// </summary>
    public decimal? Seconds(bool isOfBoth) => SecondsOf(Duration) is { } both and > 0
        && (!isOfBoth || (SecondsOf(InputVideoDuration) is { } input and > 0 && SecondsOf(OutputVideoDuration) is { } output && input + output == both)) ? both : null;

    private static decimal? SecondsOf(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= MostSeconds ? seconds : null;
}

/// <summary>A refusal: flat, or in an envelope as OpenAI has it.</summary>
internal sealed record RefusalAnswer(string? Code, string? Message, RefusalError? Error)
{
    /// <summary>null where the body is no refusal in the provider's own words.</summary>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<RefusalAnswer>(body) is { } answer && (answer.Code ?? answer.Error?.Code ?? answer.Error?.Type) is { Length: > 0 } code
            ? (code, answer.Message ?? answer.Error?.Message ?? "") : null;
}

internal sealed record RefusalError(string? Code, string? Message, string? Type);

internal sealed record ListAnswer(int? Total, int? TotalPage, IReadOnlyList<ListRow>? Data)
{
    public static ListAnswer? Read(ReadOnlySpan<byte> body) => SnakeJson.ReadTask<ListAnswer>(body);
}

internal sealed record ListRow(string? TaskId, string? ModelName, string? Status, string? GmtCreate);

internal sealed record UploadAnswer(UploadPolicy? Data)
{
    public static UploadAnswer? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<UploadAnswer>(body);
}

internal sealed record UploadPolicy(
    string? Policy, string? Signature, string? UploadDir, string? UploadHost, string? OssAccessKeyId, string? XOssObjectAcl, string? XOssForbidOverwrite);
