using ProductVideo.Exchange;
using ProductVideo.Http;

namespace ProductVideo.Providers.Fal;

/// <summary>What fal's refusals mean: by the type where there is one, else by the status. Never by the words.</summary>
internal sealed class FalFaults(string name, string apiKey) : ProviderFaults(name, apiKey)
{
    private const string Locked =
        "fal takes no orders from this account: its balance is used up, or its key may not use this model. Whoever runs the server finds in the log which.";

    /// <summary>What came of a paid request. An account without a balance is answered 403, for which no type is documented.</summary>
    public StartOutcome OfStart(SubmitAnswer answer, Func<byte[], ProviderOperation?> accepted) =>
        (Judge(answer, accepted), answer) switch
        {
            (StartOutcome.Refused refused, SubmitAnswer.Answered { Status: 403 } said) when AreOwnWords(said) => new StartOutcome.Refused(
                refused.Fault with { Code = ProviderFaultCode.OutOfCredit, MerchantText = Locked }),
            var (outcome, _) => outcome,
        };

    /// <summary>
    /// Of a result that is none. The request has ended, so what its model or what ran it says is final. What names no type may come from the
    /// queue itself, as that the result is not there yet, and is asked again; only a 422 is a model's whatever its form.
    /// </summary>
    public ProviderFault OfResult(SubmitAnswer answer, string id)
    {
        if (answer is not SubmitAnswer.Answered { Status: >= 400 and not (401 or 403 or 429) } said || OwnWords(said.Body) is not var (code, message))
            return OfQuestion(answer, $"result of {id}");
        var final = CodeOf(code) ?? (said.Status < 500 ? ProviderFaultCode.InvalidInput : ProviderFaultCode.TaskFailed);
        var fault = code != FalRefusal.NoCode || said.Status is 422 ? final
            : said.Status < 500 ? ProviderFaultCode.Protocol : ProviderFaultCode.Transient;
        return Of(fault, $"result of {id}: HTTP {said.Status}, {code}: {message}", said.RetryAfter, said.Body);
    }

    protected override (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body) => FalRefusal.Read(body);

    protected override ProviderFaultCode? CodeOf(string code) => code switch
    {
        "content_policy_violation" => ProviderFaultCode.ContentRefused,
        "file_download_error" or "image_load_error" => ProviderFaultCode.InputUnreachable,
        "bad_request" => ProviderFaultCode.InvalidInput,
        "generation_timeout" or "internal_server_error" or "internal_error" or "request_timeout" or "startup_timeout" => ProviderFaultCode.TaskFailed,
        _ when code.StartsWith("runner_", StringComparison.Ordinal) || code.StartsWith("client_", StringComparison.Ordinal)
            || code.StartsWith("downstream_", StringComparison.Ordinal) => ProviderFaultCode.TaskFailed,
        _ => null,
    };
}
