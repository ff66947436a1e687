using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProductVideo.Tests.Http;

/// <summary>A server that counts every POST on the wire, reads it to its end, and then does what it is told with the connection.</summary>
internal sealed class PostCounter : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Socket, CancellationToken, Task> _then;
    private readonly Task _loop;
    private int _posts;

    public PostCounter(Func<Socket, CancellationToken, Task> then)
    {
        _then = then;
        _listener.Start();
        _loop = Task.Run(LoopAsync);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/videos");

    public int Posts => Volatile.Read(ref _posts);

    public static PostCounter Saying(string answer) => new(async (socket, stop) =>
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}"), stop);
        // Said to its end before it hangs up: a close would otherwise overtake the answer.
        socket.Shutdown(SocketShutdown.Send);
    });

    /// <summary>Closes the connection hard, as a crashed server does.</summary>
    public static PostCounter Resetting() => new((socket, _) =>
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return Task.CompletedTask;
    });

    public static PostCounter Silent() => new((_, stop) => FakeServer.FallSilentAsync(stop));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                using var socket = await _listener.AcceptSocketAsync(_stop.Token);
                await ReadAsync(socket);
                await _then(socket, _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    /// <summary>To the end of a body that is known to end with a brace.</summary>
    private async Task ReadAsync(Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[8_192];
        while (!text.ToString().EndsWith('}'))
        {
            var count = await socket.ReceiveAsync(buffer, _stop.Token);
            if (count == 0)
                return;
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        if (text.ToString().StartsWith("POST ", StringComparison.Ordinal))
            Interlocked.Increment(ref _posts);
    }
}
