using ProductVideo.Exchange;

namespace ProductVideo.Providers.LocalAi;

/// <summary>What the server answers when the clip is done: one file, by its address or within.</summary>
internal sealed record LocalAiAnswer(IReadOnlyList<LocalAiFile>? Data)
{
    /// <summary>null if the body names no file.</summary>
    public static LocalAiFile? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<LocalAiAnswer>(body)?.Data?.FirstOrDefault(file => file is { Url.Length: > 0 } or { B64Json.Length: > 0 });
}

/// <param name="Url">Under the server's <c>generated-videos/</c>; its host is the server's own idea of its name.</param>
/// <param name="B64Json">The file itself.</param>
internal sealed record LocalAiFile(string? Url, string? B64Json);

internal sealed record LocalAiRefusal(LocalAiError? Error)
{
    /// <summary>null where the body is no refusal in the server's own words.</summary>
    public static (string Code, string Message)? Read(ReadOnlySpan<byte> body) =>
        SnakeJson.Read<LocalAiRefusal>(body)?.Error is { Message: { Length: > 0 } message } error ? (error.Type ?? "error", message) : null;
}

internal sealed record LocalAiError(string? Message, string? Type);

/// <summary>What came of a call, as it is kept for whoever asks, on this server of ours or another.</summary>
/// <param name="File">The file's name under <c>generated-videos/</c>.</param>
/// <param name="BlobKey">Where the clip lies, if it came within the answer.</param>
/// <param name="Fault">Why there is none.</param>
/// <param name="Unsent">Whether the order surely never reached the server whole, so that nothing can be charged for it.</param>
internal sealed record LocalAiResult(string? File = null, string? BlobKey = null, ProviderFault? Fault = null, bool Unsent = false);

/// <summary>Who made a call and when.</summary>
/// <param name="Process">Of ours, since its start.</param>
/// <param name="At">When.</param>
internal sealed record LocalAiHandle(Guid Process, DateTimeOffset At);
