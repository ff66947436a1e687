using System.Diagnostics;
using NetVips;
using ProductVideo.Clips;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class LabelCardTests : IDisposable
{
    private static readonly FfmpegTool s_ffmpeg = FfmpegTool.Find(null, null);

    private readonly TestPhotos _photos = new();

    public static TheoryData<string> Languages => [.. AiLabel.All.Select(label => label.Language)];

    public void Dispose() => _photos.Dispose();

    [Theory]
    [MemberData(nameof(Languages))]
    public void a_label_of_any_language_fits_any_frame_clear_of_its_edges(string language)
    {
        var label = AiLabel.In(language);
        TextLines.Clean(label.Text, FontShelf.Has).ShouldBe((label.Text, ""));
        foreach (var (width, height) in ((int, int)[])[(240, 426), (240, 560), (1080, 1080), (1920, 1080), (718, 1280)])
        {
            var picture = LabelCard.Draw(label, width, height);
            var (margin, bitmap) = (Math.Min(width, height) * 0.04, picture.Bitmap);
            ((double)picture.Left).ShouldBeGreaterThanOrEqualTo(margin);
            ((double)picture.Top).ShouldBeGreaterThanOrEqualTo(margin);
            ((double)(picture.Left + bitmap.Width)).ShouldBeLessThanOrEqualTo(width - margin, $"{width}×{height}");
            ((picture.Left | picture.Top | bitmap.Width | bitmap.Height) & 1).ShouldBe(0, "chroma has half the samples");
            ((double)Rows(bitmap)).ShouldBeInRange(Math.Min(width, height) * 0.05, (Math.Min(width, height) * 0.06) + 1);
        }
    }

    [Fact]
    public void in_upright_video_it_stands_below_what_apps_lay_over_the_top() =>
        LabelCard.Draw(AiLabel.In(null), 1080, 1920).Top.ShouldBeGreaterThanOrEqualTo(268);

    [Fact]
    public void it_is_easy_to_read_on_any_picture()
    {
        foreach (var ground in (Rgb[])[Rgb.White, Rgb.Black])
        {
            var below = (byte)(ground.R * (1 - LabelCard.Opacity));
            Rgb.Contrast(Rgb.White, new Rgb(below, below, below)).ShouldBeGreaterThan(10);
        }
    }

    /// <summary>Rows with a letter in them.</summary>
    private static int Rows(Bitmap bitmap)
    {
        var rows = Enumerable.Range(0, bitmap.Height).Where(y => Enumerable.Range(0, bitmap.Width).Any(x => bitmap.Rgba[((y * bitmap.Width) + x) * 4] >= 128)).ToList();
        return rows[^1] - rows[0] + 1;
    }

    [Theory]
    [InlineData("640x360", "", 640, 360)]
    [InlineData("360x640", "", 360, 640)]
    [InlineData("400x400", "", 400, 400)]
    [InlineData("481x361", "", 480, 360)]
    [InlineData("640x360", "-metadata:s:v rotate=90", 360, 640)]
    [InlineData("480x360", "-aspect 16:9", 640, 360)]
    public async Task a_coded_clip_has_it_from_its_first_frame_to_its_last_and_is_else_as_it_was(string size, string how, int width, int height)
    {
        // Light in one half and dark in the other, both of them moving.
        var (flat, coded) = (Path.Combine(_photos.Folder, "flat.mp4"), Path.Combine(_photos.Folder, "coded.mp4"));
        await FfmpegAsync(
            "-f", "lavfi", "-i", $"color=white:size={size}:rate=24:duration=1,drawbox=w=iw/6:h=ih:color=0x101010:t=fill,drawbox=x=iw/2:y=ih/2:w=iw/4:h=ih/4:color=0x28b43c:t=fill",
            "-f", "lavfi", "-i", "sine=duration=1", "-pix_fmt", "yuv444p", "-c:a", "aac", flat);
        await FfmpegAsync(["-i", flat, "-c", "copy", .. how.Split(' ', StringSplitOptions.RemoveEmptyEntries), _photos.Clip]);
        var before = await s_ffmpeg.ProbeAsync(_photos.Clip, CancellationToken.None);
        before.CodedAnew.ShouldBe((width, height));
        var label = LabelCard.Draw(AiLabel.In("de"), width, height);

        await s_ffmpeg.EncodeAnewAsync(_photos.Clip, before, label, coded, CancellationToken.None);

        var after = await s_ffmpeg.ProbeAsync(coded, CancellationToken.None);
        (after.Shown, after.Otherwise, after.Frames, after.FramesPerSecond, after.Duration).ShouldBe(((width, height), null, before.Frames, before.FramesPerSecond, before.Duration));
        (after.AudioCodec, after.FileDuration).ShouldBe(("aac", before.FileDuration));
        Directory.GetFiles(_photos.Folder, "*.label").ShouldBeEmpty();
        foreach (var frame in (int[])[0, 23])
        {
            using var seen = await FrameAsync(coded, after, frame);
            LettersIn(seen, label).ShouldBeGreaterThanOrEqualTo((int)Math.Ceiling(Math.Min(width, height) * 0.05), $"frame {frame}");
            using var bare = await FrameAsync(_photos.Clip, before, frame);
            Distance(seen, bare, 0.9, 0.05).ShouldBeLessThan(6);
            Distance(seen, bare, 0.6, 0.6).ShouldBeLessThan(8);
        }

        await s_ffmpeg.EncodeAnewAsync(_photos.Clip, before, label: null, coded, CancellationToken.None);
        using var off = await FrameAsync(coded, await s_ffmpeg.ProbeAsync(coded, CancellationToken.None), 0);
        using var without = await FrameAsync(_photos.Clip, before, 0);
        Distance(off, without, (label.Left + (label.Bitmap.Width / 2.0)) / width, (label.Top + 3.0) / height).ShouldBeLessThan(6);
    }

    /// <summary>Rows of the label's box with a letter in them; 0 where there is no dark box around them.</summary>
    private static int LettersIn(Image frame, LabelPicture label)
    {
        var (left, top, width, height) = (label.Left, label.Top, label.Bitmap.Width, label.Bitmap.Height);
        // At once: asked for one by one, its pixels take seconds.
        var pixels = frame.WriteToMemory<byte>();
        ReadOnlySpan<byte> At(int x, int y) => pixels.AsSpan(((y * frame.Width) + x) * frame.Bands, frame.Bands);
        static bool IsDark(ReadOnlySpan<byte> pixel) => !pixel.ContainsAnyInRange((byte)81, byte.MaxValue);
        static bool IsWhite(ReadOnlySpan<byte> pixel) => !pixel.ContainsAnyInRange((byte)0, (byte)127);
        if (!IsDark(At(left + (width / 2), top + 3)) || !IsDark(At(left + 4, top + (height / 2))))
            return 0;
        var rows = Enumerable.Range(top, height).Where(y => Enumerable.Range(left, width).Any(x => IsWhite(At(x, y)))).ToList();
        return rows.Count == 0 ? 0 : rows[^1] - rows[0] + 1;
    }

    /// <summary>At a place by its share of the width and the height: a squeezed picture has fewer pixels.</summary>
    private static double Distance(Image one, Image other, double x, double y) => At(one, x, y).Zip(At(other, x, y)).Max(pair => Math.Abs(pair.First - pair.Second));

    private static double[] At(Image image, double x, double y) => image.Getpoint((int)(x * image.Width), (int)(y * image.Height));

    /// <param name="clip">Whose.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="frame">From 0.</param>
    private async Task<Image> FrameAsync(string clip, ClipFacts facts, int frame)
    {
        var picture = Path.Combine(_photos.Folder, $"{Guid.NewGuid():n}.jpg");
        await s_ffmpeg.ExtractPosterAsync(clip, facts.AssumedMatrix, TimeSpan.FromSeconds(Math.Max(0, (frame - 0.5) / facts.FramesPerSecond)), picture, CancellationToken.None);
        using var image = Image.NewFromFile(picture);
        return image.CopyMemory();
    }

    private static async Task FfmpegAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(s_ffmpeg.FfmpegPath, ["-nostdin", "-v", "error", .. arguments]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
    }
}
