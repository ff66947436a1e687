using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProductVideo.Tests.Http;

/// <summary>A server on this machine that answers as it is told, one request a connection, and remembers what it was asked.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    /// <summary>What the first record of TLS begins with; no request in plain text does.</summary>
    private const byte TlsGreeting = 0x16;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Asked, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _loop;

    public FakeServer(Func<Asked, NetworkStream, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _loop = Task.Run(LoopAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every request in the order of arrival.</summary>
    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>A server whose every answer is this text.</summary>
    public static FakeServer Saying(string head, byte[]? body = null) => new((_, stream, stop) => SendAsync(stream, head, body ?? [], stop));

    /// <summary>A server that answers by host and path.</summary>
    public static FakeServer Routing(Func<string, string> head) => new((asked, stream, stop) => SendAsync(stream, head($"{asked.Host}{asked.Path}"), [], stop));

    public static string Ok(string type, int length, string more = "") =>
        string.Create(CultureInfo.InvariantCulture, $"200 OK\r\nContent-Type: {type}\r\nContent-Length: {length}{more}");

    public static string Redirect(string to, int status = 302) =>
        string.Create(CultureInfo.InvariantCulture, $"{status} Found\r\nLocation: {to}\r\nContent-Length: 0");

    /// <summary>Says nothing more until the test is over.</summary>
    public static Task FallSilentAsync(CancellationToken stop) => new TaskCompletionSource().Task.WaitAsync(stop);

    public static async Task SendAsync(NetworkStream stream, string head, byte[] body, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\nConnection: close\r\n\r\n"), stop);
        await stream.WriteAsync(body, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true)
                answers.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            try
            {
                var asked = await ReadAsync(stream);
                Requests.Enqueue(asked);
                await _answer(asked, stream, _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private async Task<Asked> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!(bytes.Count >= 4 && bytes[^4..].SequenceEqual("\r\n\r\n"u8.ToArray())))
        {
            await stream.ReadExactlyAsync(one, _stop.Token);
            bytes.Add(one[0]);
            // Else whoever greets in TLS waits for an answer until its time for a connection is over.
            if (bytes[0] == TlsGreeting)
                throw new IOException("It speaks no TLS.");
        }

        var lines = Encoding.ASCII.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);
        return new Asked(headers["Host"], lines[0].Split(' ')[1], headers);
    }

    internal sealed record Asked(string Host, string Path, IReadOnlyDictionary<string, string> Headers);
}
