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
using ProductVideo.Spending;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Pipeline;

public sealed class ClipLabelTests : IDisposable
{
    private const string Moving = "testsrc2=size=320x320:rate=24";
    private const string TenBits = "-c:v libx265 -x265-params log-level=error -pix_fmt yuv420p10le -tag:v hvc1";

    private readonly string _folder = Directory.CreateTempSubdirectory("pv-label-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task a_drawn_clip_carries_its_label_throughout_and_on_its_poster_and_what_came_is_kept()
    {
        await using var pipeline = await StartAsync();
        pipeline.Shop.Products["mug"] = pipeline.Shop.Products["mug"] with { Locale = "de-DE" };
        var film = await FilmAsync(pipeline);
        var made = await FetchedAsync(pipeline, film);

        var clip = made.State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.ShouldContain(new ClipCheck("label", Passed: true, "Mit KI erstellt"));
        clip.Checks.Single(check => check.Name == "codec").Found.ShouldBe("h264 yuv420p");
        clip.Checks.ShouldContain(new ClipCheck("AI mark", Passed: true, "XMP DigitalSourceType"));
        (clip.Seconds, clip.Width, clip.Height).ShouldBe((5m, 320, 320));
        (await IsLabelledAsync(pipeline, clip, AiLabel.In("de"))).ShouldBe([true, true, true]);
        IsLabelled(await ReadAsync(pipeline, clip.PosterKey), AiLabel.In("de")).ShouldBeTrue();

        var original = clip.BlobKey.Replace(".mp4", ".original.mp4", StringComparison.Ordinal);
        (await ReadAsync(pipeline, original)).ShouldBe(film);
        (await pipeline.ClipsAsync()).ShouldBe([clip.BlobKey, clip.PosterKey, original], ignoreOrder: true);
        GenerationFacts.Problem(made)?.MerchantText.ShouldNotContain("label");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task none_is_drawn_where_the_shop_wants_none_or_no_model_drew_it(bool wanted, bool isFilm)
    {
        await using var pipeline = await StartAsync(wanted: wanted);
        pipeline.Provider.KeepsPixels = isFilm;
        var film = await FilmAsync(pipeline);
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.ShouldNotContain(check => check.Name == AiLabel.Check);
        (await ReadAsync(pipeline, clip.BlobKey))[..film.Length].ShouldBe(film);
        clip.Unlabelled.ShouldBeNull();
    }

    [Fact]
    public async Task a_label_that_is_switched_off_again_leaves_the_clips_that_come_from_then_on_alone()
    {
        await using var pipeline = await StartAsync();
        var film = await FilmAsync(pipeline);
        await pipeline.Get<ShopLabels>().PutAsync("test", isDrawn: false, "tester", TestContext.Current.CancellationToken);
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        (await ReadAsync(pipeline, clip.BlobKey)).ShouldBe([.. film, .. AiMark.Mp4Box()]);
    }

    [Fact]
    public async Task what_came_is_judged_and_never_the_label()
    {
        await using var pipeline = await StartAsync();
        (pipeline.Provider.Modes, pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
        // With white letters on a dark box in it there would be something to see.
        var film = await FilmAsync(pipeline, "color=0xc04040:size=320x320:rate=24");
        var failed = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<Failed>();
        failed.Problem.OperatorText.ShouldContain("nothing to see in 6 of 6 moments");
        (await pipeline.ClipsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task the_comparison_finds_the_same_with_a_label_and_without()
    {
        var found = new List<IReadOnlyList<ClipCheck>>();
        foreach (var wanted in (bool[])[true, false])
        {
            await using var pipeline = await StartAsync(wanted: wanted);
            (pipeline.Provider.Modes, pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
            var clip = await pipeline.ReadyClipAsync();
            pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
            var made = await pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
            found.Add([.. made.State.ShouldBeOfType<AwaitingReview>().Clip.Checks.Where(check => check.Name is not ("size" or AiLabel.Check))]);
        }

        found[0].ShouldBe(found[1]);
        found[0].ShouldContain(check => check.Name == Likeness.FirstPicture || check.Name == Likeness.Colours);
    }

    [Fact]
    public async Task a_clip_that_must_be_coded_anew_anyway_is_coded_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        var codings = Path.Combine(_folder, "codings");
        await using var pipeline = await StartAsync($"case \"$*\" in *libx264*) echo one >> '{codings}';; esac\nexec '{Machine.FfmpegPath}' \"$@\"");
        var film = await FilmAsync(pipeline, coding: TenBits);
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Checks.Single(check => check.Name == "codec").Found.ShouldBe("h264 yuv420p, coded anew from hevc yuv420p10le");
        clip.Checks.ShouldContain(new ClipCheck("label", Passed: true, "Made with AI"));
        (await IsLabelledAsync(pipeline, clip, AiLabel.In(null))).ShouldBe([true, true, true]);
        (await ReadAsync(pipeline, clip.BlobKey.Replace(".mp4", ".original.mp4", StringComparison.Ordinal))).ShouldBe(film);
        (await File.ReadAllLinesAsync(codings, TestContext.Current.CancellationToken)).Length.ShouldBe(1);
        clip.Unlabelled.ShouldBeNull("no provider is sent a coding that it may not take");
    }

    [Theory]
    [InlineData("-pix_fmt yuv420p", "h264 yuv420p")]
    [InlineData(TenBits, "h264 yuv420p, coded anew from hevc yuv420p10le")]
    public async Task a_clip_into_which_no_label_could_be_drawn_is_kept_and_waits_for_a_person_who_is_told(string coding, string codec)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        await using var pipeline = await StartAsync($"case \"$*\" in *overlay=*) exit 1;; esac\nexec '{Machine.FfmpegPath}' \"$@\"");
        (pipeline.Provider.Modes, pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
        var source = await pipeline.ReadyClipAsync("scale=320:320:force_original_aspect_ratio=decrease,pad=320:320:-1:-1:white", 5, coding);
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([source]);
        var held = await pipeline.AdvanceAsync((await pipeline.OrderAsync(new VideoWishes { AutoApprove = true })).Id);

        var clip = held.State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Doubts.ShouldBe([new ClipCheck("label", Passed: false, "“Made with AI” could not be drawn")]);
        clip.Checks.Single(check => check.Name == "codec").Found.ShouldBe(codec);
        var told = GenerationFacts.Problem(held).ShouldNotBeNull();
        (told.Code, told.MerchantText).ShouldBe((
            "not_as_ordered",
            "Look closely before you approve this video. Shoppers do not read in it that it was made with AI: the label that your shop wants could not be drawn. It was not put on the listing."));
        (await IsLabelledAsync(pipeline, clip, AiLabel.In(null))).ShouldBe([false, false, false]);
        (pipeline.Provider.Submits.Count, pipeline.Shop.Media.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task a_clip_is_signed_with_its_label_in_it_and_kept_as_it_came()
    {
        await using var pipeline = await StartAsync(isSigned: true);
        var film = await FilmAsync(pipeline);
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;

        clip.Checks.Where(check => check.Name is "label" or "signature").ShouldAllBe(check => check.Passed);
        (await ReadAsync(pipeline, clip.BlobKey)).AsSpan().IndexOf(AiMark.C2paBox).ShouldBeGreaterThan(0);
        (await IsLabelledAsync(pipeline, clip, AiLabel.In(null))).ShouldBe([true, true, true]);
        (await ReadAsync(pipeline, clip.Unlabelled.ShouldNotBeNull().BlobKey)).ShouldBe(film);
    }

    [Fact]
    public async Task a_clip_whose_light_can_t_be_coded_anew_waits_for_a_person()
    {
        await using var pipeline = await StartAsync();
        var film = await FilmAsync(pipeline, coding: "-pix_fmt yuv420p -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc");
        var clip = (await FetchedAsync(pipeline, film)).State.ShouldBeOfType<AwaitingReview>().Clip;
        clip.Doubts.ShouldContain(new ClipCheck("label", Passed: false, "“Made with AI” could not be drawn"));
        (await ReadAsync(pipeline, clip.BlobKey))[..film.Length].ShouldBe(film);
    }

    [Fact]
    public async Task a_clip_is_labelled_in_its_turn_and_later_where_the_disk_was_full_and_paid_for_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for ffmpeg is a shell script.");
        var (begun, goOn, mended) = (Path.Combine(_folder, "begun"), Path.Combine(_folder, "go-on"), Path.Combine(_folder, "mended"));
        await using var pipeline = await StartAsync($"""
            case "$*" in *overlay=*) touch '{begun}'; until [ -e '{goOn}' ]; do sleep 0.05; done
              [ -e '{mended}' ] || ( echo 'av_interleaved_write_frame(): No space left on device' >&2; exit 1 ) || exit 1;; esac
            exec '{Machine.FfmpegPath}' "$@"
            """);
        pipeline.Shop.Add("cup", ("cup.jpg", PipelineFixture.Picture(900, 700)));
        var (clip, other) = (await pipeline.ReadyClipAsync(await FilmAsync(pipeline)), await pipeline.ReadyClipAsync(await FilmAsync(pipeline)));
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await pipeline.OrderAsync();
        var first = pipeline.AdvanceAsync(ordered.Id);
        while (!File.Exists(begun))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([other]);
        var waiting = await pipeline.AdvanceAsync((await OrderCupAsync(pipeline)).Id);
        waiting.State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("clip_awaits_coding");
        (waiting.DueAt - pipeline.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(30));
        await File.WriteAllTextAsync(goOn, "", TestContext.Current.CancellationToken);
        (await first).State.ShouldBeOfType<Fetching>().LastProblem!.Code.ShouldBe("disk_full");
        (await pipeline.ClipsAsync()).ShouldBeEmpty();

        await File.WriteAllTextAsync(mended, "", TestContext.Current.CancellationToken);
        foreach (var id in (Guid[])[ordered.Id, waiting.Id])
            (await pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(1), id)).State.ShouldBeOfType<AwaitingReview>().Clip.Checks.ShouldContain(check => check.Name == "label" && check.Passed);
        pipeline.Provider.Submits.Count.ShouldBe(2);
        (await pipeline.Get<SpendLedger>().ListAsync(new SpendFilter(), after: null, 50, TestContext.Current.CancellationToken))
            .Where(entry => entry.Move.Kind is MoneyMoveKind.Hold).Sum(entry => entry.Move.Amount.Amount).ShouldBe(1.4m);
    }

    [Fact]
    public async Task a_labelled_clip_that_is_to_be_changed_is_sent_as_it_came()
    {
        await using var pipeline = await StartAsync();
        var film = await FilmAsync(pipeline);
        var made = await FetchedAsync(pipeline, film);
        pipeline.Provider.Modes = VideoModes.References | VideoModes.Edit;
        pipeline.Provider.SourceClip = new SourceClipRule { MinSeconds = 3, MaxSeconds = 15, MaxBytes = 10_000_000, MinSide = 100, MaxSide = 4_096 };

        var preview = await pipeline.Get<VideoGenerations>().PreviewAsync(
            made.Product, new VideoWishes { ChangeOf = made.Id, Wish = "a darker floor" }, new Requester("tester", GenerationOrigin.Api), TestContext.Current.CancellationToken);

        var sent = preview.Order.Request.SourceClip.ShouldNotBeNull();
        (await ReadAsync(pipeline, sent.BlobKey)).ShouldBe(film);
        (sent.Sha256, sent.Length).ShouldBe((Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(film)), film.LongLength));
        (await pipeline.Get<ShopLabels>().OfAsync("test", preview.Order, TestContext.Current.CancellationToken)).ShouldBe(AiLabel.In(null));
    }

    /// <summary>Whether the clip's first frame, one in its middle and its last carry the label.</summary>
    private async Task<IReadOnlyList<bool>> IsLabelledAsync(PipelineFixture pipeline, Clip clip, AiLabel label)
    {
        var (file, picture) = (Path.Combine(_folder, $"{Guid.NewGuid():n}.mp4"), Path.Combine(_folder, "frame.jpg"));
        await File.WriteAllBytesAsync(file, await ReadAsync(pipeline, clip.BlobKey), TestContext.Current.CancellationToken);
        var facts = await Machine.ProbeAsync(file, TestContext.Current.CancellationToken);
        var seen = new List<bool>();
        foreach (var frame in (long[])[0, facts.Frames / 2, facts.Frames - 1])
        {
            await Machine.ExtractPosterAsync(file, facts.AssumedMatrix, TimeSpan.FromSeconds(Math.Max(0, (frame - 0.5) / facts.FramesPerSecond)), picture, TestContext.Current.CancellationToken);
            seen.Add(IsLabelled(await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken), label));
        }

        return seen;
    }

    /// <summary>White letters on the label's dark box, as they are drawn.</summary>
    private static bool IsLabelled(byte[] jpeg, AiLabel label)
    {
        using var frame = Image.NewFromBuffer(jpeg);
        var drawn = LabelCard.Draw(label, frame.Width, frame.Height);
        // At once: asked for one by one, its pixels take seconds.
        var pixels = frame.WriteToMemory<byte>();
        var (all, right) = (0, 0);
        for (var y = 0; y < drawn.Bitmap.Height; y++)
        {
            for (var x = 0; x < drawn.Bitmap.Width; x++)
            {
                var pixel = drawn.Bitmap.Rgba.AsSpan(((y * drawn.Bitmap.Width) + x) * 4, 4);
                // Neither the box's soft corners nor the letters' soft edges.
                if (pixel[3] < 200 || pixel[0] is > 20 and < 235)
                    continue;
                var seen = pixels.AsSpan((((drawn.Top + y) * frame.Width) + drawn.Left + x) * frame.Bands, frame.Bands);
                var isRight = pixel[0] >= 235 ? !seen.ContainsAnyInRange((byte)0, (byte)128) : !seen.ContainsAnyInRange((byte)128, byte.MaxValue);
                (all, right) = (all + 1, right + (isRight ? 1 : 0));
            }
        }

        return right > all * 0.95;
    }

    private static async Task<Generation> OrderCupAsync(PipelineFixture pipeline) => (await pipeline.Get<VideoGenerations>().CreateAsync(
        new ProductRef("test", "cup"), new VideoWishes { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, new Requester("tester", GenerationOrigin.Api), null,
        TestContext.Current.CancellationToken)).Generation;

    private static async Task<Generation> FetchedAsync(PipelineFixture pipeline, byte[] film)
    {
        var clip = await pipeline.ReadyClipAsync(film);
        pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        return await pipeline.AdvanceAsync((await pipeline.OrderAsync()).Id);
    }

    private static async Task<byte[]> FilmAsync(PipelineFixture pipeline, string filter = Moving, string coding = "-pix_fmt yuv420p") =>
        await ReadAsync(pipeline, ((ClipSource.Stored)await pipeline.ReadyClipAsync(filter, 5, coding)).BlobKey);

    private static async Task<byte[]> ReadAsync(PipelineFixture pipeline, string key) =>
        (await pipeline.Get<IBlobStore>().ReadAsync(key, TestContext.Current.CancellationToken)).ShouldNotBeNull().ToArray();

    private static FfmpegTool Machine { get; } = new ServiceCollection().AddCheckedFfmpeg().BuildServiceProvider().GetRequiredService<FfmpegTool>();

    /// <summary>A pipeline whose shop wants labels.</summary>
    /// <param name="ffmpeg">What a stand-in for ffmpeg does; null for the machine's own.</param>
    /// <param name="wanted">Whether it does want them.</param>
    /// <param name="isSigned">Whether clips are signed too: no signature is like another, so no such clip is known by its bytes.</param>
    private async Task<PipelineFixture> StartAsync(string? ffmpeg = null, bool wanted = true, bool isSigned = false)
    {
        var tool = Path.Combine(_folder, "ffmpeg");
        if (ffmpeg is not null && !OperatingSystem.IsWindows())
        {
            await File.WriteAllTextAsync(tool, $"#!/bin/sh\n{ffmpeg}\n", TestContext.Current.CancellationToken);
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var pipeline = new PipelineFixture
        {
            Signs = isSigned,
            Add = services => _ = ffmpeg is null ? services : services.AddSingleton(FfmpegTool.AlreadyChecked(tool, Machine.FfprobePath)),
        };
        await pipeline.InitializeAsync();
        if (wanted)
            await pipeline.Get<ShopLabels>().PutAsync("test", isDrawn: true, "tester", TestContext.Current.CancellationToken);
        return pipeline;
    }
}
