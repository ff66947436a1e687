using ProductVideo.Exchange;

namespace ProductVideo.Providers.Seedance;

/// <summary>What Ark's refusals mean: by code, never by text.</summary>
internal sealed class SeedanceFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    /// <summary>Of a task that ended without a clip: nothing that would pass by itself, for the task is over.</summary>
    public ProviderFault OfTask(ArkTask task)
    {
        var said = task.Error?.Code ?? "";
        var code = CodeOf(said) is ProviderFaultCode.ContentRefused or ProviderFaultCode.InvalidInput ? CodeOf(said)!.Value : ProviderFaultCode.TaskFailed;
        return Explain(Of(code, $"task {task.Id} ended as {task.Status}: {said}: {task.Error?.Message}"), said);
    }

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => ArkRefusal.Read(body);

    protected override ProviderFaultCode? CodeOf(string code) => code switch
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
    protected override ProviderFault Explain(ProviderFault fault, string code) => Has(code, "PrivacyInformation")
        ? fault with { MerchantText = "Seedance refuses pictures that may show a real person's face. Choose pictures without a face, or another provider." }
        : fault;

    // Some codes come with the model's name in front, some with a detail behind, and in differing capitals ("Rpm", "RPM").
    private static bool Has(string code, string part) => code.Contains(part, StringComparison.OrdinalIgnoreCase);
}
