using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ProductVideo.Http;
using Shouldly;

namespace ProductVideo.Tests.Http;

/// <summary>Names with the addresses they are given, and connections that all end at one port of this machine, whatever address was dialled.</summary>
internal sealed class FakeInternet(int port) : IDnsResolver
{
    /// <summary>A public address; it is never really dialled.</summary>
    public const string Public = "93.184.216.34";

    /// <summary>A public address where nobody listens.</summary>
    public const string Refusing = "93.184.216.35";

    /// <summary>A public address that takes a connection and resets it before anything was asked.</summary>
    public const string Leaving = "93.184.216.36";

    /// <summary>A public address that swallows everything.</summary>
    public const string Silent = "2606:4700::99";

    private readonly Dictionary<string, Queue<string[]>> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every address that was dialled, with the port that was asked for.</summary>
    public ConcurrentQueue<string> Dialled { get; } = new();

    public TaskCompletionSource SilentDialled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Resolved { get; private set; }

    /// <summary>The answers for a name one after the other; the last stays.</summary>
    public FakeInternet With(string name, params string[][] answers)
    {
        _names[name] = new Queue<string[]>(answers);
        return this;
    }

    public SafeDownload Download(TimeProvider? clock = null, SafeDownloadOptions? options = null) => new(options ?? new SafeDownloadOptions(), this, clock, DialAsync);

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Resolved++;
        var answers = _names.TryGetValue(host, out var known) ? known : throw new SocketException((int)SocketError.HostNotFound);
        return Task.FromResult<IPAddress[]>([.. (answers.Count > 1 ? answers.Dequeue() : answers.Peek()).Select(IPAddress.Parse)]);
    }

    private async ValueTask<Stream> DialAsync(IPAddress address, int asked, CancellationToken cancellationToken)
    {
        Dialled.Enqueue(new IPEndPoint(address, asked).ToString());
        if (address.ToString() == Refusing)
            throw new SocketException((int)SocketError.ConnectionRefused);
        if (address.ToString() == Silent)
        {
            SilentDialled.TrySetResult();
            await FakeServer.FallSilentAsync(cancellationToken);
        }

        return address.ToString() == Leaving ? await LeftAsync(cancellationToken) : await GuardedConnection.DialTcpAsync(IPAddress.Loopback, port, cancellationToken);
    }

    /// <summary>A connection whose other end is known to be gone.</summary>
    public static async Task<Stream> LeftAsync(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var stream = (NetworkStream)await GuardedConnection.DialTcpAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port, cancellationToken);
        using (var other = await listener.AcceptSocketAsync(cancellationToken))
            other.LingerState = new LingerOption(enable: true, seconds: 0);
        stream.Socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead).ShouldBeTrue();
        return stream;
    }
}
