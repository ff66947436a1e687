using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Rendering;

namespace ProductVideo.Pipeline;

/// <summary>
/// Brings a finished clip home: streams it to a file, measures it, judges it, makes its poster and stores both. One that is only coded otherwise than
/// every browser plays it is coded anew before.
/// </summary>
internal sealed class ClipFetch(
    VideoProviders providers, IBlobStore blobs, SafeDownload download, FfmpegTool ffmpeg, ClipLikeness likeness, PipelineOptions options, TimeProvider clock,
    ILogger<ClipFetch> log)
{
    /// <summary>Bytes that are read or written at once: each time a thread must be found for it, which a busy machine is slow at.</summary>
    private const int Together = 1 << 20;

    /// <summary>
    /// Parts of a clip's length at which it is looked at: the very first, which a picture may have been sent for, and enough others to tell a
    /// moment from a habit. A clip may be fine and then turn black.
    /// </summary>
    private static readonly double[] s_places = [0, 0.2, 0.4, 0.6, 0.8, 0.95];

    /// <summary>
    /// Coding takes all that the machine has, so one clip after the other is coded. Nobody waits for it here: whoever did would keep a place that
    /// another download needs.
    /// </summary>
    private bool _isCoding;

    public async Task<Answer> RunAsync(Generation generation, IReadOnlyList<ClipSource> sources, CancellationToken cancellationToken)
    {
        // What is known to be coded otherwise need not be brought once more to be told to wait.
        if (generation.State is GenerationState.Fetching { IsForeign: true } && Volatile.Read(ref _isCoding))
            return NotItsTurn();
        var work = Directory.CreateDirectory(Path.Combine(options.WorkFolder, $"fetch-{Nonce.New()}")).FullName;
        try
        {
            Answer.NotFetched? last = null;
            foreach (var source in sources)
            {
                var file = Path.Combine(work, "clip.mp4");
                (last, var sha) = await BringAsync(source, generation.Order.Provider, file, cancellationToken);
                if (last is not null)
                    continue;
                var (answer, foreign) = await StoreAsync(generation, source, new Brought(file, sha), work, cancellationToken);
                return foreign is null ? answer : await EncodeAnewAsync(generation, source, file, foreign, answer, work, cancellationToken);
            }

            return last ?? Not("no_clip", "The provider says the video is done, but names no place to get it.", "Ready without sources.", FetchRetry.AskAgain);
        }
        catch (BlobStoreException e)
        {
            return Not(Problem.StorageUnavailable, e.MerchantText, e.Message, FetchRetry.SameSources);
        }
        catch (RenderException e) when (e.Code is RenderFault.DiskFull)
        {
            return Not(
                Problem.DiskFull, "The server's disk is full. Make room; the video is kept at the provider meanwhile.", $"{options.WorkFolder}: {e.Message}",
                FetchRetry.SameSources);
        }
        catch (RenderException e) when (e.Code is RenderFault.Stopped)
        {
            return Not("render_stopped", e.MerchantText, e.Message, FetchRetry.SameSources);
        }
        catch (RenderException e)
        {
            return Not("poster_failed", e.MerchantText, e.Message, FetchRetry.SameSources);
        }
        catch (IOException e)
        {
            return Not(
                Problem.WorkFolderUnavailable, "The server's disk is full or can't be written. Make room; the video is kept at the provider meanwhile.",
                $"{options.WorkFolder}: {e.Message}", FetchRetry.SameSources);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <returns>Why not, or null if <paramref name="file"/> holds the bytes now; then their SHA-256 too, where the way of it told.</returns>
    private async Task<(Answer.NotFetched? Not, string? Sha256)> BringAsync(ClipSource source, string provider, string file, CancellationToken cancellationToken)
    {
        await using var target = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, Together, useAsync: true);
        switch (source)
        {
            case ClipSource.Stored stored:
                await using (var blob = await blobs.OpenAsync(stored.BlobKey, cancellationToken))
                {
                    if (blob is null)
                        return (Not("clip_gone", "The finished video is no longer in storage. Try again.", $"Blob {stored.BlobKey} is missing.", FetchRetry.AskAgain), null);
                    await blob.CopyToAsync(target, cancellationToken);
                    return default;
                }

            case ClipSource.Remote remote:
                try
                {
                    return (null, (await download.ToStreamAsync(remote.Address, Policy, target, cancellationToken)).Sha256);
                }
                catch (DownloadException e)
                {
                    log.LogWarning(e, "Clip could not be downloaded");
                    return (Not("clip_unreachable", e.MerchantText, e.Message, e.MayPass ? FetchRetry.SameSources : FetchRetry.AskAgain), null);
                }

            case ClipSource.AtProvider held when providers.ForOrder(provider) is IDownloadVideo downloader:
                return await downloader.DownloadAsync(held, target, options.MaxClipBytes, cancellationToken) is { } fault
                    ? (Not("clip_unreachable", fault.MerchantText, fault.OperatorText, RetryOf(fault)), null) : default;

            case ClipSource.AtProvider:
                return (Not(
                    "clip_unreachable", "The service that made this video is switched off here, so it can't be fetched. Whoever runs the server must switch it on again.",
                    $"No provider '{provider}' that downloads is registered.", FetchRetry.SameSources), null);

            default:
                throw new ArgumentOutOfRangeException(nameof(source), source, message: null);
        }
    }

    /// <summary>A key can be mended while the clip is kept; whatever else is not to pass by itself, the provider must be asked about.</summary>
    private static FetchRetry RetryOf(ProviderFault fault) =>
        fault.MayPass || fault.Code is ProviderFaultCode.Unauthorised ? FetchRetry.SameSources : FetchRetry.AskAgain;

    private DownloadPolicy Policy => new()
    {
        MaxBytes = options.MaxClipBytes,
        LoopbackAllowed = [.. options.LoopbackAllowed],
        Timeout = TimeSpan.FromMinutes(10),
        ContentTypes = ["video/", "application/octet-stream", "binary/octet-stream"],
    };

    /// <summary>
    /// A clip that is as ordered and only coded as not every browser plays it is paid for and whole: it is coded anew and judged once more. Where that
    /// can't be done, <paramref name="refused"/> stands. While another one is coded it is left where it is and comes again.
    /// </summary>
    private async Task<Answer> EncodeAnewAsync(
        Generation generation, ClipSource source, string file, ClipFacts foreign, Answer refused, string work, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isCoding, true))
            return NotItsTurn();
        var coded = Path.Combine(work, "coded.mp4");
        try
        {
            await ffmpeg.EncodeAnewAsync(file, foreign.AssumedMatrix, coded, cancellationToken);
        }
        catch (ClipUnreadableException e)
        {
            log.LogWarning(e, "The clip of generation {Generation} could not be coded anew", generation.Id);
            return refused;
        }
        catch (RenderException e) when (e.Code is RenderFault.TimedOut)
        {
            return Not("clip_unreadable", e.MerchantText, e.Message, FetchRetry.WhenIdle);
        }
        finally
        {
            Volatile.Write(ref _isCoding, false);
        }

        File.Delete(file);
        log.LogInformation("The clip of generation {Generation} came as {Codec} {PixelFormat} and was coded anew", generation.Id, foreign.Codec, foreign.PixelFormat);
        return (await StoreAsync(generation, source, new Brought(coded, Sha256: null, CodedFrom: foreign), work, cancellationToken)).Answer;
    }

    /// <summary>Judges the clip while the store reads it already. Only the end of its bytes is withheld until then, so the clip is stored if it is good.</summary>
    /// <returns>Whether it is stored; and what it is, where it was refused for a coding that can be changed.</returns>
    private async Task<(Answer Answer, ClipFacts? Foreign)> StoreAsync(
        Generation generation, ClipSource source, Brought brought, string work, CancellationToken cancellationToken)
    {
        var file = brought.File;
        var sha = brought.Sha256 ?? await HashAsync(file, cancellationToken);
        var clipKey = $"{generation.Product.Shop}/clips/{sha}.mp4";
        var content = new WithheldEnd(Open(file));
        var put = blobs.PutAsync(clipKey, content, "video/mp4", PutMode.IfAbsent, cancellationToken);
        try
        {
            var (judged, refused, foreign) = await JudgeAsync(generation, source, file, cancellationToken);
            if (judged is not var (measured, checks, matrix, posterAt))
                return (refused!, foreign);

            content.Release();
            var poster = Path.Combine(work, "poster.jpg");
            await Task.WhenAll(put, ffmpeg.ExtractPosterAsync(file, matrix, posterAt, poster, cancellationToken));
            var posterKey = $"{generation.Product.Shop}/clips/{sha}.jpg";
            await using (var picture = Open(poster))
                await blobs.PutAsync(posterKey, picture, "image/jpeg", PutMode.IfAbsent, cancellationToken);

            return (new Answer.Fetched(new Clip
            {
                BlobKey = clipKey,
                PosterKey = posterKey,
                Length = measured.Length,
                Sha256 = sha,
                Seconds = measured.Seconds,
                Width = measured.Width,
                Height = measured.Height,
                AltText = generation.Order.ProductTitle,
                MadeAt = clock.GetUtcNow(),
                Checks = brought.CodedFrom is { } before ? [.. checks.Select(check => WithOrigin(check, before))] : checks,
            }), null);
        }
        finally
        {
            // Where it was released this changes nothing; else the store must let go of the file before that is deleted.
            content.Refuse();
            await ((Task)put).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await content.DisposeAsync();
        }
    }

    private static ClipCheck WithOrigin(ClipCheck check, ClipFacts before) =>
        check.Name == ClipRules.Codec ? check with { Found = $"{check.Found}, coded anew from {before.Codec} {before.PixelFormat}" } : check;

    /// <returns>What was measured and found, or why the clip is refused; and what it is, where only its coding fails and can be changed.</returns>
    private async Task<(Judged? Judged, Answer.NotFetched? Refused, ClipFacts? Foreign)> JudgeAsync(
        Generation generation, ClipSource source, string file, CancellationToken cancellationToken)
    {
        var ordered = generation.Order.Request;
        ClipMeasurements measured;
        IReadOnlyList<ClipCheck> checks;
        IReadOnlyList<FrameSample> frames;
        string? matrix;
        try
        {
            var facts = await ffmpeg.ProbeAsync(file, cancellationToken);
            measured = Measured(file, facts);
            checks = ClipRules.Judge(measured, ordered);
            // Before anything is decoded: ten hours, or a frame of 16,384 pixels, would keep the machine busy for nothing.
            if (Broken(source, checks) is { } misfit)
                return (null, misfit, facts.CanBeCodedAnew && ClipRules.FailsByCodecAlone(checks) ? facts : null);
            matrix = facts.AssumedMatrix;
            frames = await ffmpeg.DecodeSampleAsync(file, matrix, [.. s_places.Select(place => facts.Duration * place)], cancellationToken);
        }
        catch (RenderException e) when (e.Code is RenderFault.UnreadableClip or RenderFault.TimedOut)
        {
            // What is stored was not cut short on its way.
            var retry = e.Code is RenderFault.TimedOut ? FetchRetry.WhenIdle : source is ClipSource.Stored ? FetchRetry.Never : FetchRetry.OnceMore;
            return (null, Not("clip_unreadable", e.MerchantText, e.Message, retry), null);
        }

        checks = [.. checks, .. ClipRules.JudgeMoments([.. frames.Select(frame => frame.Light)], ordered.Mode)];
        if (Broken(source, checks) is { } bare)
            return (null, bare, null);
        FrameSample? clearest = null;
        if (generation.Order.MadeWithAi && options.CompareWithPictures)
        {
            (var compared, clearest) = await likeness.CompareAsync(ordered, measured, frames, cancellationToken);
            checks = [.. checks, .. compared];
        }

        return (new Judged(measured, checks, matrix, PosterTime(ordered, measured, frames, clearest)), null, null);
    }

    /// <returns>Why the clip is refused; null if it passed.</returns>
    private static Answer.NotFetched? Broken(ClipSource source, IReadOnlyList<ClipCheck> checks)
    {
        var found = string.Join("; ", checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Found}"));
        return found.Length == 0 ? null : Not(
            "clip_failed_checks", $"The finished video did not pass its checks and was not shown to anybody ({found}).", $"{source}: {found}", FetchRetry.Never);
    }

    private static TimeSpan PosterTime(VideoRequest ordered, ClipMeasurements clip, IReadOnlyList<FrameSample> frames, FrameSample? clearest) => ordered.Mode switch
    {
        VideoModes.Slideshow => TimeSpan.FromSeconds((double)Math.Clamp(PosterMoment.Of(ordered.Plan), 0, clip.Seconds - 0.1m)),
        // Its first frame is the product's picture.
        VideoModes.FirstFrame or VideoModes.FirstLastFrame => TimeSpan.Zero,
        // Another may begin with a closed box or an empty table, and show the product only in the end.
        _ => (clearest ?? frames.LastOrDefault(frame => frame.Light is { IsBlack: false, IsEmpty: false }) ?? frames[0]).Time,
    };

    private static ClipMeasurements Measured(string file, ClipFacts facts) => new()
    {
        Length = new FileInfo(file).Length,
        Seconds = Math.Round((decimal)facts.Duration.TotalSeconds, 3),
        Width = facts.Width,
        Height = facts.Height,
        Codec = facts.Codec,
        PixelFormat = facts.PixelFormat ?? "unknown",
    };

    private static FileStream Open(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.Read, Together, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = Open(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static Answer.NotFetched NotItsTurn() => Not(
        "clip_awaits_coding", "The video is made and waits for its turn to be coded anew, so that every browser plays it. It goes on by itself.",
        "Another clip is being coded anew on this server, which does one at a time.", FetchRetry.InTurn);

    private static Answer.NotFetched Not(string code, string merchant, string @operator, FetchRetry retry) =>
        new(new Problem(code, merchant, @operator), retry);

    /// <param name="File">Holds the clip.</param>
    /// <param name="Sha256">Of its bytes, where that is known already.</param>
    /// <param name="CodedFrom">What came, where it was coded anew.</param>
    private sealed record Brought(string File, string? Sha256, ClipFacts? CodedFrom = null);

    private sealed record Judged(ClipMeasurements Measured, IReadOnlyList<ClipCheck> Checks, string? Matrix, TimeSpan PosterAt);
}
