using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ProductVideo.Http;

/// <summary>Opens a connection to one address that was found harmless.</summary>
internal delegate ValueTask<Stream> Dial(IPAddress address, int port, CancellationToken cancellationToken);

/// <summary>
/// Resolves a name, checks every address it has, and connects to the very addresses that were checked: a name server that answers
/// differently a moment later changes nothing.
/// </summary>
internal sealed class GuardedConnection(IDnsResolver resolver, Func<IPAddress, bool> isAllowed, Dial dial, TimeProvider clock)
{
    /// <summary>How long an address may keep the next one waiting: a machine whose IPv6 leads nowhere still gets its files.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <exception cref="DownloadException">One of the addresses is not allowed; nothing was connected to.</exception>
    public async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await AddressesAsync(host, cancellationToken);
        if (addresses.FirstOrDefault(a => !isAllowed(a)) is { } blocked)
            throw DownloadFault.AddressBlocked(host, blocked);
        for (var i = 0; i < addresses.Length - 1; i++)
        {
            using var turn = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(turn.Token, cancellationToken);
            try
            {
                return await dial(addresses[i], port, either.Token);
            }
            catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The next address may answer; the last one's error is the one to report.
            }
        }

        return await dial(addresses[^1], port, cancellationToken);
    }

    /// <summary>What speaks HTTP over such connections: by no proxy, with no cookie, following no redirect, and telling strangers nothing of our traces.</summary>
    /// <param name="connectTimeout">How long connecting may take.</param>
    /// <param name="lifetime">How long a connection is kept for the next request.</param>
    /// <param name="decompression">What an answer may be packed in.</param>
    public HttpMessageInvoker ToInvoker(TimeSpan connectTimeout, TimeSpan lifetime, DecompressionMethods decompression = DecompressionMethods.None) =>
        new(new SocketsHttpHandler
        {
            ConnectCallback = OpenAsync,
            ConnectTimeout = connectTimeout,
            PooledConnectionLifetime = lifetime,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AllowAutoRedirect = false,
            AutomaticDecompression = decompression,
            MaxResponseHeadersLength = 32,
            MaxResponseDrainSize = 0,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        });

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
