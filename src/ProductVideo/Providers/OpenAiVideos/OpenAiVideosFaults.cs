using System.Globalization;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>What the servers' refusals mean: by the code where there is one, else by the status. Never by the words.</summary>
internal sealed class OpenAiVideosFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    private static readonly (string Part, ProviderFaultCode Code)[] Known =
    [
        ("moderation", ProviderFaultCode.ContentRefused),
        ("content_policy", ProviderFaultCode.ContentRefused),
        ("content_filter", ProviderFaultCode.ContentRefused),
        ("safety", ProviderFaultCode.ContentRefused),
        ("insufficient_quota", ProviderFaultCode.OutOfCredit),
        ("billing", ProviderFaultCode.OutOfCredit),
        ("rate_limit", ProviderFaultCode.RateLimited),
        ("invalid_api_key", ProviderFaultCode.Unauthorised),
        ("model_not_found", ProviderFaultCode.Unsupported),
    ];

    /// <summary>Of a task that ended without a clip: nothing that would pass by itself, for the task is over.</summary>
    public ProviderFault OfTask(VideoAnswer task)
    {
        var (code, message) = task.Failure;
        return Of(
            CodeOf(code) is ProviderFaultCode.ContentRefused ? ProviderFaultCode.ContentRefused : OfNumber(code),
            $"task {task.Id} ended as {task.Status}: {code}: {message}");
    }

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => RefusalAnswer.Read(body);

    /// <summary>vLLM-Omni gives a failed task the status that a direct answer would have had.</summary>
    private static ProviderFaultCode OfNumber(string code) =>
        int.TryParse(code, CultureInfo.InvariantCulture, out var status) && SubmitEvidence.CodeOf(status) is ProviderFaultCode.InvalidInput
            ? ProviderFaultCode.InvalidInput : ProviderFaultCode.TaskFailed;

    protected override ProviderFaultCode? CodeOf(string code) =>
        Known.Where(known => code.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Select(known => (ProviderFaultCode?)known.Code).FirstOrDefault();
}
