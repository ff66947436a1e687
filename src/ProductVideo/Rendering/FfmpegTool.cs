using System.Globalization;
using System.Text;
using ProductVideo.Clips;

namespace ProductVideo.Rendering;

/// <summary>The two external programs: ffmpeg with libx264, and ffprobe. Found once, checked once; thread-safe.</summary>
internal class FfmpegTool
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>A question about itself takes a moment, and the start waits for its answer.</summary>
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(20);

    private readonly TimeSpan _limit;

    private FfmpegTool(string ffmpegPath, string ffprobePath, string version, TimeSpan limit)
    {
        _limit = limit;
        FfmpegPath = ffmpegPath;
        FfprobePath = ffprobePath;
        Version = version;
    }

    /// <summary>The same programs, for whoever runs them otherwise.</summary>
    protected FfmpegTool(FfmpegTool other)
        : this(other.FfmpegPath, other.FfprobePath, other.Version, other._limit)
    {
    }

    public string FfmpegPath { get; }

    public string FfprobePath { get; }

    /// <summary>As ffmpeg gives it, for example <c>5.1.9-0+deb12u1</c>.</summary>
    public string Version { get; }

    /// <summary>Finds and checks both programs.</summary>
    /// <param name="ffmpegPath">From the settings; null to look on PATH.</param>
    /// <param name="ffprobePath">From the settings; null to look beside ffmpeg, then on PATH.</param>
    /// <param name="answerWithin">How long each may take to answer a question about itself; 20 seconds where it is not said.</param>
    /// <exception cref="FfmpegMissingException">With a text each for the merchant and the operator.</exception>
    public static FfmpegTool Find(string? ffmpegPath, string? ffprobePath, TimeSpan? answerWithin = null)
    {
        var limit = answerWithin ?? s_answerLimit;
        var ffmpeg = Locate("ffmpeg", ffmpegPath, null);
        var ffprobe = Locate("ffprobe", ffprobePath, ffmpegPath is null ? null : Path.GetDirectoryName(ffmpeg));
        var banner = Ask(ffmpeg, "-version", limit);
        if (!banner.StartsWith("ffmpeg version ", StringComparison.Ordinal))
            throw new FfmpegMissingException($"'{ffmpeg}' is not ffmpeg.");
        if (!Ask(ffprobe, "-version", limit).StartsWith("ffprobe version ", StringComparison.Ordinal))
            throw new FfmpegMissingException($"'{ffprobe}' is not ffprobe.");
        if (!Ask(ffmpeg, "-encoders", limit).Contains(" libx264 ", StringComparison.Ordinal))
            throw new FfmpegMissingException($"'{ffmpeg}' was built without the H.264 encoder libx264.");
        return new FfmpegTool(ffmpeg, ffprobe, banner.Split(' ')[2], s_limit);
    }

    /// <summary>What a local MP4, QuickTime or WebM file holds, from its headers and packets.</summary>
    /// <exception cref="ClipUnreadableException">If it holds no readable video.</exception>
    public async Task<ClipFacts> ProbeAsync(string localFile, CancellationToken ct)
    {
        string[] arguments =
        [
            "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file", "-f", Demuxer(localFile), "-count_packets",
            "-show_streams", "-show_format", "-print_format", "json", "-i", FileUrl(localFile),
        ];
        var json = await ReadAsync(localFile, FfprobePath, arguments, 4 << 20, ct);
        return ClipFacts.Parse(json);
    }

    /// <summary>Decodes small pictures at some places, so that a clip that is black, empty or of something else is noticed.</summary>
    /// <param name="localFile">MP4 or QuickTime.</param>
    /// <param name="matrix">As <see cref="ClipFacts.AssumedMatrix"/> tells it; null to take the file's word.</param>
    /// <param name="times">From the clip's start, ascending, at most 16. Each gives the first frame at or after it; one that is there for two of them, or past the end, is not given again.</param>
    /// <param name="ct">Stops the tool.</param>
    /// <returns>Each with the time at which it is shown.</returns>
    /// <exception cref="ClipUnreadableException">If nothing could be decoded at all.</exception>
    public async Task<IReadOnlyList<FrameSample>> DecodeSampleAsync(string localFile, string? matrix, IReadOnlyList<TimeSpan> times, CancellationToken ct)
    {
        if (times.Count is 0 or > 16 || times.Zip(times.Skip(1)).Any(pair => pair.First >= pair.Second))
            throw new ArgumentException("One to sixteen places, one after the other.", nameof(times));
        const int side = SmallPicture.Side, bytes = side * side * 3, answer = side * (side + 1) * 3;
        var from = matrix is null ? "" : ":in_color_matrix=" + matrix;
        string[] arguments =
        [
            // In one pass: a clip often has one key frame, so that each seek would decode all of it up to there.
            .. Quiet, .. Source(localFile, TimeSpan.Zero), "-an", "-vf", $"select='{First(times)}',scale={side}:{side}:flags=area{from},format=rgb24,{TimeBelow(side)},format=rgb24,setpts=N/25/TB",
            "-r", "25", "-frames:v", times.Count.ToString(CultureInfo.InvariantCulture), "-f", "rawvideo", "pipe:1",
        ];
        var rgb = await ReadAsync(localFile, FfmpegPath, arguments, times.Count * answer, ct);
        var frames = Enumerable.Range(0, rgb.Length / answer).Select(i => rgb.AsMemory(i * answer, answer))
            .Select(one => new FrameSample(TimeIn(one.Span[bytes..]), new SmallPicture(one[..bytes]))).ToList();
        return frames.Count > 0 ? frames : throw new ClipUnreadableException($"{Path.GetFileName(localFile)}: no frame could be decoded.");
    }

    /// <summary>The first frame at or after each place, as ffmpeg's <c>select</c> is told.</summary>
    private static string First(IReadOnlyList<TimeSpan> times) => string.Join('+', times.Select((time, i) =>
    {
        var at = time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return $"gte(t\\,{at})*{(i == 0 ? "isnan(prev_selected_t)" : $"lt(prev_selected_t\\,{at})")}";
    }));

    /// <summary>
    /// Writes the time of each frame, in milliseconds as three bytes, into one more row of pixels below it: raw pictures have no other place for it, and
    /// a clip may have no frame of its own at a place that was asked for.
    /// </summary>
    private static string TimeBelow(int side)
    {
        return $"pad={side}:{side + 1},format=gbrp,geq=interpolation=nearest:r='{Byte('r', 65536)}':g='{Byte('g', 256)}':b='{Byte('b', 1)}'";

        string Byte(char band, int unit) => FormattableString.Invariant($@"if(eq(Y\,{side})\,mod(floor(T*1000/{unit})\,256)\,{band}(X\,Y))");
    }

    private static TimeSpan TimeIn(ReadOnlySpan<byte> row) => TimeSpan.FromMilliseconds((row[0] << 16) | (row[1] << 8) | row[2]);

    /// <summary>Saves one frame as JPEG.</summary>
    /// <param name="clip">MP4 or QuickTime.</param>
    /// <param name="matrix">As <see cref="ClipFacts.AssumedMatrix"/> tells it; null to take the file's word.</param>
    /// <param name="at">From the clip's start.</param>
    /// <param name="jpegPath">Replaced when the picture is whole.</param>
    /// <param name="ct">Stops the tool.</param>
    public async Task ExtractPosterAsync(string clip, string? matrix, TimeSpan at, string jpegPath, CancellationToken ct)
    {
        await PartFile.WriteAsync(jpegPath, async part =>
        {
            var from = matrix is null ? "" : $"in_color_matrix={matrix}:";
            string[] arguments =
            [
                .. Quiet, "-y", .. Source(clip, at), "-an", "-frames:v", "1", "-q:v", "3",
                // JPEG has a matrix and a range of its own, and the tool converts neither unasked: colours would shift.
                "-vf", $"scale={from}out_color_matrix=bt601:out_range=full,format=yuvj420p", "-f", "image2", "-c:v", "mjpeg", "-update", "1", FileUrl(part),
            ];
            await ReadAsync(clip, FfmpegPath, arguments, 0, ct);
            if (!File.Exists(part))
                throw new ClipUnreadableException($"{Path.GetFileName(clip)} has no frame at {at}.");
        });
    }

    /// <summary>
    /// Codes a clip's pictures as every browser and channel takes them: upright H.264 High of square pixels, 4:2:0 in eight bits, BT.709 limited range,
    /// playable while it loads. Its sound is kept as it is where an MP4 may hold it, and ends with the picture.
    /// </summary>
    /// <param name="clip">MP4, QuickTime or WebM.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="label">Lies over every frame, as drawn for <see cref="ClipFacts.CodedAnew"/>; null for nothing.</param>
    /// <param name="mp4Path">Replaced when the clip is whole.</param>
    /// <param name="ct">Stops the tool.</param>
    /// <exception cref="RenderException">If it can't be done, or takes longer than ten times what a look at a clip may.</exception>
    public Task EncodeAnewAsync(string clip, ClipFacts facts, LabelPicture? label, string mp4Path, CancellationToken ct) => PartFile.WriteAsync(mp4Path, async part =>
    {
        var overlay = $"{part}.label";
        try
        {
            if (label is not null)
                await File.WriteAllBytesAsync(overlay, label.Bitmap.Rgba, ct);
            var (width, height) = facts.CodedAnew;
            var from = facts.AssumedMatrix is { } matrix ? $"in_color_matrix={matrix}:" : "";
            var pictures = FormattableString.Invariant($"scale={width}:{height}:{from}out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1");
            string[] arguments =
            [
                .. Quiet, "-y", .. Source(clip, TimeSpan.Zero), .. label is null ? [.. Tracks(), "-vf", pictures] : Labelled(pictures, label, overlay),
                "-t", Seconds(facts.End), .. Sound(facts),
                "-c:v", "libx264", "-profile:v", "high", "-preset", "fast", "-crf", "18", "-color_range", "tv", "-colorspace", "bt709",
                // A size that no clip may have need not be written to its end.
                "-fs", (ClipRules.MaxBytes + 1).ToString(CultureInfo.InvariantCulture), "-movflags", "+faststart", "-f", "mp4", FileUrl(part),
            ];
            await ReadAsync(clip, FfmpegPath, arguments, 0, ct, _limit * 10);
        }
        finally
        {
            File.Delete(overlay);
        }

        if (!File.Exists(part))
            throw new ClipUnreadableException($"{Path.GetFileName(clip)} has no frame that could be coded anew.");
    });

    /// <summary>The tracks, where the label's only frame stays over all those of the clip.</summary>
    private static string[] Labelled(string pictures, LabelPicture label, string overlay) =>
    [
        "-f", "rawvideo", "-pixel_format", "rgba", "-video_size", FormattableString.Invariant($"{label.Bitmap.Width}x{label.Bitmap.Height}"), "-i", FileUrl(overlay),
        "-filter_complex", FormattableString.Invariant(
            $"[0:v:0]{pictures}[clip];[1:v]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p[label];[clip][label]overlay={label.Left}:{label.Top}:format=yuv420[drawn]"),
        .. Tracks("[drawn]"),
    ];

    /// <summary>Writes a clip's tracks into a new MP4, its picture as it is, up to the end of that. Marks and whatever else stood beside them are lost.</summary>
    /// <param name="clip">MP4 or QuickTime.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="mp4Path">Replaced when the clip is whole.</param>
    /// <param name="ct">Stops the tool.</param>
    /// <exception cref="RenderException">If it can't be done.</exception>
    public Task CopyAsync(string clip, ClipFacts facts, string mp4Path, CancellationToken ct) => PartFile.WriteAsync(mp4Path, async part =>
    {
        string[] arguments =
        [
            .. Quiet, "-y", .. Source(clip, TimeSpan.Zero), .. Tracks(), "-t", Seconds(facts.End), "-c:v", "copy", .. Sound(facts), "-movflags", "+faststart", "-f", "mp4", FileUrl(part),
        ];
        await ReadAsync(clip, FfmpegPath, arguments, 0, ct);
        if (!File.Exists(part))
            throw new ClipUnreadableException($"{Path.GetFileName(clip)} has no track that could be copied.");
    });

    /// <summary>For programs that were checked before, so that a measurement does not contain the check.</summary>
    /// <param name="ffmpegPath">Of the program.</param>
    /// <param name="ffprobePath">Of the program.</param>
    /// <param name="limit">How long each call may take; null for a minute.</param>
    internal static FfmpegTool AlreadyChecked(string ffmpegPath, string ffprobePath, TimeSpan? limit = null) => new(ffmpegPath, ffprobePath, "", limit ?? s_limit);

    internal static IReadOnlyList<string> Quiet { get; } = ["-nostdin", "-hide_banner", "-loglevel", "error"];

    /// <summary>Without it a name such as <c>concat:…</c> would be read as an instruction.</summary>
    internal static string FileUrl(string path) => "file:" + Path.GetFullPath(path);

    /// <summary>What every browser plays stays as it is; an MP4 takes no uncompressed sound at all.</summary>
    private static string[] Sound(ClipFacts facts) => ["-c:a", facts.AudioCodec is "aac" or "mp3" ? "copy" : "aac"];

    /// <summary>The first picture track, or what was made of it, and the first sound.</summary>
    private static string[] Tracks(string picture = "0:v:0") => ["-map", picture, "-map", "0:a:0?", "-map_chapters", "-1"];

    private static string[] Source(string file, TimeSpan at) =>
        ["-protocol_whitelist", "file", "-ss", Seconds(at), "-f", Demuxer(file), "-i", FileUrl(file)];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>One of the two in which videos come, by the file's first bytes: the others read playlists and more of what strangers should not be able to ask for.</summary>
    private static string Demuxer(string file)
    {
        if (!File.Exists(file))
            return "mov";
        Span<byte> head = stackalloc byte[4];
        using var content = File.OpenRead(file);
        return content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])
            ? "matroska" : "mov";
    }

    private async Task<byte[]> ReadAsync(string clip, string tool, string[] arguments, int maximumBytes, CancellationToken ct, TimeSpan? limit = null)
    {
        if (!File.Exists(clip))
            throw new ClipUnreadableException($"{Path.GetFileName(clip)} is not there.");
        try
        {
            return await RunAsync(tool, arguments, limit ?? _limit, maximumBytes, ct);
        }
        catch (ToolFailedException failure)
        {
            throw failure switch
            {
                { DiskFull: true } => RenderException.DiskFull(failure.Message, failure),
                { Stopped: true } => RenderException.Stopped(failure.Message, failure),
                _ => new ClipUnreadableException(failure.Message, failure),
            };
        }
    }

    /// <summary>Runs one of the programs to its end; see <see cref="ToolProcess.RunAsync"/>.</summary>
    protected virtual Task<byte[]> RunAsync(string tool, string[] arguments, TimeSpan limit, int maximumBytes, CancellationToken ct) =>
        ToolProcess.RunAsync(tool, arguments, limit, maximumBytes, ct);

    private static string Ask(string tool, string question, TimeSpan limit)
    {
        try
        {
            // Once, at start: nobody waits behind this thread.
            var answer = Task.Run(() => ToolProcess.RunAsync(tool, ["-hide_banner", question], limit, 1 << 20, CancellationToken.None));
            return Encoding.UTF8.GetString(answer.GetAwaiter().GetResult());
        }
        catch (ToolFailedException failure)
        {
            throw new FfmpegMissingException($"'{tool} {question}' failed: {failure.Message}.", failure);
        }
        catch (RenderException silence) when (silence.Code is RenderFault.TimedOut)
        {
            throw new FfmpegMissingException(
                string.Create(CultureInfo.InvariantCulture, $"'{tool} {question}' did not answer within {limit.TotalSeconds:0.#} s. See whether it can be started by hand."), silence);
        }
    }

    private static string Locate(string name, string? configured, string? beside)
    {
        if (configured is not null)
            return File.Exists(configured) ? Path.GetFullPath(configured) : throw new FfmpegMissingException($"There is no file '{configured}'.");
        var file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Prepend(beside).OfType<string>().Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new FfmpegMissingException($"{name} was not found on PATH.");
    }
}
