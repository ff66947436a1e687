using ProductVideo.Clips;
using ProductVideo.Generations;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Rendering;

namespace ProductVideo.Pipeline;

/// <summary>Whether a file is the clip that was ordered: first by what its headers tell, then by what is seen in it.</summary>
internal sealed class ClipJudge(VideoProviders providers, FfmpegTool ffmpeg, ClipLikeness likeness, PipelineOptions options)
{
    /// <summary>
    /// Parts of a clip's length at which it is looked at: the very first, which a picture may have been sent for, and enough others to tell a
    /// moment from a habit. A clip may be fine and then turn black.
    /// </summary>
    private static readonly double[] s_places = [0, 0.2, 0.4, 0.6, 0.8, 0.95];

    /// <summary>Before anything is decoded: ten hours, or a frame of 16,384 pixels, would keep the machine busy for nothing.</summary>
    /// <returns>What it is and how it was judged, if it can be read at all; and why it is refused, if it is.</returns>
    public async Task<(ClipHeaders? Headers, Answer.NotFetched? Refused)> ProbeAsync(
        Generation generation, ClipSource source, string file, CancellationToken cancellationToken)
    {
        try
        {
            var facts = await ffmpeg.ProbeAsync(file, cancellationToken);
            var measured = Measured(file, facts);
            var ordered = generation.Order.Request;
            // Sound may have been asked of a model that has none, which was told when it was ordered.
            var checks = ClipRules.Judge(measured, ordered with { Audio = ordered.Audio && providers.CapabilitiesOf(generation.Order) is not { Audio: AudioSupport.Never } });
            return (new ClipHeaders(facts, measured, checks), Broken(source, checks));
        }
        catch (RenderException e) when (e.Code is RenderFault.UnreadableClip or RenderFault.TimedOut)
        {
            return (null, Unreadable(source, e));
        }
    }

    /// <returns>What was found, doubts among it, or why the clip is refused.</returns>
    /// <exception cref="Blobs.BlobStoreException">The store failed.</exception>
    public async Task<(ClipSights? Seen, Answer.NotFetched? Refused)> LookAsync(
        Generation generation, ClipSource source, string file, ClipHeaders headers, CancellationToken cancellationToken)
    {
        var (ordered, facts, measured) = (generation.Order.Request, headers.Facts, headers.Measured);
        var places = Places(facts);
        IReadOnlyList<FrameSample> frames;
        try
        {
            frames = await ffmpeg.DecodeSampleAsync(file, facts.AssumedMatrix, places, cancellationToken);
        }
        catch (RenderException e) when (e.Code is RenderFault.UnreadableClip or RenderFault.TimedOut)
        {
            return (null, Unreadable(source, e));
        }

        IReadOnlyList<ClipCheck> checks =
            [ClipRules.JudgePlaces(frames.Count, s_places.Length), .. ClipRules.JudgeMoments([.. frames.Select(frame => frame.Light)], ordered.Mode)];
        if (Broken(source, checks) is { } bare && !await MayBeAsOrderedAsync(generation.Order, checks, cancellationToken))
            return (null, bare);
        FrameSample? clearest = null;
        if (generation.Order.MadeWithAi && options.CompareWithPictures)
        {
            (var compared, clearest) = await likeness.CompareAsync(ordered, measured, frames, cancellationToken);
            checks = [.. checks, .. compared];
        }

        return (new ClipSights(checks, PosterTime(ordered, measured, frames, clearest)), null);
    }

    private async Task<bool> MayBeAsOrderedAsync(GenerationOrder order, IReadOnlyList<ClipCheck> checks, CancellationToken cancellationToken)
    {
        if (!order.MadeWithAi)
            return false;
        var pictures = await likeness.LightsAsync(order.Request, cancellationToken);
        return ClipRules.Refusing(checks).All(check => ClipRules.MayBeAsOrdered(check, pictures));
    }

    /// <summary>Up to its last frame, not to where that ends: the very first frame, wherever it begins, and the others after it.</summary>
    private static List<TimeSpan> Places(ClipFacts facts)
    {
        var last = facts.Duration * (1 - (1.0 / Math.Max(1, facts.Frames)));
        return [.. s_places.Select(place => place == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Floor((facts.Start + (last * place)).TotalMilliseconds))).Where(time => time >= TimeSpan.Zero).Distinct()];
    }

    private static Answer.NotFetched? Broken(ClipSource source, IReadOnlyList<ClipCheck> checks)
    {
        var found = string.Join("; ", ClipRules.Refusing(checks).Select(check => $"{check.Name}: {check.Found}"));
        return found.Length == 0 ? null : new Answer.NotFetched(
            new Problem("clip_failed_checks", $"The finished video did not pass its checks and was not shown to anybody ({found}).", $"{source}: {found}"), FetchRetry.Never);
    }

    private static Answer.NotFetched Unreadable(ClipSource source, RenderException e)
    {
        // What is stored was not cut short on its way.
        var retry = e.Code is RenderFault.TimedOut ? FetchRetry.WhenIdle : source is ClipSource.Stored ? FetchRetry.Never : FetchRetry.OnceMore;
        return new Answer.NotFetched(new Problem("clip_unreadable", e.MerchantText, e.Message), retry);
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
        Seconds = Rounded(facts.Duration),
        Start = Rounded(facts.Start),
        SoundAfter = Math.Max(0, Rounded(facts.FileDuration - facts.End)),
        HasAudio = facts.HasAudio,
        Width = facts.Shown.Width,
        Height = facts.Shown.Height,
        LongestCoded = Math.Max(facts.Width, facts.Height),
        Otherwise = facts.Otherwise,
        Codec = facts.Codec,
        PixelFormat = facts.PixelFormat ?? "unknown",
    };

    private static decimal Rounded(TimeSpan time) => Math.Round((decimal)time.TotalSeconds, 3);
}

/// <param name="Facts">As the file tells them.</param>
/// <param name="Measured">What of them is judged.</param>
/// <param name="Checks">How.</param>
internal sealed record ClipHeaders(ClipFacts Facts, ClipMeasurements Measured, IReadOnlyList<ClipCheck> Checks);

/// <param name="Checks">What was seen.</param>
/// <param name="PosterAt">The moment that stands for the clip.</param>
internal sealed record ClipSights(IReadOnlyList<ClipCheck> Checks, TimeSpan PosterAt);
