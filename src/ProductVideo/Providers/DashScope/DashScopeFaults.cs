using ProductVideo.Http;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.DashScope;

/// <summary>What Model Studio's refusals mean. Its codes decide, by family and in either spelling; never its texts.</summary>
internal sealed class DashScopeFaults(ProviderFaults faults)
{
    private static readonly (string Start, ProviderFaultCode Code)[] Families =
    [
        ("datainspectionfailed", ProviderFaultCode.ContentRefused),
        ("badrequestinputdownloadfailed", ProviderFaultCode.InputUnreachable),
        ("invalidapikey", ProviderFaultCode.Unauthorised),
        ("accessdeniedunpurchased", ProviderFaultCode.OutOfCredit),
        ("accessdenied", ProviderFaultCode.Unauthorised),
        ("arrearage", ProviderFaultCode.OutOfCredit),
        ("prepaidbilloverdue", ProviderFaultCode.OutOfCredit),
        ("postpaidbilloverdue", ProviderFaultCode.OutOfCredit),
        ("commoditynotpurchased", ProviderFaultCode.OutOfCredit),
        ("budgetlimitexceeded", ProviderFaultCode.OutOfCredit),
        ("throttlingallocationquota", ProviderFaultCode.OutOfCredit),
        ("allocationquota", ProviderFaultCode.OutOfCredit),
        ("insufficientquota", ProviderFaultCode.OutOfCredit),
        ("throttling", ProviderFaultCode.RateLimited),
        ("limitrequests", ProviderFaultCode.RateLimited),
        ("limitburstrate", ProviderFaultCode.RateLimited),
        ("modelnotfound", ProviderFaultCode.Unsupported),
        ("unsupportedoperation", ProviderFaultCode.Unsupported),
        ("invalid", ProviderFaultCode.InvalidInput),
        ("badrequest", ProviderFaultCode.InvalidInput),
    ];

    /// <summary>Of an HTTP answer other than 2xx, or of one that can't be read.</summary>
    public ProviderFault Of(SubmitAnswer.Answered answer, string about) => RefusalAnswer.Read(answer.Body) is var (code, message)
        ? faults.Of(CodeOf(code) ?? SubmitEvidence.CodeOf(answer.Status), $"{about}: HTTP {answer.Status}, {code}: {message}", answer.RetryAfter, answer.Body)
        : faults.Of(
            answer.Status is >= 200 and < 300 ? ProviderFaultCode.Protocol : SubmitEvidence.CodeOf(answer.Status),
            $"{about}: HTTP {answer.Status}, unreadable", answer.RetryAfter, answer.Body);

    /// <summary>Of a task that ended without a clip: nothing that would pass by itself, for the task is over.</summary>
    public ProviderFault OfTask(TaskOutput task)
    {
        var code = CodeOf(task.Code ?? "");
        return faults.Of(
            code is ProviderFaultCode.ContentRefused or ProviderFaultCode.InputUnreachable or ProviderFaultCode.InvalidInput or ProviderFaultCode.Unsupported
                ? code.Value : ProviderFaultCode.TaskFailed,
            $"task {task.TaskId} ended as {task.TaskStatus}: {task.Code}: {task.Message}");
    }

    /// <summary>No answer.</summary>
    public ProviderFault Of(SubmitAnswer.Unanswered unanswered) => faults.Of(unanswered);

    public ProviderFault Of(ProviderFaultCode code, string said) => faults.Of(code, said);

    private static ProviderFaultCode? CodeOf(string code)
    {
        var plain = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Families.Where(family => plain.StartsWith(family.Start, StringComparison.Ordinal)).Select(family => (ProviderFaultCode?)family.Code).FirstOrDefault();
    }
}
