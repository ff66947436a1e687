using System.Diagnostics;
using NetVips;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class FfmpegToolTests : IDisposable
{
    private static readonly FfmpegTool s_ffmpeg = FfmpegTool.Find(null, null);

    private readonly TestPhotos _photos = new();

    public void Dispose() => _photos.Dispose();

    [Fact]
    public void both_programs_are_found_on_the_path()
    {
        File.Exists(s_ffmpeg.FfmpegPath).ShouldBeTrue();
        File.Exists(s_ffmpeg.FfprobePath).ShouldBeTrue();
        s_ffmpeg.Version.ShouldNotBeEmpty();
    }

    [Fact]
    public void a_missing_program_is_explained_to_both_readers()
    {
        var failure = Should.Throw<FfmpegMissingException>(() => FfmpegTool.Find(Path.Combine(_photos.Folder, "ffmpeg"), null));
        failure.Code.ShouldBe(RenderFault.FfmpegMissing);
        failure.MerchantText.ShouldContain("a program is missing on the server");
        foreach (var way in (string[])["apt-get install ffmpeg", "dnf install ffmpeg", "brew install ffmpeg", "winget install"])
            failure.OperatorText.ShouldContain(way);
    }

    [Fact]
    public async Task a_program_that_does_not_answer_is_named()
    {
        if (OperatingSystem.IsWindows())
            return;
        var silent = Path.Combine(_photos.Folder, "ffmpeg");
        await File.WriteAllTextAsync(silent, "#!/bin/sh\nexec sleep 600\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(silent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var failure = Should.Throw<FfmpegMissingException>(() => FfmpegTool.Find(silent, s_ffmpeg.FfprobePath, TimeSpan.FromMilliseconds(50)));
        failure.OperatorText.ShouldStartWith($"'{silent} -version' did not answer within 0.1 s.");
    }

    [Theory]
    [InlineData("kill -9 $$", RenderFault.Stopped)]
    [InlineData("kill -15 $$", RenderFault.Stopped)]
    [InlineData("exit 255", RenderFault.Stopped)]
    [InlineData("kill -11 $$", RenderFault.UnreadableClip)]
    [InlineData("exit 1", RenderFault.UnreadableClip)]
    internal async Task a_tool_that_was_stopped_says_nothing_about_the_clip(string end, RenderFault fault)
    {
        if (OperatingSystem.IsWindows())
            return;
        var (tool, clip) = (Path.Combine(_photos.Folder, "ffprobe"), Path.Combine(_photos.Folder, "clip.mp4"));
        await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{end}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await File.WriteAllBytesAsync(clip, [1], TestContext.Current.CancellationToken);
        var refused = await Should.ThrowAsync<RenderException>(() => FfmpegTool.AlreadyChecked(tool, tool).ProbeAsync(clip, CancellationToken.None));
        refused.Code.ShouldBe(fault);
    }

    [Fact]
    public void another_program_is_not_taken_for_ffmpeg()
    {
        var other = Path.Combine(_photos.Folder, "ffmpeg");
        File.WriteAllText(other, "this is no program");
        Should.Throw<FfmpegMissingException>(() => FfmpegTool.Find(other, s_ffmpeg.FfprobePath));
        Should.Throw<FfmpegMissingException>(() => FfmpegTool.Find(s_ffmpeg.FfprobePath, s_ffmpeg.FfmpegPath));
    }

    [Fact]
    public async Task what_is_no_clip_is_refused()
    {
        var file = Path.Combine(_photos.Folder, "page.mp4");
        await File.WriteAllTextAsync(file, "<html><body>Not found</body></html>");
        var failure = await Should.ThrowAsync<ClipUnreadableException>(() => s_ffmpeg.ProbeAsync(file, CancellationToken.None));
        failure.Code.ShouldBe(RenderFault.UnreadableClip);
        failure.MerchantText.ShouldContain("damaged");
        await Should.ThrowAsync<ClipUnreadableException>(() => s_ffmpeg.DecodeSampleAsync(file, matrix: null, [TimeSpan.Zero], CancellationToken.None));
    }

    [Fact]
    public async Task a_playlist_that_points_elsewhere_is_not_followed()
    {
        var secret = Path.Combine(_photos.Folder, "secret.txt");
        await File.WriteAllTextAsync(secret, "secret");
        var file = Path.Combine(_photos.Folder, "list.mp4");
        await File.WriteAllTextAsync(file, $"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n");
        await Should.ThrowAsync<ClipUnreadableException>(() => s_ffmpeg.ProbeAsync(file, CancellationToken.None));
    }

    [Fact]
    public async Task a_missing_clip_is_refused() =>
        await Should.ThrowAsync<ClipUnreadableException>(() => s_ffmpeg.ProbeAsync(Path.Combine(_photos.Folder, "none.mp4"), CancellationToken.None));

    [Fact]
    public async Task a_black_clip_is_told_from_a_picture()
    {
        var black = await RenderAsync(_photos.Save(64, 64, 3, (_, _, _) => 0, "black.png"));
        black.ShouldAllBe(frame => frame.Light.MeanLuma < 3 && frame.Light.IsEmpty);
        var picture = await RenderAsync(_photos.Photo(200, 200));
        picture.ShouldAllBe(frame => frame.Light.MeanLuma > 60 && frame.Light.LumaSpread > 15);
        picture.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_place_past_the_end_gives_no_answer()
    {
        await RenderAsync(_photos.Photo(64, 64));
        var frames = await s_ffmpeg.DecodeSampleAsync(_photos.Clip, matrix: null, [TimeSpan.Zero, TimeSpan.FromMinutes(1)], CancellationToken.None);
        frames.Select(frame => frame.Time).ShouldBe([TimeSpan.Zero]);
    }

    [Fact]
    public async Task a_frame_that_stands_for_two_places_comes_once_with_its_own_time()
    {
        await FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=64x64:rate=10:duration=4,select='not(between(t,0.95,2.95))'", "-vsync", "vfr", "-pix_fmt", "yuv420p", _photos.Clip);
        var frames = await s_ffmpeg.DecodeSampleAsync(
            _photos.Clip, matrix: null, [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.45)], CancellationToken.None);
        frames.Select(frame => frame.Time.TotalSeconds).ShouldBe([0, 3, 3.5]);
    }

    [Theory]
    [InlineData("-metadata:s:v rotate=90", 64, 160)]
    [InlineData("-metadata:s:v rotate=180", 160, 64)]
    public async Task a_turned_picture_has_the_size_in_which_it_is_shown(string turn, int width, int height)
    {
        var flat = Path.Combine(_photos.Folder, "flat.mp4");
        await FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=160x64:rate=5:duration=1", "-pix_fmt", "yuv420p", flat);
        await FfmpegAsync(["-i", flat, "-c", "copy", .. turn.Split(' '), _photos.Clip]);
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        (facts.Shown, facts.Otherwise is null).ShouldBe(((width, height), false));
        await ShouldBeShownAsync(facts, width, height);
    }

    [Fact]
    public async Task pixels_that_are_not_square_are_shown_as_wide_as_they_are()
    {
        await FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=120x90:rate=5:duration=1,setsar=4/3", "-pix_fmt", "yuv420p", _photos.Clip);
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        (facts.Width, facts.Shown).ShouldBe((120, (160, 90)));
        await ShouldBeShownAsync(facts, 160, 90);
    }

    [Fact]
    public async Task pixels_that_only_a_rounded_side_has_stretched_are_nothing_to_code_anew_for()
    {
        await FfmpegAsync("-f", "lavfi", "-i", "testsrc2=size=120x90:rate=5:duration=1,setsar=sar=320/319:max=1000", "-pix_fmt", "yuv420p", _photos.Clip);
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        (facts.PixelShape == 1, facts.Otherwise).ShouldBe((false, null));
    }

    private async Task ShouldBeShownAsync(ClipFacts facts, int width, int height)
    {
        var coded = Path.Combine(_photos.Folder, "coded.mp4");
        await s_ffmpeg.EncodeAnewAsync(_photos.Clip, facts, label: null, coded, CancellationToken.None);
        var after = await s_ffmpeg.ProbeAsync(coded, CancellationToken.None);
        (after.Width, after.Height, after.Shown, after.Otherwise).ShouldBe((width, height, (width, height), null));
    }

    [Fact]
    public async Task a_poster_is_taken_from_any_clip()
    {
        await RenderAsync(_photos.Photo(200, 200));
        var poster = Path.Combine(_photos.Folder, "taken.jpg");
        await s_ffmpeg.ExtractPosterAsync(_photos.Clip, matrix: null, TimeSpan.FromSeconds(0.1), poster, CancellationToken.None);
        using var image = Image.NewFromFile(poster);
        (image.Width, image.Height).ShouldBe((128, 128));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(720)]
    public async Task the_poster_of_a_clip_that_does_not_say_its_matrix_has_the_colours_that_browsers_show(int side)
    {
        // What browsers assume: the older matrix for small frames, the newer one for high definition.
        var matrix = side < 720 ? "bt601" : "bt709";
        await FfmpegAsync(
            "-f", "lavfi", "-i", $"color=0x28b43c:size={side}x{side}:rate=5:duration=1,format=rgb24",
            "-vf", $"scale=out_color_matrix={matrix},format=yuv420p,setparams=colorspace=unknown", "-c:v", "libx264", _photos.Clip);
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        (facts.ColorSpace ?? "unknown").ShouldBe("unknown");

        var poster = Path.Combine(_photos.Folder, "taken.jpg");
        await s_ffmpeg.ExtractPosterAsync(_photos.Clip, facts.AssumedMatrix, TimeSpan.Zero, poster, CancellationToken.None);
        using var image = Image.NewFromFile(poster);
        var seen = image.Getpoint(side / 2, side / 2);
        seen[0].ShouldBe(0x28, 5);
        seen[1].ShouldBe(0xb4, 5);
        seen[2].ShouldBe(0x3c, 5);
    }

    [Theory]
    [InlineData(320, "bt601", "unknown", "tv")]
    [InlineData(720, "bt709", "unknown", "tv")]
    [InlineData(320, "bt709", "bt709", "tv")]
    [InlineData(320, "bt601", "smpte170m", "pc")]
    [InlineData(720, "bt601", "smpte170m", "tv")]
    public async Task a_clip_that_is_coded_anew_keeps_its_colours(int side, string matrix, string told, string range)
    {
        await FfmpegAsync(
            "-f", "lavfi", "-i", $"color=0x28b43c:size={side}x{side}:rate=5:duration=1,format=rgb24",
            "-vf", $"scale=out_color_matrix={matrix}:out_range={range},format=yuv420p10le,setparams=colorspace={told}:range={range}",
            "-c:v", "libx265", "-x265-params", "log-level=error", "-preset", "ultrafast", _photos.Clip);
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        (facts.Codec, facts.PixelFormat, facts.ColorSpace ?? "unknown", facts.ColorRange).ShouldBe(("hevc", "yuv420p10le", told, range));

        var (coded, poster) = (Path.Combine(_photos.Folder, "coded.mp4"), Path.Combine(_photos.Folder, "taken.jpg"));
        await s_ffmpeg.EncodeAnewAsync(_photos.Clip, facts, label: null, coded, CancellationToken.None);
        var after = await s_ffmpeg.ProbeAsync(coded, CancellationToken.None);
        (after.Codec, after.PixelFormat, after.ColorSpace, after.ColorRange, after.Frames).ShouldBe(("h264", "yuv420p", "bt709", "tv", 5L));
        await s_ffmpeg.ExtractPosterAsync(coded, after.AssumedMatrix, TimeSpan.Zero, poster, CancellationToken.None);
        using var image = Image.NewFromFile(poster);
        var seen = image.Getpoint(side / 2, side / 2);
        seen[0].ShouldBe(0x28, 5);
        seen[1].ShouldBe(0xb4, 5);
        seen[2].ShouldBe(0x3c, 5);
    }

    [Fact]
    public async Task what_cant_be_coded_anew_leaves_no_file()
    {
        var (broken, coded) = (Path.Combine(_photos.Folder, "broken.mp4"), Path.Combine(_photos.Folder, "coded.mp4"));
        await File.WriteAllTextAsync(broken, "no video", TestContext.Current.CancellationToken);
        await RenderAsync(_photos.Photo(64, 64));
        var facts = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        await Should.ThrowAsync<ClipUnreadableException>(() => s_ffmpeg.EncodeAnewAsync(broken, facts, label: null, coded, CancellationToken.None));
        await Should.ThrowAsync<ClipUnreadableException>(() => s_ffmpeg.CopyAsync(broken, facts, coded, CancellationToken.None));
        Directory.GetFiles(_photos.Folder, "coded*").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_poster_past_the_end_is_refused_and_leaves_no_file()
    {
        await RenderAsync(_photos.Photo(64, 64));
        var poster = Path.Combine(_photos.Folder, "taken.jpg");
        await Should.ThrowAsync<ClipUnreadableException>(
            () => s_ffmpeg.ExtractPosterAsync(_photos.Clip, matrix: null, TimeSpan.FromMinutes(1), poster, CancellationToken.None));
        Directory.GetFiles(_photos.Folder, "taken*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("{\"streams\":[{\"codec_type\":\"audio\"}],\"format\":{}}")]
    [InlineData("{\"streams\":[{\"codec_type\":\"video\",\"width\":99999999,\"height\":2}],\"format\":{}}")]
    [InlineData("{\"streams\":[{\"codec_type\":\"video\",\"width\":\"x\",\"height\":2}],\"format\":{}}")]
    public void an_answer_that_makes_no_sense_is_a_clip_that_cannot_be_read(string json) =>
        Should.Throw<ClipUnreadableException>(() => ClipFacts.Parse(System.Text.Encoding.UTF8.GetBytes(json)));

    private static async Task FfmpegAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(s_ffmpeg.FfmpegPath, ["-nostdin", "-v", "error", "-y", .. arguments]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }

    private async Task<IReadOnlyList<FrameSample>> RenderAsync(string photo)
    {
        await new ClipRenderer(s_ffmpeg).RenderAsync(TestPhotos.Input([photo]), _photos.Clip, _photos.Poster, null, CancellationToken.None);
        return await s_ffmpeg.DecodeSampleAsync(_photos.Clip, matrix: null, [TimeSpan.Zero, TimeSpan.FromSeconds(0.3)], CancellationToken.None);
    }
}
