using ProductVideo.Exchange;

namespace ProductVideo.Providers.LocalAi;

/// <summary>What a LocalAI server's refusals mean: the status says it, its words carry no code.</summary>
internal sealed class LocalAiFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => LocalAiRefusal.Read(body);

    protected override ProviderFaultCode? CodeOf(string code) => null;
}
