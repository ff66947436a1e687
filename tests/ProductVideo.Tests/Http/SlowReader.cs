using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProductVideo.Tests.Http;

/// <summary>A server that reads so many bytes of what it is sent, maybe encrypted, and then does what it is told with the connection.</summary>
internal sealed class SlowReader : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _hasRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly X509Certificate2? _certificate;
    private readonly Task _loop;

    /// <param name="bytes">That are read, its head among them.</param>
    /// <param name="then">What is done after that.</param>
    /// <param name="encrypted">Whether it speaks TLS, with a certificate that nobody knows.</param>
    public SlowReader(long bytes, Func<Socket, CancellationToken, Task> then, bool encrypted = false)
    {
        _certificate = encrypted ? Certificate() : null;
        // Else the kernel takes megabytes that nobody has read.
        _listener.Server.ReceiveBufferSize = 1 << 16;
        _listener.Start();
        _loop = Task.Run(() => RunAsync(bytes, then));
    }

    public Uri Address => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/videos");

    /// <summary>Ends when it has read that many.</summary>
    public Task HasRead => _hasRead.Task;

    public static Task Resets(Socket socket, CancellationToken stop)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
        _certificate?.Dispose();
    }

    private async Task RunAsync(long bytes, Func<Socket, CancellationToken, Task> then)
    {
        try
        {
            using var socket = await _listener.AcceptSocketAsync(_stop.Token);
            Stream stream = new NetworkStream(socket);
            if (_certificate is not null)
            {
                var encrypted = new SslStream(stream);
                await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
                stream = encrypted;
            }

            var buffer = new byte[1 << 16];
            for (var left = bytes; left > 0;)
                left -= await stream.ReadAtLeastAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), 1, throwOnEndOfStream: true, _stop.Token);
            _hasRead.SetResult();
            await then(socket, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test is over.
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
