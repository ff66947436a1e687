using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using ProductVideo.Http;

namespace ProductVideo.Tests.Http;

/// <summary>Names with the addresses they are given, and connections that all end at one port of this machine, whatever address was dialled.</summary>
internal sealed class FakeInternet(int port) : IDnsResolver
{
    /// <summary>A public address; it is never really dialled.</summary>
    public const string Public = "93.184.216.34";

    private readonly Dictionary<string, Queue<string[]>> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every address that was dialled, with the port that was asked for.</summary>
    public ConcurrentQueue<string> Dialled { get; } = new();

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

    private ValueTask<Stream> DialAsync(IPAddress address, int asked, CancellationToken cancellationToken)
    {
        Dialled.Enqueue(new IPEndPoint(address, asked).ToString());
        return GuardedConnection.DialTcpAsync(IPAddress.Loopback, port, cancellationToken);
    }
}
