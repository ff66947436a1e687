namespace ProductVideo.Providers;

/// <summary>Why a provider did not do what was asked. Nobody decides by its texts.</summary>
/// <param name="Code">Decides what happens next.</param>
/// <param name="OperatorText">For the operator: what the provider said, without secrets.</param>
/// <param name="MerchantText">For the merchant: what happened and the way out.</param>
/// <param name="RetryAfter">When the provider said to come back, if it did.</param>
/// <param name="Raw">The provider's answer, cut and without secrets.</param>
/// <param name="ProblemCode">What it is told as, where <paramref name="Code"/> says too little; null for the code's own.</param>
public sealed record ProviderFault(
    ProviderFaultCode Code, string OperatorText, string MerchantText, TimeSpan? RetryAfter = null, string? Raw = null, string? ProblemCode = null)
{
    /// <summary>Whether the same request may succeed later without anybody changing anything.</summary>
    public bool MayPass => Code is ProviderFaultCode.RateLimited or ProviderFaultCode.Concurrency or ProviderFaultCode.Transient;

    /// <summary>Whether, as the answer to a question about a task, it says nothing of that task, which may go on.</summary>
    public bool IsOfAsking => MayPass || Code is ProviderFaultCode.Unauthorised or ProviderFaultCode.OutOfCredit or ProviderFaultCode.Protocol;

    /// <summary>Whether it arose on our side before the order left, as on a slow line or at a stop: it says nothing of the account.</summary>
    public bool IsOurs { get; init; }
}

public enum ProviderFaultCode
{
    RateLimited,
    Concurrency,
    OutOfCredit,
    ContentRefused,
    InvalidInput,
    InputUnreachable,
    Unauthorised,
    NotFoundOrExpired,
    Unsupported,
    Transient,
    Protocol,

    /// <summary>The task was begun and ended without a clip, for no reason that lies with us.</summary>
    TaskFailed,

    /// <summary>This server, not the provider: whoever stood in would meet the same, so nobody is asked to.</summary>
    OwnServer,
}
