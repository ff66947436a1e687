using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>A provider in its own process: takes tasks, and says of each whether its time is over. Ends with its input.</summary>
internal static class FakeProvider
{
    private static readonly ConcurrentDictionary<int, long> s_ends = new();
    private static readonly ConcurrentDictionary<string, int> s_keys = new(StringComparer.Ordinal);
    private static int s_creates;
    private static int s_checks;
    private static TimeSpan? s_length;

    /// <param name="length">How long each task takes; null for the lengths of <see cref="RemoteTasks"/>.</param>
    public static async Task<int> RunAsync(TimeSpan? length)
    {
        s_length = length;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Console.WriteLine(app.Urls.First());
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static Task AnswerAsync(HttpContext call) => (call.Request.Method, call.Request.Path.Value!) switch
    {
        ("POST", "/tasks") => CreateAsync(call),
        ("POST", "/reset") => ResetAsync(call),
        (_, "/counts") => WriteAsync(call, string.Create(CultureInfo.InvariantCulture, $"{s_creates} {s_keys.Count} {s_checks}")),
        (_, var path) => CheckAsync(call, int.Parse(path.AsSpan("/tasks/".Length), CultureInfo.InvariantCulture)),
    };

    private static async Task CreateAsync(HttpContext call)
    {
        using var reader = new StreamReader(call.Request.Body);
        var key = await reader.ReadToEndAsync();
        var task = Interlocked.Increment(ref s_creates);
        s_keys.AddOrUpdate(key, 1, (_, times) => times + 1);
        s_ends[task] = Stopwatch.GetTimestamp() + (long)((s_length ?? RemoteTasks.Length(task)).TotalSeconds * Stopwatch.Frequency);
        await WriteAsync(call, string.Create(CultureInfo.InvariantCulture, $"{task}"));
    }

    private static Task CheckAsync(HttpContext call, int task)
    {
        Interlocked.Increment(ref s_checks);
        return WriteAsync(call, Stopwatch.GetTimestamp() >= s_ends[task] ? "done" : "running");
    }

    private static Task ResetAsync(HttpContext call)
    {
        s_ends.Clear();
        s_keys.Clear();
        (s_creates, s_checks) = (0, 0);
        return WriteAsync(call, "ok");
    }

    private static async Task WriteAsync(HttpContext call, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        call.Response.ContentType = "text/plain";
        call.Response.ContentLength = bytes.Length;
        await call.Response.Body.WriteAsync(bytes);
    }
}
