using System.Net.Sockets;

namespace ProductVideo.Http;

/// <summary>What a connection throws when the other side or the way there fails.</summary>
internal static class WireFault
{
    /// <summary>
    /// A socket's own error is among it: where the other side leaves in the moment in which a connection stands, the HTTP handler asks the
    /// socket for its peer and lets what it throws through as it is.
    /// </summary>
    public static bool Is(Exception failure) => failure is HttpRequestException or IOException or SocketException;

    /// <summary>The same, or that the time for the call is over: cancelled, though its caller did not.</summary>
    public static bool Is(Exception failure, CancellationToken callers) => Is(failure) || (failure is OperationCanceledException && !callers.IsCancellationRequested);
}
