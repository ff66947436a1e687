using System.Globalization;
using ProductVideo.Blobs;
using static System.FormattableString;

namespace ProductVideo.Rendering;

/// <summary>
/// Films a shot plan on this machine: draws the frames and pipes them into one ffmpeg. H.264 High, 4:2:0, BT.709 limited range,
/// playable while it loads.
/// The same input gives the same frames. Stateless and thread-safe.
/// </summary>
internal sealed class ClipRenderer(FfmpegTool ffmpeg)
{
    /// <summary>A clip takes seconds; after this something is stuck.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);

    /// <summary>Makes the clip and its poster; both files appear whole or not at all.</summary>
    /// <param name="input">What to film.</param>
    /// <param name="clipPath">MP4; replaced if it is there.</param>
    /// <param name="posterPath">JPEG of the first frame without text; replaced if it is there.</param>
    /// <param name="progress">Share of the frames the encoder has taken, 0 to 1.</param>
    /// <param name="ct">Ends the encoder and removes what was written.</param>
    /// <exception cref="RenderException">Says why, to the merchant and to the operator.</exception>
    public Task<RenderedClip> RenderAsync(
        RenderInput input, string clipPath, string posterPath, IProgress<double>? progress, CancellationToken ct) =>
        RenderAsync(input, clipPath, posterPath, progress, VectorPaths.Best, ct);

    internal async Task<RenderedClip> RenderAsync(
        RenderInput input, string clipPath, string posterPath, IProgress<double>? progress, VectorPath path, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var film = new Film(input, path);
        RenderedClip? clip = null;
        await PartFile.WriteAsync(posterPath, posterPart => PartFile.WriteAsync(clipPath, async clipPart =>
        {
            await EncodeAsync(film, input, clipPart, posterPart, progress, ct);
            clip = new RenderedClip(film.Frames, film.Seconds, input.Width, input.Height, new FileInfo(clipPart).Length) { Notes = film.Notes };
        }));
        return clip!;
    }

    private async Task EncodeAsync(
        Film film, RenderInput input, string clipPart, string posterPart, IProgress<double>? progress, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(s_longest);
        await using var encoder = ToolProcess.Start(ffmpeg.FfmpegPath, Arguments(film, input, clipPart), feed: true);
        try
        {
            await FeedAsync(encoder, film, input, posterPart, progress, limit.Token);
        }
        catch (Exception failure) when (limit.IsCancellationRequested
            && failure is IOException or ToolFailedException or ObjectDisposedException or OperationCanceledException)
        {
            // The encoder was ended from here; whatever it or the pipe said about that is no news.
            if (ct.IsCancellationRequested)
                throw new OperationCanceledException("The render was cancelled.", failure, ct);
            throw new RenderException(
                RenderFault.TimedOut,
                "Making the video took too long, so it was stopped. Try again later, when less is being made at the same time.",
                Invariant($"The render was stopped after {s_longest.TotalMinutes:0} minutes."),
                failure);
        }
        catch (ToolFailedException failure)
        {
            throw failure switch
            {
                { DiskFull: true } => RenderException.DiskFull(failure.Message, failure),
                { Stopped: true } => RenderException.Stopped(failure.Message, failure),
                _ => new RenderException(
                    RenderFault.EncoderFailed,
                    "The video could not be made because of a fault in the video service. Try again; "
                        + "if it happens once more, tell the people who run it.",
                    failure.Message,
                    failure),
            };
        }
    }

    private static async Task FeedAsync(
        ToolProcess encoder, Film film, RenderInput input, string posterPart, IProgress<double>? progress, CancellationToken ct)
    {
        await using var killing = ct.Register(encoder.Kill);
        try
        {
            await FramePipe.RunAsync(film, input, encoder.Input, posterPart, progress, ct);
        }
        catch (IOException failure) when (!ct.IsCancellationRequested && !DiskFull.Is(failure))
        {
            // The encoder closed its end: its own words, which follow, say why. Without any the pipe's error stands.
            await encoder.ExitAsync(ct);
            throw;
        }

        await encoder.ExitAsync(ct);
    }

    private static IEnumerable<string> Arguments(Film film, RenderInput input, string output)
    {
        var rate = input.FramesPerSecond.ToString(CultureInfo.InvariantCulture);
        var seconds = film.Seconds.ToString(CultureInfo.InvariantCulture);
        string[] colours = ["-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"];
        string[] sound = input.Plan.SilentTrack ? ["-f", "lavfi", "-t", seconds, "-i", "anullsrc=r=48000:cl=stereo"] : [];
        string[] track = input.Plan.SilentTrack ? ["-map", "1:a", "-c:a", "aac", "-b:a", "64k"] : [];
        return
        [
            .. FfmpegTool.Quiet, "-y",
            "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", Invariant($"{input.Width}x{input.Height}"), "-framerate", rate,
            .. colours, "-i", "pipe:0",
            .. sound, "-map", "0:v", .. track,
            "-c:v", "libx264", "-profile:v", "high", "-preset", input.Preset, "-crf", input.Crf.ToString(CultureInfo.InvariantCulture),
            "-threads", input.Threads.ToString(CultureInfo.InvariantCulture), "-pix_fmt", "yuv420p", .. colours, "-chroma_sample_location", "left",
            "-map_metadata", "-1", "-movflags", "+faststart", "-f", "mp4", FfmpegTool.FileUrl(output),
        ];
    }
}
