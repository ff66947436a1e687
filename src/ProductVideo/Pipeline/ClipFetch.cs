using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Provenance;
using ProductVideo.Providers;
using ProductVideo.Rendering;

namespace ProductVideo.Pipeline;

/// <summary>
/// Brings a finished clip home: streams it to a file, has it judged, marks it where a model drew it, makes its poster and stores both. One that is only
/// coded or wrapped otherwise than every browser plays it, or lacks the label that its shop wants, is made anew before, and what its provider gave is kept
/// beside it.
/// </summary>
internal sealed class ClipFetch(
    VideoProviders providers, IBlobStore blobs, SafeDownload download, FfmpegTool ffmpeg, ClipJudge judge, ClipLabels labels, ClipSigner signer, PipelineOptions options,
    TimeProvider clock, ILogger<ClipFetch> log)
{
    /// <summary>Bytes that are read or written at once: each time a thread must be found for it, which a busy machine is slow at.</summary>
    private const int Together = 1 << 20;

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
        try
        {
            using var work = new WorkFolder(options.WorkFolder, $"fetch-{Nonce.New()}", log);
            Answer.NotFetched? last = null;
            foreach (var source in sources)
            {
                var file = Path.Combine(work.Path, "clip.mp4");
                (last, var sha) = await BringAsync(source, generation.Order.Provider, file, cancellationToken);
                if (last is not null)
                    continue;
                return await TakeAsync(generation, source, new Brought(file, sha), work.Path, cancellationToken);
            }

            return last ?? Not("no_clip", "The provider says the video is done, but names no place to get it.", "Ready without sources.", FetchRetry.AskAgain);
        }
        catch (BlobStoreException e)
        {
            return Not(Problem.StorageUnavailable, e.MerchantText, e.Message, FetchRetry.SameSources);
        }
        catch (Exception e) when (e is RenderException { Code: RenderFault.DiskFull } || DiskFull.Is(e))
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Not(
                Problem.WorkFolderUnavailable, "The server's disk is full or can't be written. Make room; the video is kept at the provider meanwhile.",
                $"{options.WorkFolder}: {e.Message}", FetchRetry.SameSources);
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

    /// <summary>Stores a clip that is as ordered; one that is so but for its form, or lacks its label, is made anew first.</summary>
    private async Task<Answer> TakeAsync(Generation generation, ClipSource source, Brought brought, string work, CancellationToken cancellationToken)
    {
        var (headers, refused) = await judge.ProbeAsync(generation, source, brought.File, cancellationToken);
        var isNew = brought.CameAs is null;
        if (headers is null || (refused is not null && !(isNew && ClipRules.FailsByFormAlone(headers.Checks))))
            return refused!;
        if (isNew)
            brought = brought with { Label = await labels.DrawAsync(generation, headers.Facts, cancellationToken) };
        return refused is null && (!isNew || brought.Label?.Picture is null)
            ? await StoreAsync(generation, source, brought, headers, work, cancellationToken)
            : await MakeAnewAsync(generation, source, brought, headers, refused, work, cancellationToken);
    }

    /// <summary>
    /// A clip that is as ordered and only coded or wrapped as not every browser plays it is paid for and whole: it is coded anew and judged once more, or only
    /// copied where nothing but its sound is too long. Where that can't be done, <paramref name="refused"/> stands. While another one is coded it is left
    /// where it is and comes again. Its label comes into it by the same coding, after a look at what came; for a label that can't be drawn no clip is lost.
    /// </summary>
    private async Task<Answer> MakeAnewAsync(
        Generation generation, ClipSource source, Brought brought, ClipHeaders headers, Answer.NotFetched? refused, string work, CancellationToken cancellationToken)
    {
        var (facts, made, label) = (headers.Facts, Path.Combine(work, "made.mp4"), brought.Label?.Picture);
        var keepsCoding = label is null && headers.Checks.All(check => check.Name != ClipRules.Codec || check.Passed);
        if (!keepsCoding && !facts.CanBeCodedAnew)
            return refused ?? await StoreAsync(generation, source, brought.Unlabelled, headers, work, cancellationToken);
        if (!keepsCoding && Interlocked.Exchange(ref _isCoding, true))
            return NotItsTurn();
        var (isMade, isLast) = (false, generation.State is GenerationState.Fetching { IsMeasuredLast: true });
        try
        {
            if (label is not null)
            {
                var (seen, unfit) = await judge.LookAsync(generation, source, brought.File, headers, cancellationToken);
                if (seen is null)
                    return unfit!;
                brought = brought with { Seen = seen };
            }

            if (keepsCoding)
                await ffmpeg.CopyAsync(brought.File, facts, made, cancellationToken);
            else
                await ffmpeg.EncodeAnewAsync(brought.File, facts, label, made, cancellationToken);
            isMade = true;
        }
        catch (RenderException e) when (e.Code is RenderFault.TimedOut && (refused is not null || !isLast))
        {
            return Not("clip_unreadable", e.MerchantText, e.Message, FetchRetry.WhenIdle);
        }
        catch (RenderException e) when (e.Code is RenderFault.UnreadableClip or RenderFault.TimedOut)
        {
            log.LogWarning(e, "The clip of generation {Generation} could not be made anew", generation.Id);
        }
        finally
        {
            if (!keepsCoding)
                Volatile.Write(ref _isCoding, false);
        }

        if (isMade)
        {
            IEnumerable<string> why = [.. ClipRules.Refusing(headers.Checks).Select(check => $"{check.Name}: {check.Found}"), .. label is null ? [] : (string[])["its label"]];
            log.LogInformation("The clip of generation {Generation} was made anew: {Why}", generation.Id, string.Join("; ", why));
            var anew = brought with
            {
                File = made, Sha256 = null, CameAs = headers.Checks, Original = new Original(brought.File, facts.IsMatroska) { Sha256 = brought.Sha256 },
            };
            var taken = await TakeAsync(generation, source, anew, work, cancellationToken);
            if (label is null || !(taken is Answer.NotFetched { Retry: var retry } && (retry is FetchRetry.Never or FetchRetry.OnceMore || (retry is FetchRetry.WhenIdle && isLast))))
                return taken;
        }

        return label is null ? refused!
            : refused is null ? await StoreAsync(generation, source, brought.Unlabelled, headers, work, cancellationToken)
            : await MakeAnewAsync(generation, source, brought.Unlabelled, headers, refused, work, cancellationToken);
    }

    /// <summary>Judges what is seen in the clip while the store reads it already. Only the end of its bytes is withheld until then, so the clip is stored if it is good.</summary>
    private async Task<Answer> StoreAsync(
        Generation generation, ClipSource source, Brought brought, ClipHeaders headers, string work, CancellationToken cancellationToken)
    {
        var isDrawn = generation.Order.MadeWithAi;
        (brought, var marks) = isDrawn ? await MarkAsync(brought, headers.Facts, work, cancellationToken) : (brought, []);
        var file = brought.File;
        var sha = brought.Sha256 ?? await HashAsync(file, cancellationToken);
        var (folder, clipKey) = ($"{generation.Product.Shop}/clips", $"{generation.Product.Shop}/clips/{sha}.mp4");
        var content = new WithheldEnd(Open(file));
        var put = blobs.PutAsync(clipKey, content, "video/mp4", PutMode.IfAbsent, cancellationToken);
        var isTaken = false;
        try
        {
            // What came is judged, never what is drawn over it.
            var (seen, refused) = brought.Seen is null ? await judge.LookAsync(generation, source, file, headers, cancellationToken) : (brought.Seen, null);
            if (seen is null)
                return refused!;

            content.Release();
            var poster = Path.Combine(work, "poster.jpg");
            await Task.WhenAll(put, ffmpeg.ExtractPosterAsync(file, headers.Facts.AssumedMatrix, seen.PosterAt, poster, cancellationToken));
            if (isDrawn)
                await File.WriteAllBytesAsync(poster, AiMark.InJpeg(await File.ReadAllBytesAsync(poster, cancellationToken)), cancellationToken);
            await PutAsync(poster, $"{folder}/{sha}.jpg", "image/jpeg", cancellationToken);
            var (original, originalKey) = (brought.Original, $"{folder}/{sha}.original.{brought.Original?.Extension}");
            if (original is not null)
                await PutAsync(original.File, originalKey, original.ContentType, cancellationToken);

            var clip = new Clip
            {
                BlobKey = clipKey,
                PosterKey = $"{folder}/{sha}.jpg",
                Length = new FileInfo(file).Length,
                Sha256 = sha,
                Seconds = headers.Measured.Seconds,
                Width = headers.Measured.Width,
                Height = headers.Measured.Height,
                AltText = generation.Order.ProductTitle,
                MadeAt = clock.GetUtcNow(),
                Checks = [.. headers.Checks.Select(check => WithOrigin(check, brought)), .. seen.Checks, .. new[] { brought.Label?.Check }.OfType<ClipCheck>(), .. marks],
                // To be changed, it must be such a file as any clip is.
                Unlabelled = original is not null && brought is { Label.Picture: not null, CameAs: { } cameAs } && cameAs.Any(check => check is { Name: ClipRules.Codec, Passed: true })
                    ? new UnlabelledClip(originalKey, original.Sha256 ?? await HashAsync(original.File, cancellationToken), new FileInfo(original.File).Length) : null,
            };
            isTaken = true;
            return new Answer.Fetched(clip);
        }
        finally
        {
            // Where it was released this changes nothing; else the store must let go of the file before that is deleted.
            content.Refuse();
            await ((Task)put).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await content.DisposeAsync();
            // No two signatures are alike: the next try stores another file, and nobody would ever ask for this one.
            if (!isTaken && marks.Any(mark => mark is { Name: AiMark.Signature, Passed: true }) && put is { IsCompletedSuccessfully: true, Result.Written: true })
                await ForgetAsync(clipKey);
        }
    }

    /// <summary>
    /// Sees to it that the file says that a model drew it, and signs it. What its provider wrote stays; most of all a signed manifest, which any byte that is
    /// added would make untrue. Nothing may touch the file afterwards.
    /// </summary>
    private async Task<(Brought Marked, IReadOnlyList<ClipCheck> Checks)> MarkAsync(Brought brought, ClipFacts facts, string work, CancellationToken cancellationToken)
    {
        var found = Mp4Marks.Find(brought.File);
        if (found == Mp4Marks.Theirs)
            return (brought, [new ClipCheck(AiMark.Check, Passed: true, found)]);
        // What comes in fragments, or holds more than a film, is the same film in an orderly file.
        if (signer.IsOn && !SignedMp4.Takes(brought.File) && await InOrderAsync(brought, facts, work, cancellationToken) is { } orderly)
            (brought, found) = (orderly, null);
        if (found is null)
        {
            brought = await AddMarkAsync(brought, facts, work, cancellationToken);
            found = Mp4Marks.Find(brought.File);
        }

        var mark = new ClipCheck(AiMark.Check, found is not null, found ?? "none could be added");
        if (!signer.IsOn)
            return (brought, [mark]);
        var signed = Path.Combine(work, "signed.mp4");
        var signature = await signer.SignAsync(brought.File, signed, cancellationToken);
        return (signature.Passed ? brought with { File = signed, Sha256 = null } : brought, [mark, signature]);
    }

    private async Task<Brought> AddMarkAsync(Brought brought, ClipFacts facts, string work, CancellationToken cancellationToken)
    {
        if (Mp4Marks.TryAdd(brought.File))
            return brought with { Sha256 = null };
        // Something follows its last box, or that was cut short.
        if (await InOrderAsync(brought, facts, work, cancellationToken) is not { } orderly)
            return brought;
        Mp4Marks.TryAdd(orderly.File);
        return orderly;
    }

    /// <summary>The same pictures in a file that has a place for a mark and a signature; null where none can be made.</summary>
    private async Task<Brought?> InOrderAsync(Brought brought, ClipFacts facts, string work, CancellationToken cancellationToken)
    {
        var whole = Path.Combine(work, "whole.mp4");
        if (brought.File == whole)
            return null;
        try
        {
            await ffmpeg.CopyAsync(brought.File, facts, whole, cancellationToken);
        }
        catch (ClipUnreadableException e)
        {
            log.LogWarning(e, "A clip's file could not be put in order for its mark and its signature");
            return null;
        }

        return brought with { File = whole, Sha256 = null, Original = brought.Original ?? new Original(brought.File, facts.IsMatroska) };
    }

    /// <summary>A check as the clip passes it now, with a word about what came, where that failed it.</summary>
    private static ClipCheck WithOrigin(ClipCheck check, Brought brought) => brought.CameAs?.FirstOrDefault(came => came.Name == check.Name && !came.Passed) is not { } before ? check
        : check with { Found = check.Name == ClipRules.Codec ? $"{check.Found}, coded anew from {before.Found}" : $"{check.Found}, cut: it came so that it {before.Found}" };

    private async Task PutAsync(string file, string key, string contentType, CancellationToken cancellationToken)
    {
        await using var content = Open(file);
        await blobs.PutAsync(key, content, contentType, PutMode.IfAbsent, cancellationToken);
    }

    private async Task ForgetAsync(string key)
    {
        try
        {
            await blobs.DeleteAsync(key, CancellationToken.None);
        }
        catch (BlobStoreException e)
        {
            log.LogWarning(e, "{Key} is not needed and could not be deleted", key);
        }
    }

    private static FileStream Open(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.Read, Together, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using var content = Open(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
    }

    private static Answer.NotFetched NotItsTurn() => Not(
        "clip_awaits_coding", "The video is made and waits for its turn to be coded anew. It goes on by itself.",
        "Another clip is being coded anew on this server, which does one at a time.", FetchRetry.InTurn);

    private static Answer.NotFetched Not(string code, string merchant, string @operator, FetchRetry retry) =>
        new(new Problem(code, merchant, @operator), retry);

    /// <param name="File">Holds the clip.</param>
    /// <param name="Sha256">Of its bytes, where that is known already.</param>
    /// <param name="CameAs">How what came was judged, where the clip was made anew.</param>
    /// <param name="Original">What came, where the clip was made anew.</param>
    private sealed record Brought(string File, string? Sha256, IReadOnlyList<ClipCheck>? CameAs = null, Original? Original = null)
    {
        /// <summary>What was seen in it as it came; null where nobody looked yet.</summary>
        public ClipSights? Seen { get; init; }

        /// <summary>What its shop wants to be read in it; null for nothing.</summary>
        public ClipLabel? Label { get; init; }

        public Brought Unlabelled => this with { Label = Label! with { Picture = null } };
    }

    private sealed record Original(string File, bool IsMatroska)
    {
        /// <summary>Of its bytes, where that is known already.</summary>
        public string? Sha256 { get; init; }

        public string Extension => IsMatroska ? "webm" : "mp4";

        public string ContentType => $"video/{Extension}";
    }
}
