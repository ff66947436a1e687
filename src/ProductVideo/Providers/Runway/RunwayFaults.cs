using ProductVideo.Exchange;

namespace ProductVideo.Providers.Runway;

/// <summary>What Runway's refusals mean. A request is refused by status alone, a task by its code; never by text.</summary>
internal sealed class RunwayFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    /// <summary>Of a task that ended without a clip: nothing that would pass by itself, for the task is over.</summary>
    /// <param name="id">Of the task.</param>
    /// <param name="task">As it ended.</param>
    public ProviderFault OfTask(string id, RunwayTask task)
    {
        var code = task.FailureCode ?? "";
        var charged = task.Cost?.Credits is { } credits ? FormattableString.Invariant($"{credits} credits") : "an amount that it does not tell";
        var said = $"task {id} ended as {task.Status} and is charged with {charged}: {code}: {task.Failure}";
        return task.Status is "CANCELLED" && task.Cost?.Credits is not 0
            // Where the amount is not told it is booked like a clip that was made and thrown away, because what was spent on it stays spent.
            ? Of(task.Cost?.Credits is null ? ProviderFaultCode.NotFoundOrExpired : ProviderFaultCode.TaskFailed, said) with
            {
                MerchantText = "Runway stopped making this video. What it had spent on it by then stays charged.",
            }
            : Explain(Of(CodeOf(code) ?? ProviderFaultCode.TaskFailed, said), code);
    }

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => RunwayRefusal.Read(body);

    /// <summary>Codes are words with dots between; that <c>SAFETY</c> is among them says all, the rest is for diagnosis.</summary>
    protected override ProviderFaultCode? CodeOf(string code) => code.Split('.') switch
    {
        var words when words.Contains("SAFETY", StringComparer.Ordinal) => ProviderFaultCode.ContentRefused,
        ["ASSET", ..] => ProviderFaultCode.InvalidInput,
        _ => null,
    };

    protected override ProviderFault Explain(ProviderFault fault, string code) => fault.Code is ProviderFaultCode.ContentRefused
        ? fault with
        {
            MerchantText = "Runway refuses this product's pictures or text under its content rules, and charges for the try. Do not order the same again: "
                + "repeated refusals suspend the account. Use other pictures or words, or another provider.",
        }
        : fault;
}
