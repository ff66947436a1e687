using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.GeminiOmni;

/// <summary>What Google's refusals mean, by status and reason; never by text.</summary>
internal sealed class GeminiOmniFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    /// <summary>
    /// The answer with the time to come back that stands in its body: a 503 that names one has turned the order away. What it says of a day's
    /// quota is not when that has room again.
    /// </summary>
    public static SubmitAnswer WithWait(SubmitAnswer answer) =>
        answer is SubmitAnswer.Answered { Status: 429 or 503, RetryAfter: null } answered
            && GeminiRefusal.Read(answered.Body) is (not GeminiRefusal.QuotaOfTheDay, _) && GeminiRefusal.RetryDelay(answered.Body) is { } wait
            ? answered with { RetryAfter = wait } : answer;

    /// <summary>Of an interaction that ended without a clip.</summary>
    /// <param name="id">Of the interaction.</param>
    /// <param name="task">As it ended.</param>
    public ProviderFault OfTask(string id, GeminiInteraction task)
    {
        var fault = Of(ProviderFaultCode.TaskFailed, $"interaction {id} ended as {task.Status} without a video: {task.Reasons}");
        // No code tells a video that the rules kept back from another reason, so nothing is claimed.
        return task.Status == "completed" ? fault with
        {
            MerchantText = "Gemini Omni finished without a video, which it may charge for. Most often its content rules kept the video back. Use other pictures or words, or another provider.",
        }
        : fault;
    }

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => GeminiRefusal.Read(body);

    protected override ProviderFaultCode? CodeOf(string code) => code switch
    {
        "API_KEY_INVALID" or "API_KEY_SERVICE_BLOCKED" or "UNAUTHENTICATED" or "PERMISSION_DENIED" or "SERVICE_DISABLED" => ProviderFaultCode.Unauthorised,
        // A project without billing, or in a country without the free allowance.
        "FAILED_PRECONDITION" or "BILLING_DISABLED" or GeminiRefusal.QuotaOfTheDay => ProviderFaultCode.OutOfCredit,
        "RESOURCE_EXHAUSTED" or "RATE_LIMIT_EXCEEDED" => ProviderFaultCode.RateLimited,
        "INVALID_ARGUMENT" => ProviderFaultCode.InvalidInput,
        _ => null,
    };
}
