using System.Net;
using System.Net.Sockets;

namespace ProductVideo.Conformance;

/// <summary>
/// A port for a program that must be told one. Not one that the system hands out: those are also given to every connection that leaves, so
/// somebody may have it before the program listens.
/// </summary>
public static class FreePort
{
    // Below where Linux (32768), macOS and Windows (49152) begin to hand out ports.
    private const int First = 20_000;
    private const int Count = 12_000;

    // Elsewhere in each process, for several run side by side.
    private static int s_last = Random.Shared.Next(Count);

    /// <summary>Never the same twice in a process.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref s_last) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody's already; the next one.
            }
        }
    }
}
