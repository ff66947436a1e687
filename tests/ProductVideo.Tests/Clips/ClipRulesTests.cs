using ProductVideo.Clips;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Clips;

public sealed class ClipRulesTests
{
    private static readonly MomentLight s_lit = new(120, 40);
    private static readonly MomentLight s_black = new(2, 1);
    private static readonly MomentLight s_grain = new(14, 3.5);
    private static readonly MomentLight s_velvet = new(12, 18);
    private static readonly MomentLight s_white = new(250, 0.5);

    [Fact]
    public void a_dark_product_on_black_velvet_is_something_to_see() => Broken(Times(s_velvet, 6)).ShouldBeEmpty();

    [Fact]
    public void a_clip_that_turns_black_is_caught_however_bright_it_began()
    {
        Broken([s_lit, .. Times(s_black, 5)]).ShouldBe(["not black", "not empty"]);
        Broken([new MomentLight(200, 60), new MomentLight(200, 60), new MomentLight(200, 60), s_black, s_black, s_black]).ShouldBe(["not black", "not empty"]);
    }

    [Fact]
    public void dark_grain_without_a_product_is_black() => Broken(Times(s_grain, 6)).ShouldBe(["not black", "not empty"]);

    [Fact]
    public void one_colour_is_empty_but_not_black() => Broken(Times(s_white, 6)).ShouldBe(["not empty"]);

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void a_clip_may_fade_for_a_third_of_its_moments(int bare, bool passed) =>
        (Broken([.. Times(s_lit, 5 - bare), .. Times(s_black, bare), s_lit]).Count == 0).ShouldBe(passed);

    [Fact]
    public void a_clip_may_end_in_black_but_not_turn_black_for_its_end()
    {
        Broken([.. Times(s_lit, 5), s_black]).ShouldBeEmpty();
        Broken([s_black, .. Times(s_lit, 4), s_black]).ShouldBeEmpty();
        Broken([.. Times(s_lit, 4), s_black, s_black]).ShouldBe(["not black"]);
        Broken([.. Times(s_lit, 4), s_black, s_black], VideoModes.Slideshow).ShouldBeEmpty();
    }

    [Fact]
    public void black_and_empty_moments_count_together() => Broken([s_lit, s_lit, s_lit, s_black, s_white, s_black]).ShouldBe(["not empty"]);

    [Fact]
    public void a_film_of_the_merchants_photographs_may_rest_on_plain_cloth()
    {
        Broken([s_lit, .. Times(s_white, 5)], VideoModes.Slideshow).ShouldBeEmpty();
        Broken(Times(s_black, 6), VideoModes.Slideshow).ShouldBe(["not black", "not empty"]);
    }

    [Fact]
    public void two_colours_that_are_equally_light_are_something_to_see() => Broken(Times(MomentLight.Of(Drawn.Box((200, 60, 60), (60, 101, 60))), 6)).ShouldBeEmpty();

    [Fact]
    public void an_empty_clip_of_a_plain_picture_may_be_as_ordered_and_a_black_one_only_of_a_black_picture()
    {
        var (empty, black) = (new ClipCheck(ClipRules.NotEmpty, false, ""), new ClipCheck(ClipRules.NotBlack, false, ""));
        (ClipRules.MayBeAsOrdered(empty, [s_lit, s_white]), ClipRules.MayBeAsOrdered(empty, [s_lit])).ShouldBe((true, false));
        (ClipRules.MayBeAsOrdered(black, [s_white]), ClipRules.MayBeAsOrdered(black, [s_black])).ShouldBe((false, true));
        ClipRules.MayBeAsOrdered(new ClipCheck("length", false, ""), [s_black]).ShouldBeFalse();
    }

    [Theory]
    [InlineData(6, true)]
    [InlineData(5, true)]
    [InlineData(4, false)]
    public void a_picture_may_stand_still_for_its_last_moment_only(int found, bool passed) => ClipRules.JudgePlaces(found, 6).Passed.ShouldBe(passed);

    [Fact]
    public void what_was_found_is_said_in_figures() =>
        ClipRules.JudgeMoments([s_lit, s_black, s_white], VideoModes.FirstFrame).Select(check => check.Found)
            .ShouldBe(["black in 1 of 3 moments, mean luma 124", "nothing to see in 2 of 3 moments, spread of luma 40"]);

    private static MomentLight[] Times(MomentLight light, int count) => [.. Enumerable.Repeat(light, count)];

    private static IReadOnlyList<string> Broken(MomentLight[] moments, VideoModes mode = VideoModes.FirstFrame) =>
        [.. ClipRules.JudgeMoments(moments, mode).Where(check => !check.Passed).Select(check => check.Name)];
}
