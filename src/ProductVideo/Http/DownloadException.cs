namespace ProductVideo.Http;

/// <summary>Why a download was refused or failed.</summary>
internal enum DownloadRefusal
{
    InvalidAddress,
    SchemeNotAllowed,

    /// <summary>The host is not on the list, or the port is not the scheme's own.</summary>
    HostNotAllowed,

    /// <summary>The name leads, with at least one of its addresses, to a place that is not public.</summary>
    AddressBlocked,

    /// <summary>A redirect led to where the policy doesn't allow to go.</summary>
    RedirectBlocked,
    TooManyRedirects,
    TooManyBytes,
    TimedOut,

    /// <summary>The server answered, but not with 200.</summary>
    Status,
    ContentTypeNotAllowed,

    /// <summary>No connection, no trustworthy certificate, or the answer broke off.</summary>
    Unreachable,
}

/// <summary>A download was refused or failed. <see cref="Exception.Message"/> is for the operator and holds no query string or credentials.</summary>
internal sealed class DownloadException(
    DownloadRefusal refusal, string merchantText, string operatorText, bool mayPass = false, int? status = null, Exception? inner = null)
    : Exception(operatorText, inner)
{
    public DownloadRefusal Refusal { get; } = refusal;

    /// <summary>The server's status, where it answered.</summary>
    public int? Status { get; } = status;

    /// <summary>Whether the same download may succeed later without anybody changing anything.</summary>
    public bool MayPass { get; } = mayPass;

    /// <summary>What happened and the way out.</summary>
    public string MerchantText { get; } = merchantText;
}
