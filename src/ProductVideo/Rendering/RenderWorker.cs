using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Data;

namespace ProductVideo.Rendering;

/// <summary>Renders orders one after the other: pictures from the blob store to files, film, clip back into the blob store.</summary>
internal sealed class RenderWorker(
    IRenderOrders orders, IBlobStore blobs, ClipRenderer renderer, RenderSettings settings, IDatabaseClock clock, TimeProvider timers,
    ILogger<RenderWorker> log)
{
    /// <summary>Short, so that a killed process's render goes on soon; renewed with every report of progress.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(400);

    /// <summary>An order that ended its process so often is given up.</summary>
    private const int MaxStarts = 3;

    /// <summary>So long an order waits for a fault of this machine to pass.</summary>
    private static readonly TimeSpan MaxSetback = TimeSpan.FromHours(24);

    /// <summary>So long nothing is begun here after such a fault: the next order would most likely meet it too.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private long _restUntil;

    /// <summary>Renders the order that is next. False if there was none.</summary>
    public Task<bool> RenderNextAsync(CancellationToken cancellationToken) => RenderNextAsync(express: false, cancellationToken);

    /// <summary>Renders the next order that somebody waits for, however many others there are. False if there was none.</summary>
    public Task<bool> RenderExpressAsync(CancellationToken cancellationToken) => RenderNextAsync(express: true, cancellationToken);

    private async Task<bool> RenderNextAsync(bool express, CancellationToken cancellationToken)
    {
        if (Interlocked.Read(ref _restUntil) is > 0 and var until && (await clock.NowAsync(cancellationToken)).UtcTicks < until)
            return false;
        var owner = Guid.NewGuid().ToString("n");
        if (await orders.ClaimNextAsync(owner, Lease, cancellationToken, express) is not { } order)
            return false;
        if (order.Starts > MaxStarts)
        {
            var died = RenderTrouble.GaveUp($"The render was begun {MaxStarts} times and never ended; its process died each time.");
            await orders.FailAsync(order.Id, owner, died.Problem, CancellationToken.None);
            return true;
        }

        // Its files are gone before a failure is written down: where the disk was full, that makes the room for writing.
        return await TryRenderAsync(order, owner, cancellationToken) is not { } trouble || await FollowAsync(order, owner, trouble, cancellationToken);
    }

    /// <summary>Ends the order, or puts it off where nothing is wrong with the order itself.</summary>
    /// <returns>Whether the next order may be begun.</returns>
    private async Task<bool> FollowAsync(RenderOrder order, string owner, RenderTrouble trouble, CancellationToken cancellationToken)
    {
        if (trouble.Waiting is not { } waiting)
        {
            await orders.FailAsync(order.Id, owner, trouble.Problem, CancellationToken.None);
            return true;
        }

        // Whoever stops this process stops the encoder as well, and that may be noticed first: it is nothing that the render did.
        if (cancellationToken.IsCancellationRequested)
        {
            await orders.GiveBackAsync(order.Id, owner, CancellationToken.None);
            return false;
        }

        var now = await clock.NowAsync(CancellationToken.None);
        Interlocked.Exchange(ref _restUntil, (now + Rest).UtcTicks);
        var (since, tries) = (order.Setback?.Since ?? now, order.Setback?.Tries ?? 0);
        if (now - since >= MaxSetback || (trouble.Counts && order.Starts >= MaxStarts))
            await orders.FailAsync(order.Id, owner, trouble.Problem, CancellationToken.None);
        else
            await orders.PutOffAsync(order.Id, owner, new RenderSetback(waiting, since, tries + 1), Backoff(tries), trouble.Counts, CancellationToken.None);
        return false;
    }

    /// <summary>5 s, 10 s, 20 s … at most 5 minutes.</summary>
    private static TimeSpan Backoff(int tries) => TimeSpan.FromSeconds(Math.Min(300, 5 * Math.Pow(2, Math.Min(tries, 6))));

    /// <returns>Why there is no clip; null if there is one, or the order is somebody else's now.</returns>
    private async Task<RenderTrouble?> TryRenderAsync(RenderOrder order, string owner, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        string? clip;
        try
        {
            using var work = new WorkFolder(settings.Folder, $"render-{owner}", log);
            clip = await RenderAsync(order, owner, work.Path, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await orders.GiveBackAsync(order.Id, owner, CancellationToken.None);
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            log.LogWarning(e, "Render {Order} failed", order.Id);
            return RenderTrouble.Of(e, settings.Folder);
        }

        if (clip is null)
            log.LogInformation("Render {Order} was stopped or taken over", order.Id);
        else if (await orders.FinishAsync(order.Id, owner, clip, CancellationToken.None))
            log.LogInformation("Render {Order} finished in {Elapsed}", order.Id, Stopwatch.GetElapsedTime(started));
        return null;
    }

    /// <returns>The clip's key in the blob store; null if the order was stopped or is somebody else's now.</returns>
    private async Task<string?> RenderAsync(RenderOrder order, string owner, string work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var progress = new LatestProgress();
        var making = MakeAsync(order.Request, work, progress, stop.Token);
        await ReportWhileAsync(making, order.Id, owner, progress, stop);
        try
        {
            return await making;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <returns>The clip's key in the blob store.</returns>
    private async Task<string> MakeAsync(Providers.VideoRequest request, string work, LatestProgress progress, CancellationToken cancellationToken)
    {
        var images = new List<string>();
        foreach (var image in request.Images)
            images.Add(await ToFileAsync(image.BlobKey, Path.Combine(work, $"image-{images.Count}"), cancellationToken));
        var logo = request.Plan.EndCard?.LogoBlobKey is { } key ? await ToFileAsync(key, Path.Combine(work, "logo"), cancellationToken) : null;

        var (width, height) = FilmSize.For(request.Aspect, settings.ShortSide);
        var clip = Path.Combine(work, "clip.mp4");
        await renderer.RenderAsync(
            new RenderInput(request.Plan, images, logo, width, height), clip, Path.Combine(work, "poster.jpg"), progress, cancellationToken);
        return await StoreAsync(request.Images[0].BlobKey, clip, cancellationToken);
    }

    /// <summary>Says how far the making is, which keeps its claim, and ends it when the claim is lost or the order was stopped.</summary>
    private async Task ReportWhileAsync(Task making, string order, string owner, LatestProgress progress, CancellationTokenSource stop)
    {
        while (await Task.WhenAny(making, Task.Delay(ReportEvery, timers, CancellationToken.None)) != making)
        {
            if (!stop.IsCancellationRequested && !await ReportAsync(order, owner, progress.Value))
                await stop.CancelAsync();
        }
    }

    private async Task<bool> ReportAsync(string order, string owner, double progress)
    {
        try
        {
            return await orders.ReportAsync(order, owner, progress, Lease, CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The encoder must not be left running alone. The next report tells whether the claim still holds.
            log.LogWarning(e, "Progress of render {Order} could not be written", order);
            return true;
        }
    }

    /// <summary>Where the pipeline will keep the clip anyway, so that its bytes are stored once.</summary>
    private async Task<string> StoreAsync(string imageKey, string clip, CancellationToken cancellationToken)
    {
        await using var content = File.OpenRead(clip);
        var sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        content.Position = 0;
        var key = $"{imageKey.Split('/')[0]}/clips/{sha}.mp4";
        await blobs.PutAsync(key, content, "video/mp4", PutMode.IfAbsent, cancellationToken);
        return key;
    }

    private async Task<string> ToFileAsync(string blobKey, string file, CancellationToken cancellationToken)
    {
        await using var content = await blobs.OpenAsync(blobKey, cancellationToken) ?? throw new BlobStoreException(
            "A picture of the product is missing from storage. Start the video again: the picture will be fetched anew.", $"Blob {blobKey} is missing.");
        await using var target = File.Create(file);
        await content.CopyToAsync(target, cancellationToken);
        return file;
    }

    /// <summary>Only the newest figure matters, and the frame loop must not wait for anybody.</summary>
    private sealed class LatestProgress : IProgress<double>
    {
        private double _value;

        public double Value => Volatile.Read(ref _value);

        public void Report(double value) => Volatile.Write(ref _value, value);
    }
}

/// <summary>What the renderers of this process are told.</summary>
/// <param name="Folder">Existing and writable; there renders put their files while they work.</param>
/// <param name="ShortSide">The shorter side of clips in pixels.</param>
/// <param name="Workers">How many clips are rendered side by side; 0 renders nothing here.</param>
internal sealed record RenderSettings(string Folder, int ShortSide, int Workers);
