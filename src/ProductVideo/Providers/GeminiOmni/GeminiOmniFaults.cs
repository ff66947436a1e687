using System.Text;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.GeminiOmni;

/// <summary>What Google's refusals mean, by status and reason; never by text.</summary>
internal sealed class GeminiOmniFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
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
        "FAILED_PRECONDITION" or "BILLING_DISABLED" or "QUOTA_OF_THE_DAY" => ProviderFaultCode.OutOfCredit,
        "RESOURCE_EXHAUSTED" or "RATE_LIMIT_EXCEEDED" => ProviderFaultCode.RateLimited,
        "INVALID_ARGUMENT" => ProviderFaultCode.InvalidInput,
        _ => null,
    };

    protected override ProviderFault Explain(ProviderFault fault, string code) =>
        fault is { Code: ProviderFaultCode.RateLimited, RetryAfter: null, Raw: { } raw } && GeminiRefusal.RetryDelay(Encoding.UTF8.GetBytes(raw)) is { } wait
            ? fault with { RetryAfter = wait } : fault;
}
