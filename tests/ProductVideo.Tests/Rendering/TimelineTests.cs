using CsCheck;
using ProductVideo.Planning;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class TimelineTests
{
    private static readonly CameraMove s_still = new(CameraWindow.Whole, CameraWindow.Whole);

    [Fact]
    public void shots_and_end_card_less_their_cross_fades_fill_the_clip_exactly()
    {
        var timeline = Timeline.Of(Plan(fade: 0.5m, endCard: 2, 3, 3, 3), 30);
        timeline.Frames.ShouldBe(285);
        timeline.Seconds.ShouldBe(9.5m);
        timeline.Scenes.Select(scene => (scene.Start, scene.Length)).ShouldBe([(0, 90), (75, 90), (150, 90), (225, 60)]);
    }

    [Fact]
    public void lengths_that_are_no_whole_frames_do_not_drift()
    {
        // 3.333 s is 99.99 frames: rounding each shot by itself would lose or gain frames over the clip.
        var timeline = Timeline.Of(Plan(fade: 0.25m, endCard: null, 3.333m, 3.333m, 3.333m), 30);
        timeline.Frames.ShouldBe((int)Math.Round((3 * 3.333 - 0.5) * 30));
    }

    [Fact]
    public void every_plan_that_adds_up_shows_one_or_two_scenes_in_every_frame()
    {
        var plans = Gen.Select(Gen.Decimal[1m, 4m].Array[1, 5], Gen.Int[0, 10], Gen.Bool);
        plans.Sample((lengths, fadeTenths, card) =>
        {
            var plan = Plan(fadeTenths / 20m, card ? 2m : null, [.. lengths.Select(length => Math.Round(length, 3))]);
            var timeline = Timeline.Of(plan, 30);
            timeline.Frames.ShouldBe((int)Math.Round(plan.Seconds * 30, MidpointRounding.AwayFromZero));
            for (var i = 0; i < timeline.Frames; i++)
            {
                var mix = timeline.At(i);
                var scene = timeline.Scenes[mix.Scene];
                i.ShouldBeInRange(scene.Start, scene.End - 1);
                if (mix.Incoming is { } incoming)
                {
                    incoming.ShouldBe(mix.Scene + 1);
                    i.ShouldBeGreaterThanOrEqualTo(timeline.Scenes[incoming].Start);
                    mix.Weight.ShouldBeInRange(1, 255);
                }
            }
        });
    }

    [Fact]
    public void a_cross_fade_rises_evenly_from_one_scene_to_the_next()
    {
        var timeline = Timeline.Of(Plan(fade: 0.5m, endCard: null, 2, 2), 30);
        timeline.At(44).Incoming.ShouldBeNull();
        var weights = Enumerable.Range(45, 15).Select(i => timeline.At(i).Weight).ToList();
        weights[0].ShouldBe(16);
        weights[7].ShouldBe(128);
        weights[^1].ShouldBe(240);
        timeline.At(60).ShouldBe(new FrameMix(1, null, 0));
    }

    [Fact]
    public void without_a_cross_fade_scenes_are_cut_hard()
    {
        var timeline = Timeline.Of(Plan(fade: 0, endCard: null, 1, 1), 30);
        timeline.At(29).ShouldBe(new FrameMix(0, null, 0));
        timeline.At(30).ShouldBe(new FrameMix(1, null, 0));
    }

    [Fact]
    public void a_scene_begins_at_nought_and_ends_at_one()
    {
        var scene = new Scene(75, 90, null);
        scene.ProgressAt(75).ShouldBe(0);
        scene.ProgressAt(164).ShouldBe(1);
        new Scene(5, 1, null).ProgressAt(5).ShouldBe(0);
    }

    [Fact]
    public void a_plan_whose_lengths_do_not_add_up_is_refused()
    {
        var plan = Plan(fade: 0.5m, endCard: null, 3, 3) with { Seconds = 9 };
        Should.Throw<RenderException>(() => Timeline.Of(plan, 30)).Code.ShouldBe(RenderFault.InvalidPlan);
    }

    [Fact]
    public void three_scenes_at_once_are_refused()
    {
        var plan = Plan(fade: 1m, endCard: null, 3, 1.5m, 3);
        Should.Throw<RenderException>(() => Timeline.Of(plan, 30)).OperatorText.ShouldContain("shorter than the cross-fades");
    }

    [Fact]
    public void a_plan_without_shots_is_refused() =>
        Should.Throw<RenderException>(() => Timeline.Of(new ShotPlan { Aspect = "1:1", Shots = [], Seconds = 0 }, 30)).Code.ShouldBe(RenderFault.InvalidPlan);

    [Fact]
    public void a_caption_fades_in_stays_and_fades_out()
    {
        var timeline = Timeline.Of(Plan(fade: 0, endCard: null, 4), 30);
        timeline.Presence(29, 1, 3).ShouldBe(0);
        timeline.Presence(35, 1, 3).ShouldBeInRange(1, 255);
        timeline.Presence(60, 1, 3).ShouldBe(256);
        timeline.Presence(90, 1, 3).ShouldBe(0);
        Enumerable.Range(30, 30).Select(i => timeline.Presence(i, 1, 3)).ShouldBeInOrder();
    }

    private static ShotPlan Plan(decimal fade, decimal? endCard, params decimal[] lengths) => new()
    {
        Aspect = "1:1",
        Shots = [.. lengths.Select((length, i) => new Shot(i, s_still, length))],
        CrossFade = fade,
        EndCard = endCard is { } seconds ? new EndCard(seconds, "Shop", null, "#000000", null, null) : null,
        Seconds = lengths.Sum() + (endCard ?? 0) - fade * (lengths.Length - (endCard is null ? 1 : 0)),
    };
}
