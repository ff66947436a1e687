using ProductVideo.Exchange;

namespace ProductVideo.Providers.OpenRouter;

/// <summary>What OpenRouter's refusals mean: by their number and by whether moderation gave reasons; never by text.</summary>
internal sealed class OpenRouterFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    public const string Moderated = "moderation";

    /// <summary>Of a task that ended without a clip: why is told in words alone.</summary>
    public ProviderFault OfTask(string id, OpenRouterJob task) =>
        Of(ProviderFaultCode.TaskFailed, $"task {id} ended as {task.Status}: {task.Error ?? "no reason is told"}");

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => OpenRouterRefusal.Read(body);

    /// <summary>403 is said of keys and of content; only the reasons tell them apart.</summary>
    protected override ProviderFaultCode? CodeOf(string code) =>
        code.EndsWith(Moderated, StringComparison.Ordinal) ? ProviderFaultCode.ContentRefused
        : code is "402" ? ProviderFaultCode.OutOfCredit
        : null;
}
