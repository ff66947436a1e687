using System.Text;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>
/// Makes faults of one provider's answers: the merchant's text by what happened, the operator's with the provider's own words and no secret.
/// A provider's own class says where its words stand in an answer, and what its codes mean.
/// </summary>
/// <param name="name">As merchants know the provider.</param>
/// <param name="secrets">Never shown, whatever the provider echoes.</param>
internal abstract class ProviderFaults(string name, params IReadOnlyList<string> secrets)
{
    private const int LongestRaw = 2_000;

    /// <summary>Whether it is the provider that answered, not a page of something in between.</summary>
    public bool AreOwnWords(SubmitAnswer.Answered answer) => OwnWords(answer.Body) is not null;

    /// <summary>What came of a paid request.</summary>
    /// <param name="answer">To it.</param>
    /// <param name="accepted">Reads the task from the body of a 2xx; null where none is named.</param>
    public StartOutcome Judge(SubmitAnswer answer, Func<byte[], ProviderOperation?> accepted) => answer switch
    {
        SubmitAnswer.Answered { Status: >= 200 and < 300 } taken => accepted(taken.Body) is { } operation
            ? new StartOutcome.Accepted(operation) : new StartOutcome.Unknown(Of(taken, "submit")),
        SubmitAnswer.Answered refused => SubmitEvidence.Judge(SubmitEvidence.Of(refused.Status, AreOwnWords(refused), refused.RetryAfter is not null), Of(refused, "submit")),
        SubmitAnswer.Unanswered unanswered => SubmitEvidence.Judge(unanswered.Sign, Of(unanswered, "submit")),
        _ => throw NoAnswer(answer),
    };

    /// <summary>Of no answer, of one other than 2xx, or of one that can't be read.</summary>
    /// <param name="answer">To a question or to a start.</param>
    /// <param name="about">What was asked, for the operator.</param>
    public ProviderFault Of(SubmitAnswer answer, string about) => answer switch
    {
        SubmitAnswer.Unanswered { IsOurs: true } cut => Of(ProviderFaultCode.Transient, $"{cut.OperatorText}; ProductVideo:Submit:Timeout gives slow lines longer") with
        {
            IsOurs = true,
            MerchantText = $"The order could not be sent to {name} in time. Nothing was ordered yet. We try again by ourselves; if it stays so, whoever runs the server must allow more time for sending.",
        },
        SubmitAnswer.Unanswered unanswered => Of(ProviderFaultCode.Transient, unanswered.OperatorText),
        SubmitAnswer.Answered answered when OwnWords(answered.Body) is var (code, message) => Explain(
            Of(CodeOf(code) ?? SubmitEvidence.CodeOf(answered.Status), $"{about}: HTTP {answered.Status}, {code}: {message}", answered.RetryAfter, answered.Body), code),
        SubmitAnswer.Answered answered => Of(
            answered.Status is >= 200 and < 300 ? ProviderFaultCode.Protocol : SubmitEvidence.CodeOf(answered.Status),
            $"{about}: HTTP {answered.Status}, unreadable", answered.RetryAfter, answered.Body),
        _ => throw NoAnswer(answer),
    };

    /// <summary>
    /// Of a question about something that may live. That the question was refused, or answered by what stands in between, says nothing about
    /// it, so it is asked again.
    /// </summary>
    /// <inheritdoc cref="Of(SubmitAnswer, string)"/>
    public ProviderFault OfQuestion(SubmitAnswer answer, string about)
    {
        var fault = Of(answer, about);
        return fault.IsOfAsking ? fault : Of(ProviderFaultCode.Protocol, about, fault.RetryAfter) with { OperatorText = fault.OperatorText, Raw = fault.Raw };
    }

    /// <summary>What a question tells that costs nothing and asks for nothing in particular.</summary>
    /// <param name="answer">To it.</param>
    /// <param name="isReadable">Whether the body of a 200 is what was asked for.</param>
    /// <returns>null where the account works.</returns>
    public ProviderFault? OfProbe(SubmitAnswer answer, Func<byte[], bool> isReadable) =>
        answer is SubmitAnswer.Answered { Status: 200 } answered && isReadable(answered.Body) ? null : OfQuestion(answer, "probe");

    /// <param name="code">What happened.</param>
    /// <param name="said">For the operator.</param>
    /// <param name="retryAfter">As the provider asked.</param>
    /// <param name="raw">Its whole answer.</param>
    public ProviderFault Of(ProviderFaultCode code, string said, TimeSpan? retryAfter = null, ReadOnlySpan<byte> raw = default) =>
        new(code, $"{name}: {Clean(said)}", MerchantText(code), retryAfter, raw.IsEmpty ? null : Clean(Encoding.UTF8.GetString(raw)));

    /// <summary>The code and the words of a refusal; null where the body is none in the provider's own form.</summary>
    protected abstract (string Code, string Message)? OwnWords(ReadOnlySpan<byte> body);

    /// <summary>What one of the provider's codes means; null where it says nothing that the status does not.</summary>
    protected abstract ProviderFaultCode? CodeOf(string code);

    /// <summary>Where one code deserves words of its own.</summary>
    protected virtual ProviderFault Explain(ProviderFault fault, string code) => fault;

    /// <summary>Of a task that was accepted, is kept for longer than since then, and is not known all the same: it is asked about on.</summary>
    public ProviderFault NotShown(string task) => Of(ProviderFaultCode.NotFoundOrExpired, $"task {task} is not known, though it was accepted") with
    {
        ProblemCode = "provider_task_not_shown", MerchantText = $"{name} took this order and does not show it at the moment. We ask again by ourselves.",
    };

    private static ArgumentOutOfRangeException NoAnswer(SubmitAnswer answer) => new(nameof(answer), answer, message: null);

    private string Clean(string text)
    {
        foreach (var secret in secrets.Where(secret => secret.Length > 0))
            text = text.Replace(secret, "•••", StringComparison.Ordinal);
        return text.Length <= LongestRaw ? text : text[..LongestRaw] + "…";
    }

    private string MerchantText(ProviderFaultCode code) => code switch
    {
        ProviderFaultCode.RateLimited or ProviderFaultCode.Concurrency => $"{name} is busy. We try again by ourselves.",
        ProviderFaultCode.OutOfCredit => $"The account at {name} has no credit or allowance left. Whoever runs the server must top it up.",
        ProviderFaultCode.ContentRefused =>
            $"{name} refuses this product's pictures or text under its content rules. Use other pictures or words, or another provider.",
        ProviderFaultCode.InvalidInput => $"{name} does not accept this order as it is. Choose other settings, or another provider.",
        ProviderFaultCode.InputUnreachable => $"{name} could not read a picture of this product. Try again, or choose another picture.",
        ProviderFaultCode.Unauthorised => $"{name} does not let us in. Whoever runs the server must check its access key.",
        ProviderFaultCode.NotFoundOrExpired => $"{name} no longer has this video. Make a new one.",
        ProviderFaultCode.Unsupported => $"{name} does not offer this. Choose another model, or another provider.",
        ProviderFaultCode.Transient => $"{name} can't be reached or has a fault. We try again by ourselves.",
        ProviderFaultCode.Protocol => $"{name} answered something that we can't read. Whoever runs the server finds it in the log.",
        ProviderFaultCode.OwnServer => "This server could not do its part. Whoever runs it must mend that; then try again.",
        ProviderFaultCode.TaskFailed => $"{name} began this video and could not finish it. Make it again, or choose another provider.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    };
}
