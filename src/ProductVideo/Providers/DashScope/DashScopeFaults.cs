using ProductVideo.Exchange;

namespace ProductVideo.Providers.DashScope;

/// <summary>What Model Studio's refusals mean. Its codes decide, by family and in either spelling; never its texts.</summary>
internal sealed class DashScopeFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    /// <summary>Not an empty account: what is asked for was never opened in it, or its key is another region's, and other models may work.</summary>
    private const string Unpurchased = "accessdeniedunpurchased";

    private static readonly (string Start, ProviderFaultCode Code)[] Families =
    [
        ("datainspectionfailed", ProviderFaultCode.ContentRefused),
        ("badrequestinputdownloadfailed", ProviderFaultCode.InputUnreachable),
        ("invalidapikey", ProviderFaultCode.Unauthorised),
        (Unpurchased, ProviderFaultCode.Unsupported),
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

    /// <summary>Of a task that ended without a clip: nothing that would pass by itself, for the task is over.</summary>
    public ProviderFault OfTask(TaskOutput task)
    {
        var code = CodeOf(task.Code ?? "");
        return Of(
            code is ProviderFaultCode.ContentRefused or ProviderFaultCode.InputUnreachable or ProviderFaultCode.InvalidInput or ProviderFaultCode.Unsupported
                ? code.Value : ProviderFaultCode.TaskFailed,
            $"task {task.TaskId} ended as {task.TaskStatus}: {task.Code}: {task.Message}");
    }

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => RefusalAnswer.Read(body);

    protected override ProviderFaultCode? CodeOf(string code)
    {
        var plain = Plain(code);
        return Families.Where(family => plain.StartsWith(family.Start, StringComparison.Ordinal)).Select(family => (ProviderFaultCode?)family.Code).FirstOrDefault();
    }

    protected override ProviderFault Explain(ProviderFault fault, string code) => Plain(code).StartsWith(Unpurchased, StringComparison.Ordinal)
        ? fault with
        {
            MerchantText = "The account at Model Studio has not activated this model, or is of another region. Whoever runs the server must activate it there, or choose another model.",
        }
        : fault;

    private static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
