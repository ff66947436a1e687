using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProductVideo.EndToEnd.Live;

/// <summary>Stands between the product and a service, passes everything on unchanged, and writes each exchange down without secrets, a file each.</summary>
internal sealed class Recorder : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly ConcurrentQueue<Exchange> _exchanges = new();
    private readonly Uri _service;
    private readonly string _folder;
    private readonly Redaction _redaction;
    private int _count;

    private Recorder(Uri service, string folder, Redaction redaction)
    {
        (_service, _folder, _redaction) = (service, folder, redaction);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    /// <summary>What to set as the provider's address.</summary>
    public Uri Address => new(new Uri(_app.Urls.First()), _service.AbsolutePath);

    public IReadOnlyCollection<Exchange> Exchanges => _exchanges;

    public static async Task<Recorder> StartAsync(Uri service, string folder, Redaction redaction)
    {
        Directory.CreateDirectory(folder);
        var recorder = new Recorder(service, folder, redaction);
        await recorder._app.StartAsync();
        return recorder;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassOnAsync(HttpContext http)
    {
        using var sent = new MemoryStream();
        await http.Request.Body.CopyToAsync(sent, http.RequestAborted);
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_service, http.Request.Path + http.Request.QueryString));
        if (http.Request.ContentType is not null || sent.Length > 0)
            request.Content = new ByteArrayContent(sent.ToArray());
        foreach (var header in http.Request.Headers.Where(header => header.Key is not ("Host" or "Connection" or "Transfer-Encoding" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.AsEnumerable());
        }

        using var answer = await _http.SendAsync(request, http.RequestAborted);
        var got = await answer.Content.ReadAsByteArrayAsync(http.RequestAborted);
        Write(new Exchange(
            http.Request.Method, http.Request.Path, HeadersOf(http.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))),
            Text(sent.ToArray(), http.Request.ContentType), (int)answer.StatusCode,
            HeadersOf(answer.Headers.Concat(answer.Content.Headers).Select(header => KeyValuePair.Create(header.Key, string.Join(", ", header.Value)))),
            Text(got, answer.Content.Headers.ContentType?.MediaType)));
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        if (answer.Headers.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = wait.ToString();
        await http.Response.Body.WriteAsync(got, http.RequestAborted);
    }

    private void Write(Exchange exchange)
    {
        _exchanges.Enqueue(exchange);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _count):000}-{exchange.Method}-{exchange.Status}.json");
        File.WriteAllText(Path.Combine(_folder, name), _redaction.Clean(JsonSerializer.Serialize(exchange, Readable)));
    }

    private static Dictionary<string, string> HeadersOf(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.Where(header => Redaction.Headers.Contains(header.Key)).ToDictionary(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>A clip or a form with a picture is told by its length.</summary>
    private static string Text(byte[] body, string? type) =>
        body.Length == 0 || type is null || type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(body)
            : string.Create(CultureInfo.InvariantCulture, $"{body.Length} bytes of {type.Split(';')[0]}");

    /// <param name="Method">Of the request.</param>
    /// <param name="Path">Without the query.</param>
    /// <param name="Headers">Of the request, those that are no secret.</param>
    /// <param name="Sent">The request's body.</param>
    /// <param name="Status">Of the answer.</param>
    /// <param name="AnswerHeaders">Those that are no secret.</param>
    /// <param name="Answer">The answer's body.</param>
    internal sealed record Exchange(
        string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Sent, int Status, IReadOnlyDictionary<string, string> AnswerHeaders, string Answer);
}
