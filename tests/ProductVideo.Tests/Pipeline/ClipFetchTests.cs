using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NetVips;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Clips;
using ProductVideo.Conformance;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

public sealed class ClipFetchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-tools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("testsrc2=size=320x320:rate=1", 600, "length: 600 s, ordered 5 s")]
    [InlineData("testsrc2=size=4200x320:rate=2", 5, "picture: 4200×320")]
    public async Task a_file_whose_headers_tell_enough_is_refused_without_being_decoded(string filter, int seconds, string found)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync("exit 1");
        var failed = (await FetchedAsync(pipeline, filter, seconds)).State.ShouldBeOfType<Failed>();
        failed.Problem.Code.ShouldBe("clip_failed_checks");
        failed.Problem.OperatorText.ShouldContain(found);
    }

    [Fact]
    public async Task a_clip_that_takes_too_long_to_measure_is_measured_again_when_the_machine_may_be_idle()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync("exec sleep 60");
        var waiting = await FetchedAsync(pipeline, "testsrc2=size=320x320:rate=30", seconds: 5);
        waiting.State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_unreadable");
        (waiting.DueAt!.Value - pipeline.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromMinutes(5));
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(5), waiting.Id)).State.ShouldBeOfType<Fetching>().Unmeasured.ShouldBe(2);
        pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    /// <summary>Moving, with a sound.</summary>
    private const string SoundingFilter = "testsrc2=size=320x320:rate=24[out0];sine=frequency=440[out1]";

    /// <summary>As a model codes its clips of 1080 lines.</summary>
    private const string TenBits = "-c:v libx265 -x265-params log-level=error -pix_fmt yuv420p10le -tag:v hvc1";

    [Theory]
    [InlineData(TenBits, "hevc yuv420p10le")]
    [InlineData("-pix_fmt yuv444p", "h264 yuv444p")]
    public async Task a_clip_that_is_only_coded_otherwise_is_coded_anew_and_kept(string coding, string cameAs)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var clip = (await FetchedAsync(pipeline, SoundingFilter, seconds: 5, coding)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.Single(check => check.Name == "codec").ShouldBe(new ClipCheck("codec", Passed: true, $"h264 yuv420p, coded anew from {cameAs}"));
        clip.Seconds.ShouldBe(5, 0.1m);

        var stored = (await pipeline.Get<IBlobStore>().ReadAsync(clip.BlobKey, TestContext.Current.CancellationToken)).ShouldNotBeNull().ToArray();
        (stored.LongLength, Convert.ToHexStringLower(SHA256.HashData(stored))).ShouldBe((clip.Length, clip.Sha256));
        var original = clip.BlobKey.Replace(".mp4", ".original.mp4", StringComparison.Ordinal);
        (await pipeline.ClipsAsync()).ShouldBe([clip.BlobKey, clip.PosterKey, original], ignoreOrder: true);
        var file = Path.Combine(_folder, "stored.mp4");
        await File.WriteAllBytesAsync(file, stored, TestContext.Current.CancellationToken);
        var facts = await pipeline.Get<FfmpegTool>().ProbeAsync(file, TestContext.Current.CancellationToken);
        (facts.Codec, facts.PixelFormat, facts.ColorRange, facts.ColorSpace, facts.HasAudio, facts.Frames).ShouldBe(("h264", "yuv420p", "tv", "bt709", true, 120L));
        pipeline.Provider.Submits.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("testsrc2=size=320x320:rate=24", 3, TenBits)]
    [InlineData("testsrc2=size=320x320:rate=24", 5, TenBits + " -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc")]
    [InlineData("testsrc2=size=320x320:rate=24", 5, "-c:v mpeg4")]
    public async Task a_clip_of_another_length_or_light_or_of_a_rare_coding_is_refused_as_it_is(string filter, int seconds, string coding)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var failed = (await FetchedAsync(pipeline, filter, seconds, coding)).State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Charged).ShouldBe(("clip_failed_checks", true));
        failed.Problem.OperatorText.ShouldContain("codec: ");
        (await pipeline.ClipsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_clip_that_cant_be_coded_anew_is_refused_for_its_coding()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync("exit 1");
        var failed = (await FetchedAsync(pipeline, "testsrc2=size=320x320:rate=24", seconds: 5, TenBits)).State.ShouldBeOfType<Failed>();
        (failed.Problem.Code, failed.Charged).ShouldBe(("clip_failed_checks", true));
        failed.Problem.OperatorText.ShouldContain("codec: hevc yuv420p10le");
    }

    [Fact]
    public async Task a_clip_that_comes_while_another_is_coded_anew_waits_without_a_place_and_is_fetched_later()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        var (begun, goOn) = (Path.Combine(_folder, "begun"), Path.Combine(_folder, "go-on"));
        await using var pipeline = await StartAsync($"""
            case "$*" in *libx264*) touch '{begun}'; until [ -e '{goOn}' ]; do sleep 0.05; done;; esac
            exec '{Machine.FfmpegPath}' "$@"
            """);
        pipeline.Shop.Add("cup", ("cup.jpg", PipelineFixture.Picture(900, 700)), ("cup-back.jpg", PipelineFixture.Picture(700, 900)));
        var (clip, other) = ((ClipSource.Stored)await ForeignAsync(pipeline), (ClipSource.Stored)await ForeignAsync(pipeline));
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var first = pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
        while (!File.Exists(begun))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([other]);
        var waiting = await pipeline.AdvanceAsync((await OrderAsync(pipeline, "cup")).Id);
        first.IsCompleted.ShouldBeFalse();
        waiting.State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_awaits_coding");
        (waiting.DueAt - pipeline.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(30));

        // It is not even brought once more while the other one is coded.
        var blobs = pipeline.Get<IBlobStore>();
        var bytes = (await blobs.ReadAsync(other.BlobKey, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        await blobs.DeleteAsync(other.BlobKey, TestContext.Current.CancellationToken);
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromSeconds(30), waiting.Id)).State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_awaits_coding");
        using (var content = new MemoryStream(bytes.ToArray(), writable: false))
            await blobs.PutAsync(other.BlobKey, content, "video/mp4", PutMode.Replace, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(goOn, "", TestContext.Current.CancellationToken);
        (await first).State.ShouldBeOfType<AwaitingReview>();
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromSeconds(30), waiting.Id)).State.ShouldBeOfType<AwaitingReview>();
        pipeline.Provider.Submits.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1", "disk_full", "Make room")]
    [InlineData("kill -9 $$", "render_stopped", "too little memory")]
    public async Task what_the_server_lacked_while_it_coded_is_told_as_that_and_the_clip_is_fetched_later(string coding, string code, string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        var mended = Path.Combine(_folder, "mended");
        await using var pipeline = await StartAsync($"""
            [ -e '{mended}' ] || case "$*" in *libx264*) {coding};; esac
            exec '{Machine.FfmpegPath}' "$@"
            """);
        var waiting = await FetchedAsync(pipeline, "testsrc2=size=320x320:rate=24", seconds: 5, TenBits);
        var problem = waiting.State.ShouldBeOfType<Fetching>().LastProblem.ShouldNotBeNull();
        problem.Code.ShouldBe(code);
        problem.MerchantText.ShouldContain(text);
        await File.WriteAllTextAsync(mended, "", TestContext.Current.CancellationToken);
        (await pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), waiting.Id)).State.ShouldBeOfType<AwaitingReview>();
    }

    private const string Moving = "testsrc2=size=320x320:rate=24";

    /// <summary>Silent, or with a sound as long as the picture or longer.</summary>
    [Theory]
    [InlineData(0.08, 5, "length: 0.08 s, ordered 5 s")]
    [InlineData(1.2, 5, "length: 1.21 s, ordered 5 s")]
    public async Task a_picture_that_ends_before_its_sound_is_too_short_a_clip(double picture, double sound, string found)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var failed = (await FetchedAsync(pipeline, await FilmAsync(Sounding(picture, sound)))).State.ShouldBeOfType<Failed>();
        failed.Problem.Code.ShouldBe("clip_failed_checks");
        failed.Problem.OperatorText.ShouldContain(found);
    }

    [Fact]
    public async Task a_sound_that_outlasts_its_picture_is_cut_and_the_clip_kept()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var film = await FilmAsync(Sounding(5, 6.5));
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.Single(check => check.Name == "sound length").Found.ShouldEndWith("cut: it came so that it ends 1.5 s after the picture");
        clip.Checks.Single(check => check.Name == "codec").Found.ShouldBe("h264 yuv420p");
        var facts = await ProbedAsync(pipeline, clip);
        (facts.HasAudio, facts.Frames).ShouldBe((true, 120L));
        facts.FileDuration.TotalSeconds.ShouldBe(5, 0.1);
        (await ReadAsync(pipeline, clip.BlobKey.Replace(".mp4", ".original.mp4", StringComparison.Ordinal))).ShouldBe(film);
        clip.Checks.ShouldContain(new ClipCheck("AI mark", Passed: true, "XMP DigitalSourceType"));
    }

    [Fact]
    public async Task a_picture_that_comes_late_is_no_clip_as_ordered()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var (picture, sound) = (Path.Combine(_folder, "picture.mp4"), Path.Combine(_folder, "sound.m4a"));
        await File.WriteAllBytesAsync(picture, await FilmAsync(["-f", "lavfi", "-i", Moving + ":duration=5", "-pix_fmt", "yuv420p"]), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(sound, await FilmAsync(["-f", "lavfi", "-i", "sine=duration=7"]), TestContext.Current.CancellationToken);
        var film = await FilmAsync(["-i", sound, "-itsoffset", "2", "-i", picture, "-map", "1:v", "-map", "0:a", "-c", "copy"]);
        var failed = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<Failed>();
        failed.Problem.OperatorText.ShouldContain("start: a picture from 2 s on");
    }

    [Fact]
    public async Task two_pictures_that_are_told_to_last_five_seconds_are_no_clip()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var film = await FilmAsync(["-f", "lavfi", "-i", Moving + ":duration=5,select='lt(n,2)+gte(n,119)'", "-vsync", "vfr", "-pix_fmt", "yuv420p"]);
        var failed = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<Failed>();
        failed.Problem.OperatorText.ShouldContain("moments: a picture of its own at 2 of 6 moments");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task a_clip_without_the_sound_that_was_ordered_waits_for_a_person(bool ordered, bool doubted)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        pipeline.Provider.Audio = AudioSupport.Optional;
        var clip = await pipeline.ReadyClipAsync();
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var held = await pipeline.AdvanceAsync((await pipeline.OrderAsync(new VideoWishes { Audio = ordered })).Id);
        held.State.ShouldBeOfType<AwaitingReview>().Clip.Doubts.Any(doubt => doubt.Name == "sound").ShouldBe(doubted);
        if (doubted)
            GenerationFacts.Problem(held)!.MerchantText.ShouldContain("It has no sound, though you asked for it.");
    }

    [Theory]
    [InlineData("testsrc2=size=320x180:rate=24", "-metadata:s:v rotate=90", "9:16", 180, 320)]
    [InlineData("testsrc2=size=320x320:rate=24", "-metadata:s:v rotate=180", "1:1", 320, 320)]
    [InlineData("testsrc2=size=480x360:rate=24,setsar=4/3", "", "16:9", 640, 360)]
    public async Task a_clip_that_is_turned_or_squeezed_to_be_shown_is_made_anew_as_it_is_shown(string filter, string how, string aspect, int width, int height)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var flat = Path.Combine(_folder, "flat.mp4");
        // No picture of fewer than 240 pixels may pass.
        await File.WriteAllBytesAsync(flat, await FilmAsync(["-f", "lavfi", "-i", filter, "-t", "5", "-vf", "scale=iw*2:ih*2", "-pix_fmt", "yuv420p"]), TestContext.Current.CancellationToken);
        var film = await FilmAsync(["-i", flat, "-c", "copy", .. how.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        pipeline.Provider.Ratios = ["1:1", "16:9", "9:16"];
        var clip = await pipeline.ReadyClipAsync(film);
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await pipeline.Get<VideoGenerations>().CreateAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted", Aspect = aspect, Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), null,
            TestContext.Current.CancellationToken);
        var made = (await pipeline.AdvanceAsync(ordered.Generation.Id)).State.ShouldBeOfType<AwaitingReview>().Clip;
        (made.Width, made.Height).ShouldBe((2 * width, 2 * height));
        var facts = await ProbedAsync(pipeline, made);
        (facts.Width, facts.Height, facts.Otherwise).ShouldBe((2 * width, 2 * height, null));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6.5)]
    public async Task a_webm_is_made_anew_and_kept(double sound)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var film = await FilmAsync([.. Sounding(5, sound), "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"], "webm");
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.Single(check => check.Name == "codec").ShouldBe(new ClipCheck("codec", Passed: true, "h264 yuv420p, coded anew from vp9 yuv420p, in WebM"));
        var facts = await ProbedAsync(pipeline, clip);
        (facts.Codec, facts.AudioCodec, facts.IsMatroska).ShouldBe(("h264", "aac", false));
        facts.FileDuration.TotalSeconds.ShouldBe(5, 0.1);
        (await ReadAsync(pipeline, clip.BlobKey.Replace(".mp4", ".original.webm", StringComparison.Ordinal))).ShouldBe(film);
    }

    [Fact]
    public async Task a_clip_with_uncompressed_sound_is_made_anew_with_a_sound_that_browsers_play()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var film = await FilmAsync([.. Sounding(5, 5), "-c:v", "libx264", "-pix_fmt", "yuv444p", "-c:a", "pcm_s16le"], "mov");
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        (await ProbedAsync(pipeline, clip)).AudioCodec.ShouldBe("aac");
    }

    [Fact]
    public async Task an_uncompressed_sound_that_outlasts_its_picture_is_cut_and_coded_and_the_picture_left_as_it_is()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var film = await FilmAsync([.. Sounding(5, 5.5), "-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le"], "mov");
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.Single(check => check.Name == "codec").Found.ShouldBe("h264 yuv420p");
        var facts = await ProbedAsync(pipeline, clip);
        (facts.AudioCodec, facts.FileDuration.TotalSeconds < 5.2).ShouldBe(("aac", true));
    }

    [Theory]
    [InlineData("color=0xc04040:size=320x320:rate=24", "not empty")]
    [InlineData("color=black:size=320x320:rate=24", null)]
    public async Task a_clip_of_a_plain_thing_waits_for_a_person_and_is_not_thrown_away(string filter, string? doubt)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        (pipeline.Provider.Modes, pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
        pipeline.Shop.Add("mug", ("paint.jpg", Plain(0xc0, 0x40, 0x40)));
        var ended = (await FetchedAsync(pipeline, filter, seconds: 5)).State;
        if (doubt is null)
            ended.ShouldBeOfType<Failed>().Charged.ShouldBeTrue();
        else
            ended.ShouldBeOfType<AwaitingReview>().Clip.Doubts.Select(check => check.Name).ShouldContain(doubt);
    }

    [Fact]
    public async Task a_clip_of_one_colour_is_refused_where_its_picture_shows_more()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        (pipeline.Provider.Modes, pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
        var failed = (await FetchedAsync(pipeline, "color=0xc04040:size=320x320:rate=24", seconds: 5)).State.ShouldBeOfType<Failed>();
        failed.Problem.OperatorText.ShouldContain("nothing to see in 6 of 6 moments");
    }

    [Fact]
    public async Task a_drawn_clip_and_its_poster_say_so_to_machines_and_are_hashed_as_they_are_stored()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var film = await FilmAsync(Sounding(5, 5));
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        var stored = await ReadAsync(pipeline, clip.BlobKey);
        (stored.LongLength, Convert.ToHexStringLower(SHA256.HashData(stored))).ShouldBe((clip.Length, clip.Sha256));
        stored.AsSpan().EndsWith(AiMark.Mp4Box()).ShouldBeTrue();
        clip.Checks.ShouldContain(new ClipCheck("AI mark", Passed: true, "XMP DigitalSourceType"));
        (await ProbedAsync(pipeline, clip)).Frames.ShouldBe(120);

        using var poster = Image.NewFromBuffer(await ReadAsync(pipeline, clip.PosterKey));
        (poster.Width, poster.Height).ShouldBe((320, 320));
        Encoding.UTF8.GetString((byte[])poster.Get("xmp-data")).ShouldContain(AiMark.Drawn);
        (await pipeline.ClipsAsync()).ShouldBe([clip.BlobKey, clip.PosterKey], ignoreOrder: true);
    }

    [Fact]
    public async Task a_film_of_the_merchants_own_photographs_is_not_marked()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        pipeline.Provider.KeepsPixels = true;
        var film = await FilmAsync(Sounding(5, 5));
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        (await ReadAsync(pipeline, clip.BlobKey)).ShouldBe(film);
        Encoding.Latin1.GetString(await ReadAsync(pipeline, clip.PosterKey)).ShouldNotContain(AiMark.Property);
        clip.Checks.ShouldNotContain(check => check.Name == AiMark.Check);
    }

    [Fact]
    public async Task a_signed_clip_stays_as_it_is()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        byte[] film = [.. await FilmAsync(Sounding(5, 5)), .. Box(AiMark.C2paBox, "a signed manifest")];
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        (await ReadAsync(pipeline, clip.BlobKey)).ShouldBe(film);
        clip.Checks.ShouldContain(new ClipCheck("AI mark", Passed: true, "C2PA of its provider"));
    }

    [Fact]
    public async Task marks_that_are_lost_when_a_clip_is_coded_anew_are_put_back_and_its_providers_bytes_are_kept()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        byte[] film = [.. await FilmAsync([.. Sounding(5, 5), .. TenBits.Split(' ')]), .. AiMark.Mp4Box(), .. Box(AiMark.C2paBox, "a signed manifest")];
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        (await ReadAsync(pipeline, clip.BlobKey)).AsSpan().EndsWith(AiMark.Mp4Box()).ShouldBeTrue();
        clip.Checks.ShouldContain(new ClipCheck("AI mark", Passed: true, "XMP DigitalSourceType"));
        (await ReadAsync(pipeline, $"test/clips/{clip.Sha256}.original.mp4")).ShouldBe(film);
    }

    [Fact]
    public async Task a_clip_with_bytes_behind_its_last_box_is_put_in_order_and_marked()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        byte[] film = [.. await FilmAsync(Sounding(5, 5)), 1, 2, 3];
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        (await ReadAsync(pipeline, clip.BlobKey)).AsSpan().EndsWith(AiMark.Mp4Box()).ShouldBeTrue();
        (await ProbedAsync(pipeline, clip)).Frames.ShouldBe(120);
        (await ReadAsync(pipeline, $"test/clips/{clip.Sha256}.original.mp4")).ShouldBe(film);
    }

    private static byte[] Box(ReadOnlySpan<byte> type, string content)
    {
        byte[] box = [0, 0, 0, 0, .. "uuid"u8, .. type, .. Encoding.ASCII.GetBytes(content)];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    [Fact]
    public async Task where_the_work_folder_cant_be_made_it_is_told_as_that()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var clip = await pipeline.ReadyClipAsync();
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await pipeline.OrderAsync();
        var options = pipeline.Get<PipelineOptions>();
        options.WorkFolder = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(options.WorkFolder, "", TestContext.Current.CancellationToken);
        (await pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe(Problem.WorkFolderUnavailable);
    }

    private static byte[] Plain(byte r, byte g, byte b)
    {
        using var plain = Image.Black(600, 600, bands: 3).Linear([1, 1, 1], [r, g, b]).Cast(Enums.BandFormat.Uchar);
        using var tagged = plain.Copy(interpretation: Enums.Interpretation.Srgb);
        return tagged.JpegsaveBuffer();
    }

    private static string[] Sounding(double picture, double sound) =>
        ["-f", "lavfi", "-i", FormattableString.Invariant($"{Moving}:duration={picture}"), "-f", "lavfi", "-i", FormattableString.Invariant($"sine=duration={sound}"), "-pix_fmt", "yuv420p"];

    private async Task<byte[]> FilmAsync(string[] arguments, string extension = "mp4")
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():n}.{extension}");
        using var process = Process.Start(new ProcessStartInfo(Machine.FfmpegPath, ["-nostdin", "-v", "error", .. arguments, file]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        return await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
    }

    private static async Task<byte[]> ReadAsync(PipelineFixture pipeline, string key) =>
        (await pipeline.Get<IBlobStore>().ReadAsync(key, TestContext.Current.CancellationToken)).ShouldNotBeNull().ToArray();

    private async Task<ClipFacts> ProbedAsync(PipelineFixture pipeline, Clip clip)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():n}.mp4");
        await File.WriteAllBytesAsync(file, await ReadAsync(pipeline, clip.BlobKey), TestContext.Current.CancellationToken);
        return await pipeline.Get<FfmpegTool>().ProbeAsync(file, TestContext.Current.CancellationToken);
    }

    private static async Task<Generation> FetchedAsync(PipelineFixture pipeline, byte[] film)
    {
        var clip = await pipeline.ReadyClipAsync(film);
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        return await pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
    }

    private static Task<ClipSource> ForeignAsync(PipelineFixture pipeline) => pipeline.ReadyClipAsync("testsrc2=size=320x320:rate=24", seconds: 5, TenBits);

    private static async Task<Generation> OrderAsync(PipelineFixture pipeline, string product) => (await pipeline.Get<VideoGenerations>().CreateAsync(
        new ProductRef("test", product), new VideoWishes { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), null,
        TestContext.Current.CancellationToken)).Generation;

    /// <summary>A closed box, brown; the product from the third second on; and a blue curtain at the end.</summary>
    private const string Unboxing = "color=0x96703c:size=320x320:rate=10,drawbox=x=100:y=100:w=120:h=60:color=0xb4824a:t=fill,"
        + "drawbox=x=60:y=60:w=200:h=200:color=0xb02824:t=fill:enable='between(t,2.5,4.4)',drawbox=x=200:color=0x2846a0:t=fill:enable='gt(t,4.4)'";

    [Theory]
    [InlineData(VideoModes.References, "red.jpg", true, 0xb0, 0x28, 0x24)]
    [InlineData(VideoModes.TextToVideo, "red.jpg", true, 0x28, 0x46, 0xa0)]
    [InlineData(VideoModes.References, "red.jpg", false, 0x28, 0x46, 0xa0)]
    [InlineData(VideoModes.FirstFrame, "red.jpg", true, 0x96, 0x70, 0x3c)]
    public async Task the_poster_is_the_first_picture_where_there_is_one_and_else_what_shows_the_product(VideoModes mode, string picture, bool compared, int r, int g, int b)
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        pipeline.Provider.Modes = mode;
        pipeline.Get<PipelineOptions>().CompareWithPictures = compared;
        pipeline.Shop.Add("mug", (picture, Red()));
        var clip = (await FetchedAsync(pipeline, Unboxing, seconds: 5)).State.ShouldBeOfType<AwaitingReview>().Clip;

        var poster = (await pipeline.Get<IBlobStore>().ReadAsync(clip.PosterKey, TestContext.Current.CancellationToken)).ShouldNotBeNull();
        using var image = Image.NewFromBuffer(poster.ToArray());
        var seen = image.Getpoint(230, 230);
        seen[0].ShouldBe(r, 14);
        seen[1].ShouldBe(g, 14);
        seen[2].ShouldBe(b, 14);
    }

    private static byte[] Red()
    {
        using var box = Image.Black(300, 300, bands: 3).Linear([1, 1, 1], [0xb0, 0x28, 0x24]).Cast(Enums.BandFormat.Uchar);
        using var framed = box.Embed(150, 150, 600, 600, extend: Enums.Extend.White);
        using var tagged = framed.Copy(interpretation: Enums.Interpretation.Srgb);
        return tagged.JpegsaveBuffer();
    }

    private static async Task<Generation> FetchedAsync(PipelineFixture pipeline, string filter, int seconds, string coding = "-pix_fmt yuv420p")
    {
        var clip = await pipeline.ReadyClipAsync(filter, seconds, coding);
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        return await pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
    }

    private static FfmpegTool Machine { get; } = new ServiceCollection().AddCheckedFfmpeg().BuildServiceProvider().GetRequiredService<FfmpegTool>();

    /// <summary>A pipeline whose ffprobe is the machine's, and whose ffmpeg only does what is said.</summary>
    private async Task<PipelineFixture> StartAsync(string ffmpeg)
    {
        var tool = Path.Combine(_folder, "ffmpeg");
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{ffmpeg}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var pipeline = new PipelineFixture
        {
            Add = services => services.AddSingleton(FfmpegTool.AlreadyChecked(tool, Machine.FfprobePath, TimeSpan.FromSeconds(3))),
        };
        await pipeline.InitializeAsync();
        return pipeline;
    }
}
