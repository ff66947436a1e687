using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProductVideo.EndToEnd.Hosts;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>
/// Prism between a client and a server: it answers 422 to a request, and 500 to an answer, that the OpenAPI file does not allow, and names what is wrong.
/// It makes text of every body, so a clip's bytes go around it and a picture arrives garbled.
/// </summary>
internal sealed partial class PrismProxy : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _reading;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly WebApplication _front;

    private PrismProxy(Process process, Uri prism, Uri server, Task reading)
    {
        (_process, _reading) = (process, reading);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _front = builder.Build();
        _front.Run(http => PassOnAsync(http, http.Request.Path.Value!.EndsWith("/content", StringComparison.Ordinal) ? server : prism));
    }

    public Uri Address => new(_front.Urls.First());

    /// <param name="file">In <c>tests/prism</c>.</param>
    /// <param name="server">What the file speaks of.</param>
    public static async Task<PrismProxy> StartAsync(string file, Uri server)
    {
        var folder = Path.Combine(Checkout.Root, "tests", "prism");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw new InvalidOperationException("Prism is not installed. Run: npm ci --prefix tests/prism");
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in (string[])["node_modules/@stoplight/prism-cli/dist/index.js", "proxy", "--errors", "--port", "0", file, server.GetLeftPart(UriPartial.Authority)])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is not { Success: true } found)
                continue;
            var proxy = new PrismProxy(process, new Uri(found.Groups["address"].Value), server, process.StandardOutput.BaseStream.CopyToAsync(Stream.Null));
            await proxy._front.StartAsync();
            return proxy;
        }

        throw new InvalidOperationException($"Prism does not listen: {string.Join('\n', said)}\n{await error}");
    }

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task PassOnAsync(HttpContext http, Uri to)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(to, http.Request.Path + http.Request.QueryString));
        if (http.Request.ContentType is { } type)
        {
            request.Content = new StreamContent(http.Request.Body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            request.Content.Headers.ContentLength = http.Request.ContentLength;
        }

        if (http.Request.Headers.Authorization is [{ } key])
            request.Headers.TryAddWithoutValidation("Authorization", key);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    [GeneratedRegex("listening on (?<address>http://[0-9.:]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Listening();
}
