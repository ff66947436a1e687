using System.Net;
using System.Text;
using System.Text.Json;
using ProductVideo.Conformance;

namespace ProductVideo.Tests.Webhooks.Outgoing;

/// <summary>A merchant's system on this machine: answers as told and remembers every call.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public Receiver()
    {
        Port = FreePort.Next();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    public string Url => $"http://{Host}/hooks";

    /// <summary>Status, and headers to answer with.</summary>
    public Func<(int Status, string? Location, string? RetryAfter)> Answer { get; set; } = () => (200, null, null);

    public List<Received> Calls { get; } = [];

    public async ValueTask DisposeAsync()
    {
        // Not stopped first: a stopped listener takes its port again for a moment to be closed, and somebody else may have it by then.
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (await NextAsync() is { } context)
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            lock (Calls)
            {
                Calls.Add(new Received(
                    context.Request.Url!.AbsolutePath,
                    context.Request.Headers.AllKeys.ToDictionary(name => name!, name => context.Request.Headers[name]!, StringComparer.OrdinalIgnoreCase), body.ToArray()));
            }

            var (status, location, retryAfter) = Answer();
            context.Response.StatusCode = status;
            if (location is not null)
                context.Response.Headers["Location"] = location;
            if (retryAfter is not null)
                context.Response.Headers["Retry-After"] = retryAfter;
            await context.Response.OutputStream.WriteAsync("thanks\r\nfor that"u8.ToArray());
            context.Response.Close();
        }
    }

    private async Task<HttpListenerContext?> NextAsync()
    {
        try
        {
            return await _listener.GetContextAsync();
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
            return null;
        }
    }
}

internal sealed record Received(string Path, Dictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Text => Encoding.UTF8.GetString(Body);
}
