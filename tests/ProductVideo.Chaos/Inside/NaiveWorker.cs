using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ProductVideo.Chaos.Outside;
using ProductVideo.Chaos.Points;
using ProductVideo.Clips;
using ProductVideo.Http;

namespace ProductVideo.Chaos.Inside;

/// <summary>
/// What one writes at first: a file a job, a POST where the task's id is missing, an upload where the media's id is missing. It keeps
/// everything durably and is right as long as nothing breaks; the checker must find it out.
/// </summary>
internal sealed class NaiveWorker(WorkerSettings settings)
{
    private readonly HttpClient _http = Outward.Client(settings);
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly string _folder = Directory.CreateDirectory(Path.Combine(settings.Data, "naive")).FullName;

    public static async Task<int> RunAsync(WorkerSettings settings)
    {
        Leash.PutOn();
        var worker = new NaiveWorker(settings);
        foreach (var file in Directory.EnumerateFiles(worker._folder, "*.json"))
            worker.Hold(JsonSerializer.Deserialize<Job>(await File.ReadAllTextAsync(file))!);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/chaos/arm/{point}/{hit:int}", (string point, int hit) => Crash.Arm(point, hit));
        app.MapPost("/api/v1/generations", (HttpContext http, Order order) => Results.Accepted(null, View(worker.Accept(http.Request.Headers["Idempotency-Key"].ToString(), order))));
        app.MapGet("/api/v1/generations", () => new { items = worker._jobs.Values.Select(View), next = (string?)null });
        await app.StartAsync();
        Console.WriteLine("KEY pv_naive");
        Console.WriteLine("READY " + app.Urls.First());
        await app.WaitForShutdownAsync();
        return 0;
    }

    private Job Accept(string key, Order order)
    {
        Crash.At("P01");
        if (_jobs.TryGetValue(key, out var known))
            return known;
        var job = Save(new Job(key, Guid.NewGuid(), order.Product, "Planned"));
        Crash.At("P02");
        Hold(job);
        return job;
    }

    private void Hold(Job job)
    {
        _jobs[job.Key] = job;
        if (job.State != "Published")
            _ = Task.Run(() => WorkAsync(job));
    }

    private async Task WorkAsync(Job job)
    {
        while (job.State != "Published")
        {
            try
            {
                job = Save(await StepAsync(job));
                Crash.At(job.State switch { "Rendering" => "P07", "Fetched" => "P13", _ => "P16" });
            }
            catch (Exception e) when (WireFault.Is(e) || e is OperationCanceledException)
            {
                Console.WriteLine($"{job.Product}: {e.Message}; trying again");
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    private async Task<Job> StepAsync(Job job)
    {
        if (job.Task is null)
        {
            Crash.At("P03");
            using var response = await _http.PostAsJsonAsync("/provider/videos", new CreateCall("Stoneware mug " + job.Product, 5, job.Key, job.Key));
            var task = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<TaskView>())!.Id;
            Crash.At("P06");
            return job with { State = "Rendering", Task = task };
        }

        byte[] bytes = [.. await DownloadAsync(job.Task), .. AiMark.Mp4Box()];
        if (job.State == "Rendering")
            return job with { State = "Fetched", Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/shop/products/{job.Product}/media") { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Key", job.Key);
        using var attached = await _http.SendAsync(request);
        attached.EnsureSuccessStatusCode();
        Crash.At("P15");
        return job with { State = "Published" };
    }

    private async Task<byte[]> DownloadAsync(string task)
    {
        while (true)
        {
            if ((await _http.GetFromJsonAsync<TaskView>("/provider/videos/" + task))!.Url is { } url)
                return await _http.GetByteArrayAsync(url);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private Job Save(Job job)
    {
        var file = Path.Combine(_folder, job.Id + ".json");
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(job));
        File.Move(file + ".new", file, overwrite: true);
        return _jobs[job.Key] = job;
    }

    private static object View(Job job) => new
    {
        id = job.Id,
        product = job.Product,
        state = job.State,
        price = new { amount = World.PricePerSecond * 5, currency = World.Currency },
        clip = job.Sha256 is null ? null : new { sha256 = job.Sha256 },
        problem = (object?)null,
    };

    private sealed record Order(string Product);

    private sealed record Job(string Key, Guid Id, string Product, string State, string? Task = null, string? Sha256 = null);
}
