namespace ProductVideo.Providers;

/// <summary>What was seen of a paid request on the wire.</summary>
public enum SubmitSign
{
    /// <summary>Its body did not leave this machine, or surely not all of it: no name, no connection, no encryption, or cut off on the way.</summary>
    NothingSent,

    /// <summary>The provider itself said no, in its own words or with a status that has no other meaning.</summary>
    Rejected,

    /// <summary>The provider itself said: not now.</summary>
    ToldToWait,

    /// <summary>Bytes left, and what came back, if anything, proves nothing.</summary>
    Unproven,
}

/// <summary>The one table by which all adapters judge a start. What is not surely refused may have been charged.</summary>
public static class SubmitEvidence
{
    /// <summary>What a status tells; 2xx is for the adapter to read, and <see cref="SubmitSign.Unproven"/> if it can't.</summary>
    /// <param name="status">Of the HTTP answer.</param>
    /// <param name="ownWords">Whether the body is the provider's own refusal, not a page of something in between.</param>
    /// <param name="namesTime">Whether it says when to come again.</param>
    public static SubmitSign Of(int status, bool ownWords, bool namesTime) => status switch
    {
        // Something in between may say this after it passed the request on; only the provider's own words prove a no.
        429 => ownWords ? SubmitSign.ToldToWait : SubmitSign.Unproven,
        // A server that fails says this too, in its own form, of a task that it has made already. Who names a time has turned it away.
        503 => ownWords && namesTime ? SubmitSign.ToldToWait : SubmitSign.Unproven,
        // "Timed out" and "in conflict" are said of requests that may have been taken.
        400 or 401 or 402 or 403 or 404 or 405 or 406 or 411 or 413 or 414 or 415 or 422 or 431 or 451 => SubmitSign.Rejected,
        _ => SubmitSign.Unproven,
    };

    /// <summary>What follows for the pipeline.</summary>
    public static StartOutcome Judge(SubmitSign sign, ProviderFault fault) => sign switch
    {
        SubmitSign.NothingSent => new StartOutcome.Refused(fault with { Code = ProviderFaultCode.Transient }),
        SubmitSign.ToldToWait => new StartOutcome.Refused(
            // "No credit" comes as 429 too, and trying again won't fill the account.
            fault.Code is ProviderFaultCode.Concurrency or ProviderFaultCode.OutOfCredit or ProviderFaultCode.Unauthorised ? fault : fault with { Code = ProviderFaultCode.RateLimited }),
        SubmitSign.Rejected => new StartOutcome.Refused(fault),
        SubmitSign.Unproven => new StartOutcome.Unknown(fault),
        _ => throw new ArgumentOutOfRangeException(nameof(sign), sign, message: null),
    };

    /// <summary>The code of a status whose body says nothing better.</summary>
    public static ProviderFaultCode CodeOf(int status) => status switch
    {
        401 or 403 => ProviderFaultCode.Unauthorised,
        402 => ProviderFaultCode.OutOfCredit,
        404 or 405 or 406 => ProviderFaultCode.Unsupported,
        429 => ProviderFaultCode.RateLimited,
        451 => ProviderFaultCode.ContentRefused,
        400 or 411 or 413 or 414 or 415 or 422 or 431 => ProviderFaultCode.InvalidInput,
        408 or >= 500 => ProviderFaultCode.Transient,
        _ => ProviderFaultCode.Protocol,
    };
}
