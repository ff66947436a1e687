using System.Globalization;
using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.OpenAiVideos;

/// <summary>What the servers' refusals mean: by the code where there is one, else by the status. Never by the words.</summary>
internal sealed class OpenAiVideosFaults(ProviderFaults faults)
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

    /// <summary>Of an answer to a start other than 2xx, or of one that can't be read.</summary>
    public ProviderFault Of(SubmitAnswer.Answered answer, string about) => RefusalAnswer.Read(answer.Body) is var (code, message)
        ? faults.Of(CodeOf(code) ?? SubmitEvidence.CodeOf(answer.Status), $"{about}: HTTP {answer.Status}, {code}: {message}", answer.RetryAfter, answer.Body)
        : faults.Of(
            answer.Status is >= 200 and < 300 ? ProviderFaultCode.Protocol : SubmitEvidence.CodeOf(answer.Status),
            $"{about}: HTTP {answer.Status}, unreadable", answer.RetryAfter, answer.Body);

    /// <summary>Of a question. What stands in between and answers for the server says nothing about the task, so it is asked again.</summary>
    public ProviderFault OfQuestion(SubmitAnswer.Answered answer, string about)
    {
        var fault = Of(answer, about);
        return RefusalAnswer.Read(answer.Body) is not null || fault.MayPass || fault.Code is ProviderFaultCode.Unauthorised
            ? fault : faults.Of(ProviderFaultCode.Protocol, $"{about}: HTTP {answer.Status}, unreadable", answer.RetryAfter, answer.Body);
    }

    /// <summary>Of a task that ended without a clip: nothing that would pass by itself, for the task is over.</summary>
    public ProviderFault OfTask(VideoAnswer task)
    {
        var (code, message) = task.Failure;
        return faults.Of(
            CodeOf(code) is ProviderFaultCode.ContentRefused ? ProviderFaultCode.ContentRefused : OfNumber(code),
            $"task {task.Id} ended as {task.Status}: {code}: {message}");
    }

    public ProviderFault Of(SubmitAnswer.Unanswered unanswered) => faults.Of(unanswered);

    public ProviderFault Of(ProviderFaultCode code, string said) => faults.Of(code, said);

    /// <summary>vLLM-Omni gives a failed task the status that a direct answer would have had.</summary>
    private static ProviderFaultCode OfNumber(string code) =>
        int.TryParse(code, CultureInfo.InvariantCulture, out var status) && SubmitEvidence.CodeOf(status) is ProviderFaultCode.InvalidInput
            ? ProviderFaultCode.InvalidInput : ProviderFaultCode.TaskFailed;

    private static ProviderFaultCode? CodeOf(string code) =>
        Known.Where(known => code.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Select(known => (ProviderFaultCode?)known.Code).FirstOrDefault();
}
