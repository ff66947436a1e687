using System.Text;
using ProductVideo.Http;
using ProductVideo.Providers;

namespace ProductVideo.Exchange;

/// <summary>Makes faults of one provider: the merchant's text by what happened, the operator's with the provider's own words and no secret.</summary>
/// <param name="name">As merchants know the provider.</param>
/// <param name="secrets">Never shown, whatever the provider echoes.</param>
public sealed class ProviderFaults(string name, params IReadOnlyList<string> secrets)
{
    private const int LongestRaw = 2_000;

    /// <param name="code">What happened.</param>
    /// <param name="said">For the operator.</param>
    /// <param name="retryAfter">As the provider asked.</param>
    /// <param name="raw">Its whole answer.</param>
    public ProviderFault Of(ProviderFaultCode code, string said, TimeSpan? retryAfter = null, ReadOnlySpan<byte> raw = default) =>
        new(code, $"{name}: {Clean(said)}", MerchantText(code), retryAfter, raw.IsEmpty ? null : Clean(Encoding.UTF8.GetString(raw)));

    /// <summary>Nothing came back.</summary>
    public ProviderFault Of(SubmitAnswer.Unanswered unanswered) => Of(ProviderFaultCode.Transient, unanswered.OperatorText);

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
        ProviderFaultCode.TaskFailed => $"{name} began this video and could not finish it. Make it again, or choose another provider.",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    };
}
