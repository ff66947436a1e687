using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Seedance;

/// <summary>What Ark's refusals mean: by code, never by text.</summary>
internal sealed class SeedanceFaults(ProviderFaults faults)
{
    /// <summary>Of an HTTP answer other than 2xx, or of one that can't be read.</summary>
    public ProviderFault Of(SubmitAnswer.Answered answer, string about) => ArkRefusal.Read(answer.Body) is var (code, message)
        ? Explained(faults.Of(CodeOf(code) ?? SubmitEvidence.CodeOf(answer.Status), $"{about}: HTTP {answer.Status}, {code}: {message}", answer.RetryAfter, answer.Body), code)
        : faults.Of(
            answer.Status is >= 200 and < 300 ? ProviderFaultCode.Protocol : SubmitEvidence.CodeOf(answer.Status),
            $"{about}: HTTP {answer.Status}, unreadable", answer.RetryAfter, answer.Body);

    /// <summary>Of a task that ended without a clip: nothing that would pass by itself, for the task is over.</summary>
    public ProviderFault OfTask(ArkTask task)
    {
        var said = task.Error?.Code ?? "";
        var code = CodeOf(said) is ProviderFaultCode.ContentRefused or ProviderFaultCode.InvalidInput ? CodeOf(said)!.Value : ProviderFaultCode.TaskFailed;
        return Explained(faults.Of(code, $"task {task.Id} ended as {task.Status}: {said}: {task.Error?.Message}"), said);
    }

    public ProviderFault Of(SubmitAnswer.Unanswered unanswered) => faults.Of(unanswered);

    public ProviderFault Of(ProviderFaultCode code, string said) => faults.Of(code, said);

    private static ProviderFaultCode? CodeOf(string code) => code switch
    {
        _ when Has(code, "SensitiveContent") => ProviderFaultCode.ContentRefused,
        "AccountOverdueError" or "QuotaExceeded" => ProviderFaultCode.OutOfCredit,
        "AuthenticationError" or "AccessDenied" => ProviderFaultCode.Unauthorised,
        "ModelNotOpen" or "InvalidEndpoint.NotFound" => ProviderFaultCode.Unsupported,
        "ModelLoadingError" or "ServerOverloaded" => ProviderFaultCode.RateLimited,
        _ when Has(code, "RateLimitExceeded") => ProviderFaultCode.RateLimited,
        _ when code.StartsWith("InvalidParameter", StringComparison.Ordinal) || code == "MissingParameter" => ProviderFaultCode.InvalidInput,
        _ => null,
    };

    /// <summary>The one refusal that a fashion shop meets with good pictures.</summary>
    private static ProviderFault Explained(ProviderFault fault, string code) => Has(code, "PrivacyInformation")
        ? fault with { MerchantText = "Seedance refuses pictures that may show a real person's face. Choose pictures without a face, or another provider." }
        : fault;

    // Some codes come with the model's name in front, some with a detail behind, and in differing capitals ("Rpm", "RPM").
    private static bool Has(string code, string part) => code.Contains(part, StringComparison.OrdinalIgnoreCase);
}
