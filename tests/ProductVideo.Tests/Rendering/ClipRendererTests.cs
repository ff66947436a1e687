using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using NetVips;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class ClipRendererTests : IDisposable
{
    private static readonly FfmpegTool s_ffmpeg = FfmpegTool.Find(null, null);

    private readonly TestPhotos _photos = new();
    private readonly ClipRenderer _renderer = new(s_ffmpeg);

    public void Dispose() => _photos.Dispose();

    [Fact]
    public async Task a_clip_is_what_shops_and_players_expect()
    {
        var clip = await RenderAsync(Two());
        clip.ShouldBe(new RenderedClip(27, 0.9m, 128, 128, new FileInfo(_photos.Clip).Length) { Notes = clip.Notes });
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        facts.Codec.ShouldBe("h264");
        facts.Profile.ShouldBe("High");
        facts.PixelFormat.ShouldBe("yuv420p");
        facts.ColorRange.ShouldBe("tv");
        (facts.ColorSpace, facts.ColorTransfer, facts.ColorPrimaries).ShouldBe(("bt709", "bt709", "bt709"));
        (facts.Width, facts.Height, facts.FramesPerSecond, facts.Frames).ShouldBe((128, 128, 30, 27));
        facts.Duration.ShouldBe(TimeSpan.FromSeconds(0.9));
        facts.HasAudio.ShouldBeFalse();
    }

    [Fact]
    public async Task a_clip_can_be_played_while_it_loads()
    {
        await RenderAsync(Two());
        var boxes = Boxes(await File.ReadAllBytesAsync(_photos.Clip));
        boxes.ShouldContain("moov");
        boxes.IndexOf("moov").ShouldBeLessThan(boxes.IndexOf("mdat"));
    }

    [Fact]
    public async Task a_silent_track_is_added_only_on_request_and_is_no_longer_than_the_picture()
    {
        var input = Two();
        await RenderAsync(input with { Plan = input.Plan with { SilentTrack = true } });
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        facts.HasAudio.ShouldBeTrue();
        facts.Duration.ShouldBe(TimeSpan.FromSeconds(0.9), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task the_poster_is_the_first_frame_without_text()
    {
        await RenderAsync(Two());
        using var poster = Image.NewFromFile(_photos.Poster);
        (poster.Width, poster.Height, poster.Bands).ShouldBe((128, 128, 3));
        var photo = PhotoFile.Read(_photos.Photo(200, 200), 128, 128, Rgb.White).Bytes;
        var seen = poster.WriteToMemory<byte>();
        photo.Zip(seen, (a, b) => Math.Abs(a - b)).Average().ShouldBeLessThan(6);
    }

    [Fact]
    public async Task the_colours_of_a_decoded_clip_are_the_photos()
    {
        var orange = _photos.Save(64, 64, 3, (_, _, band) => (byte)(band == 0 ? 230 : band == 1 ? 120 : 20), "orange.png");
        await RenderAsync(TestPhotos.Input([orange]));
        await s_ffmpeg.ExtractPosterAsync(_photos.Clip, matrix: null, TimeSpan.FromSeconds(0.2), _photos.Poster, CancellationToken.None);
        using var poster = Image.NewFromFile(_photos.Poster);
        // ffmpeg's JPEG is BT.601, as all are: only the matrix on the way decides whether orange stays orange.
        var pixel = poster.Getpoint(64, 64);
        pixel[0].ShouldBe(230, 6);
        pixel[1].ShouldBe(120, 6);
        pixel[2].ShouldBe(20, 8);
    }

    [Fact]
    public async Task progress_comes_from_frames_that_were_written_and_ends_at_one()
    {
        var seen = new Collector();
        await _renderer.RenderAsync(Two(), _photos.Clip, _photos.Poster, seen, CancellationToken.None);
        seen.Values.Count.ShouldBe(27);
        seen.Values.ShouldBeInOrder();
        seen.Values[^1].ShouldBe(1);
    }

    [Fact]
    public async Task the_same_input_gives_the_same_file()
    {
        await RenderAsync(Two());
        var first = await File.ReadAllBytesAsync(_photos.Clip);
        await RenderAsync(Two());
        (await File.ReadAllBytesAsync(_photos.Clip)).ShouldBe(first);
    }

    [Fact]
    public async Task cancelling_in_the_middle_leaves_neither_files_nor_an_encoder()
    {
        using var cancel = new CancellationTokenSource();
        var encoders = new List<int>();
        var progress = new Callback(share =>
        {
            if (share < 0.2)
                return;
            encoders.AddRange(ChildEncoders());
            cancel.Cancel();
        });
        var input = TestPhotos.Input([_photos.Photo(300, 300)], shotSeconds: 20);
        await Should.ThrowAsync<OperationCanceledException>(() => _renderer.RenderAsync(input, _photos.Clip, _photos.Poster, progress, cancel.Token));
        Directory.GetFiles(_photos.Folder).Select(Path.GetFileName).ShouldBe(["photo1-300x300.png"]);
        if (OperatingSystem.IsLinux())
            encoders.ShouldNotBeEmpty();
        ChildEncoders().Intersect(encoders).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_photo_that_breaks_off_fails_the_render_and_leaves_no_file()
    {
        var file = _photos.Photo(600, 600, extension: "jpg");
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)]);
        var failure = await Should.ThrowAsync<RenderException>(() => RenderAsync(TestPhotos.Input([_photos.Photo(64, 64, 2), file])));
        failure.Code.ShouldBe(RenderFault.UnreadableImage);
        File.Exists(_photos.Clip).ShouldBeFalse();
        Directory.GetFiles(_photos.Folder, "*.part").ShouldBeEmpty();
    }

    [Fact]
    public async Task an_older_clip_survives_a_render_that_fails()
    {
        await File.WriteAllTextAsync(_photos.Clip, "older");
        await Should.ThrowAsync<RenderException>(() => RenderAsync(Two() with { Preset = "no-such-preset" }));
        (await File.ReadAllTextAsync(_photos.Clip)).ShouldBe("older");
    }

    [Fact]
    public async Task what_the_encoder_says_reaches_the_operator()
    {
        var failure = await Should.ThrowAsync<RenderException>(() => RenderAsync(Two() with { Preset = "no-such-preset" }));
        failure.Code.ShouldBe(RenderFault.EncoderFailed);
        failure.OperatorText.ShouldContain("no-such-preset");
        failure.MerchantText.ShouldNotContain("ffmpeg");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task an_encoder_that_somebody_ends_says_nothing_about_the_clip(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Encoders are found in /proc.");
        var signalled = false;
        var progress = new Callback(share =>
        {
            if (signalled || share < 0.2)
                return;
            signalled = true;
            foreach (var encoder in ChildEncoders())
            {
                using var kill = Process.Start("kill", ["-s", signal, FormattableString.Invariant($"{encoder}")]);
                kill.WaitForExit();
            }
        });
        var input = TestPhotos.Input([_photos.Photo(300, 300)], shotSeconds: 20);
        var failure = await Should.ThrowAsync<RenderException>(
            () => _renderer.RenderAsync(input, _photos.Clip, _photos.Poster, progress, CancellationToken.None));
        failure.Code.ShouldBe(RenderFault.Stopped);
        File.Exists(_photos.Clip).ShouldBeFalse();
    }

    [Fact]
    public async Task a_full_disk_is_told_apart()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no device that is always full.");
        if (OperatingSystem.IsWindows())
            return;
        var folder = Path.Combine(_photos.Folder, "full");
        // A script in ffmpeg's place that says what ffmpeg says; the disk of the test machine stays as it is.
        Directory.CreateDirectory(folder);
        var fake = Path.Combine(folder, "ffmpeg");
        await File.WriteAllTextAsync(fake, "#!/bin/sh\ncase \"$*\" in *version*) echo 'ffmpeg version fake';; *encoders*) echo ' V..... libx264 ';; *) cat >/dev/full;; esac\n");
        var probe = Path.Combine(folder, "ffprobe");
        await File.WriteAllTextAsync(probe, "#!/bin/sh\necho 'ffprobe version fake'\n");
        File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.SetUnixFileMode(probe, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var renderer = new ClipRenderer(FfmpegTool.Find(fake, null));
        var failure = await Should.ThrowAsync<RenderException>(
            () => renderer.RenderAsync(Two(), _photos.Clip, _photos.Poster, null, CancellationToken.None));
        failure.Code.ShouldBe(RenderFault.DiskFull);
        failure.MerchantText.ShouldContain("disk space");
        File.Exists(_photos.Clip).ShouldBeFalse();
        File.Exists(_photos.Poster).ShouldBeFalse();
    }

    private RenderInput Two() => TestPhotos.Input([_photos.Photo(200, 200), _photos.Photo(200, 160, 2)]);

    private Task<RenderedClip> RenderAsync(RenderInput input) =>
        _renderer.RenderAsync(input, _photos.Clip, _photos.Poster, null, CancellationToken.None);

    private static List<string> Boxes(ReadOnlySpan<byte> mp4)
    {
        var names = new List<string>();
        for (var at = 0; at + 8 <= mp4.Length; at += (int)BinaryPrimitives.ReadUInt32BigEndian(mp4[at..]))
            names.Add(Encoding.ASCII.GetString(mp4.Slice(at + 4, 4)));
        return names;
    }

    /// <summary>ffmpeg processes that write into this test's folder.</summary>
    private List<int> ChildEncoders()
    {
        var found = new List<int>();
        foreach (var process in Process.GetProcessesByName("ffmpeg"))
        {
            using (process)
            {
                var commandLine = FormattableString.Invariant($"/proc/{process.Id}/cmdline");
                if (File.Exists(commandLine) && ReadOrNothing(commandLine).Contains(_photos.Folder, StringComparison.Ordinal))
                    found.Add(process.Id);
            }
        }

        return found;

        // A process may end between being listed and being read.
        static string ReadOrNothing(string file)
        {
            try
            {
                return File.ReadAllText(file);
            }
            catch (IOException)
            {
                return "";
            }
        }
    }

    private sealed class Collector : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }

    private sealed class Callback(Action<double> action) : IProgress<double>
    {
        public void Report(double value) => action(value);
    }
}
