using System.Text.Json;
using System.Text.Json.Serialization;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.GeminiOmni;

/// <summary>An interaction, as a submit, a question and a cancellation show it.</summary>
internal sealed record GeminiInteraction(string? Id, string? Status, IReadOnlyList<GeminiStep>? Steps, GeminiContent? OutputVideo, IReadOnlyList<GeminiError>? Errors)
{
    /// <summary>The clip, wherever the answer has it; null if there is none.</summary>
    public GeminiContent? Video => new[] { OutputVideo }.Concat((Steps ?? []).Reverse().SelectMany(step => step.Content ?? []).Where(content => content.Type == "video"))
        .FirstOrDefault(content => content is { Uri.Length: > 0 } or { Data.Length: > 0 });

    /// <summary>What the service says about why there is no clip, for the operator.</summary>
    public string Reasons => string.Join("; ", (Errors ?? []).Concat((Steps ?? []).Select(step => step.Error).OfType<GeminiError>())
        .Select(error => $"{error.Code}: {error.Message}").Concat(Words).DefaultIfEmpty("no reason is given"));

    private IEnumerable<string> Words => (Steps ?? []).Where(step => step.Type == "model_output").SelectMany(step => step.Content ?? [])
        .Where(content => content.Type == "text").Select(content => content.Text).OfType<string>();

    /// <summary>Member by member only where that tells enough: what can't be read of one that has ended may be its clip.</summary>
    public static GeminiInteraction? Read(ReadOnlySpan<byte> body) => SnakeJson.Read<GeminiInteraction>(body)
        ?? (SnakeJson.ReadTask<GeminiInteraction>(body) is { } task && (task.Status is "in_progress" or "queued" || task.Video is not null) ? task : null);
}

internal sealed record GeminiStep(string? Type, IReadOnlyList<GeminiContent>? Content, GeminiError? Error);

/// <param name="Type"><c>video</c>, <c>text</c> and others.</param>
/// <param name="Data">Base64.</param>
/// <param name="Uri">Where it can be fetched.</param>
/// <param name="Text">Words.</param>
internal sealed record GeminiContent(string? Type, string? Data, string? Uri, string? Text);

/// <param name="Code">A URI, a number or a word.</param>
/// <param name="Message">For people.</param>
internal sealed record GeminiError(JsonElement? Code, string? Message);

/// <summary><c>google.rpc.Status</c> in its envelope.</summary>
internal sealed record GeminiRefusal(GeminiStatus? Error)
{
    /// <summary>Our own word for a daily quota, which comes under the same status as a rate.</summary>
    public const string QuotaOfTheDay = "QUOTA_OF_THE_DAY";

    /// <summary>The most exact word for what is wrong: the reason of an <c>ErrorInfo</c>, a daily quota, else the status.</summary>
    /// <returns>null where the body is no refusal in the service's own words.</returns>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body)
    {
        if (SnakeJson.Read<GeminiRefusal>(body)?.Error is not { Status: { Length: > 0 } status } error)
            return null;
        var details = error.Details ?? [];
        var reason = details.Select(detail => detail.Reason).FirstOrDefault(reason => reason is { Length: > 0 });
        var isOfTheDay = details.SelectMany(detail => detail.Violations ?? []).Any(violation => violation.QuotaId?.Contains("PerDay", StringComparison.Ordinal) is true);
        return (isOfTheDay ? QuotaOfTheDay : reason ?? status, error.Message ?? "");
    }

    /// <summary>When to come back, where it says so: Google puts it into the body, not into a header.</summary>
    public static TimeSpan? RetryDelay(ReadOnlySpan<byte> body) =>
        (SnakeJson.Read<GeminiRefusal>(body)?.Error?.Details ?? []).Select(detail => detail.RetryDelay).OfType<string>()
            .Select(delay => decimal.TryParse(delay.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86_400
                ? TimeSpan.FromSeconds((double)seconds) : (TimeSpan?)null)
            .FirstOrDefault(delay => delay is not null);
}

internal sealed record GeminiStatus(string? Status, string? Message, IReadOnlyList<GeminiDetail>? Details);

internal sealed record GeminiDetail(
    string? Reason, [property: JsonPropertyName("retryDelay")] string? RetryDelay, IReadOnlyList<GeminiViolation>? Violations);

internal sealed record GeminiViolation([property: JsonPropertyName("quotaId")] string? QuotaId);
