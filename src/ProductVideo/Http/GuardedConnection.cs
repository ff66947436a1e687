using System.Net;
using System.Net.Sockets;

namespace ProductVideo.Http;

/// <summary>Opens a connection to one address that was found harmless.</summary>
internal delegate ValueTask<Stream> Dial(IPAddress address, int port, CancellationToken cancellationToken);

/// <summary>
/// Resolves a name, checks every address it has, and connects to the very addresses that were checked: a name server that answers
/// differently a moment later changes nothing.
/// </summary>
internal sealed class GuardedConnection(IDnsResolver resolver, Func<IPAddress, bool> isAllowed, Dial dial)
{
    /// <exception cref="DownloadException">One of the addresses is not allowed; nothing was connected to.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await AddressesAsync(host, cancellationToken);
        if (addresses.FirstOrDefault(a => !isAllowed(a)) is { } blocked)
            throw DownloadFault.AddressBlocked(host, blocked);
        for (var i = 0; i < addresses.Length - 1; i++)
        {
            try
            {
                return await dial(addresses[i], port, cancellationToken);
            }
            catch (SocketException)
            {
                // The next address may answer; the last one's error is the one to report.
            }
        }

        return await dial(addresses[^1], port, cancellationToken);
    }

    /// <summary>Plain TCP, without a proxy.</summary>
    public static async ValueTask<Stream> DialTcpAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);
        return found.Length > 0 ? [.. found.Select(PublicAddress.Plain)] : throw new SocketException((int)SocketError.HostNotFound);
    }
}
