using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Replicate;

/// <summary>What Replicate's refusals mean: by status, for they have no other code.</summary>
internal sealed class ReplicateFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    /// <summary>The answer with the time to wait that stands in its body: who comes back before is refused each time.</summary>
    public static SubmitAnswer WithWait(SubmitAnswer answer) =>
        answer is SubmitAnswer.Answered { RetryAfter: null } answered && ReplicateRefusal.Read(answered.Body)?.Wait is { } wait
            ? answered with { RetryAfter = wait } : answer;

    /// <summary>Of a task that ended without a clip. The model says why in words of its own, so nobody can tell its content rules from its faults.</summary>
    public ProviderFault OfTask(string id, ReplicatePrediction task) =>
        Of(ProviderFaultCode.TaskFailed, $"task {id} ended as {task.Status}: {task.Error}") with
        {
            MerchantText = "The model began this video and could not finish it. It may be a fault or its content rules. Make it again, choose other pictures, or another model.",
        };

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) =>
        ReplicateRefusal.Read(body) is { } refusal ? (refusal.Title ?? refusal.Status ?? "refused", refusal.Detail!) : null;

    protected override ProviderFaultCode? CodeOf(string code) => null;
}
