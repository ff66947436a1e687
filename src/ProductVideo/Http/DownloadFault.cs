using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ProductVideo.Http;

/// <summary>The texts of all that can go wrong with a download, in one place.</summary>
internal static class DownloadFault
{
    private const string OtherAddress = "Please use another address.";

    public static DownloadException InvalidAddress(string why) => new(
        DownloadRefusal.InvalidAddress, $"The address of the file is not a usable web address. {OtherAddress}", $"Not a usable address: {why}.");

    public static DownloadException SchemeNotAllowed(Uri address, bool allowHttp) => new(
        DownloadRefusal.SchemeNotAllowed,
        allowHttp ? "The address of the file must begin with https:// or http://." : "The address of the file must begin with https://.",
        $"The scheme of {Redaction.Of(address)} is not allowed.");

    public static DownloadException HostNotAllowed(Uri address) => new(
        DownloadRefusal.HostNotAllowed,
        $"Files from {address.IdnHost} are not fetched. Please add the host to the shop's settings if it belongs to the shop.",
        $"The host of {Redaction.Of(address)} is not on the list.");

    public static DownloadException PortNotAllowed(Uri address) => new(
        DownloadRefusal.HostNotAllowed,
        Text($"Files are not fetched from port {address.Port}. {OtherAddress}"),
        $"{Redaction.Of(address)} names a port of its own.");

    public static DownloadException AddressBlocked(string host, IPAddress address) => new(
        DownloadRefusal.AddressBlocked,
        $"The address of the file leads into a private network. {OtherAddress}",
        Text($"{host} leads to {address}, which is not public."));

    public static DownloadException RedirectBlocked(Uri from, DownloadException why) => new(
        DownloadRefusal.RedirectBlocked,
        $"The address of the file leads on to a place that is not fetched from. {OtherAddress}",
        $"{Redaction.Of(from)} redirects to where it must not: {why.Message}",
        inner: why);

    public static DownloadException TooManyRedirects(Uri last, int allowed) => new(
        DownloadRefusal.TooManyRedirects,
        $"The address of the file leads on from place to place without an end. {OtherAddress}",
        Text($"More than {allowed} redirects; the last was {Redaction.Of(last)}."));

    public static DownloadException TooManyBytes(Uri address, long allowed) => new(
        DownloadRefusal.TooManyBytes,
        Text($"The file is larger than {Math.Max(1, allowed / 1_000_000)} MB. Please use a smaller one."),
        Text($"{Redaction.Of(address)} has more than {allowed} bytes."));

    public static DownloadException TimedOut(Uri address, TimeSpan limit, Exception inner) => new(
        DownloadRefusal.TimedOut,
        "The server of the file is too slow. It is tried again later.",
        Text($"{Redaction.Of(address)} did not end within {limit.TotalSeconds:0.#} s."),
        mayPass: true,
        inner: inner);

    public static DownloadException Status(Uri address, int status) => new(
        DownloadRefusal.Status,
        status is 404 or 410 ? "The file is no longer there. Please upload it again." : "The server of the file did not give it out.",
        Text($"{Redaction.Of(address)} answered {status}."),
        mayPass: status is 408 or 425 or 429 or (>= 500 and not 501 and not 505),
        status: status);

    public static DownloadException ContentTypeNotAllowed(Uri address, string? type) => new(
        DownloadRefusal.ContentTypeNotAllowed,
        "The address leads to something else than the file that was expected.",
        $"{Redaction.Of(address)} is {type ?? "of no stated type"}.",
        status: 200);

    /// <summary>Whatever the connection threw; a refusal from inside it comes out as it is.</summary>
    public static DownloadException Of(Uri address, Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            if (inner is DownloadException refusal)
                return refusal;
        }

        var untrusted = failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
        var unknown = failure.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound };
        return new DownloadException(
            DownloadRefusal.Unreachable,
            untrusted ? "The server of the file has no valid certificate." : "The server of the file can't be reached.",
            $"{Redaction.Of(address)}: {failure.GetBaseException().Message}",
            mayPass: !untrusted && !unknown,
            inner: failure);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
