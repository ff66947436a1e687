using ProductVideo.Clips;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Tests.Clips.Drawn;

namespace ProductVideo.Tests.Clips;

public sealed class LikenessTests
{
    private static readonly SmallPicture s_red = Box(Red, Paper);
    private static readonly SmallPicture s_blue = Box(Blue, Paper);
    private static readonly SmallPicture s_scene = Draw((x, y) => y < 30 ? ((byte)(x * 4), Blue.G, Blue.B) : x < 20 ? Red : Wood);

    [Fact]
    public void a_clip_that_begins_with_its_picture_and_keeps_its_colours_is_not_doubted() =>
        First(s_red, s_red, s_red, s_red).ShouldBe([(Likeness.FirstPicture, true), (Likeness.Colours, true)]);

    [Theory]
    [InlineData(0.52, 0, 1, 1, 1)]
    [InlineData(0.48, 2, 1, 1, 1)]
    [InlineData(0.5, 1, 0.97, 0.97, 0.97)]
    public void a_small_crop_and_a_shade_of_light_are_no_other_picture(double size, int right, double r, double g, double b) =>
        First(s_red, Box(Red, Paper, size, right, (r, g, b))).ShouldAllBe(check => check.Passed);

    [Fact]
    public void a_clip_that_begins_with_another_product_is_doubted() =>
        First(s_red, s_blue, s_red, s_red).ShouldBe([(Likeness.FirstPicture, false), (Likeness.Colours, true)]);

    [Fact]
    public void a_picture_that_shows_next_to_nothing_can_not_be_compared_with_what_begins_the_clip()
    {
        var blank = Draw((_, _) => Paper);
        First(blank, Box(Chalk, Wood), s_scene).ShouldBe([(Likeness.Pictures, false)]);
        First(blank, blank, blank).ShouldBe([(Likeness.Pictures, false)]);
        var earring = Draw((x, y) => x is >= 28 and < 36 && y is >= 28 and < 36 ? ((byte)90, (byte)90, (byte)90) : Paper);
        First(earring, Draw((_, _) => (0, 0, 0))).ShouldBe([(Likeness.Pictures, false)]);
    }

    [Fact]
    public void a_clip_that_begins_with_nothing_is_doubted_where_the_picture_shows_more() =>
        First(Box(Chalk, Wood), Draw((_, _) => Wood))[0].ShouldBe((Likeness.FirstPicture, false));

    [Fact]
    public void a_product_of_another_shape_before_the_same_ground_is_doubted()
    {
        var ring = Draw((x, y) => Math.Abs(Math.Sqrt(((x - 32.0) * (x - 32)) + ((y - 32.0) * (y - 32))) - 24) < 4 ? Red : Paper);
        First(s_red, ring)[0].ShouldBe((Likeness.FirstPicture, false));
    }

    [Fact]
    public void of_the_first_frame_nothing_is_said_where_it_was_not_given_or_has_another_ratio()
    {
        Judge(VideoModes.References, [s_red], [s_blue, s_red], ImageRole.Reference).Select(check => check.Name).ShouldBe([Likeness.Colours]);
        new Likeness([(ImageRole.FirstFrame, s_red)], [s_blue, s_red]).Judge(VideoModes.FirstFrame, sameRatio: false).Select(check => check.Name).ShouldBe([Likeness.Colours]);
    }

    [Theory]
    [InlineData(0.2, 1, 1, 1)]
    [InlineData(0.4, 1, 0.85, 0.7)]
    [InlineData(0.4, 0.5, 0.5, 0.5)]
    [InlineData(0.9, 0.85, 0.95, 1)]
    public void a_new_scene_another_size_and_another_light_keep_the_product(double size, double r, double g, double b) =>
        References([s_red], Box(Red, Wood, size, light: (r, g, b))).ShouldBe([(Likeness.Colours, true)]);

    [Theory]
    [InlineData("rrrrrb", true)]
    [InlineData("rrbrrr", true)]
    [InlineData("rrrbbr", true)]
    [InlineData("brrrrb", true)]
    [InlineData("rrrrbb", false)]
    [InlineData("rrbbbr", false)]
    [InlineData("bbbbbb", false)]
    public void a_product_may_be_out_of_the_picture_for_a_moment_but_not_turn_into_another(string moments, bool passed) =>
        References([s_red], [.. moments.Select(moment => Box(moment is 'r' ? Red : Blue, Wood))]).ShouldBe([(Likeness.Colours, passed)]);

    [Fact]
    public void the_colours_of_one_of_its_pictures_are_enough() =>
        References([s_red, s_blue], Box(Blue, Wood), Box(Red, Wood)).ShouldBe([(Likeness.Colours, true)]);

    [Fact]
    public void a_product_without_colour_and_a_photographed_scene_can_not_be_compared()
    {
        References([Box(Chalk, Paper)], s_blue).ShouldBe([(Likeness.Pictures, false)]);
        References([s_scene], s_blue).ShouldBe([(Likeness.Pictures, false)]);
    }

    [Fact]
    public void a_scene_among_its_pictures_does_not_keep_the_others_from_being_compared()
    {
        References([s_red, s_scene], Box(Red, Wood)).ShouldBe([(Likeness.Colours, true)]);
        References([s_scene, s_red], s_blue).ShouldBe([(Likeness.Colours, false)]);
    }

    [Fact]
    public void a_first_frame_that_was_compared_is_enough_where_the_product_has_no_colour() =>
        First(Box(Chalk, Paper), Box(Chalk, Paper)).ShouldBe([(Likeness.FirstPicture, true)]);

    [Fact]
    public void a_white_product_that_becomes_another_after_the_first_frame_is_doubted()
    {
        var chalk = Box(Chalk, Paper);
        First(chalk, [chalk, .. Enumerable.Repeat(Box(Red, Wood), 5)]).ShouldBe([(Likeness.FirstPicture, true), (Likeness.NoNewColour, false)]);
        First(chalk, [chalk, chalk, chalk, chalk, Box(Red, Paper), Box(Red, Paper)]).ShouldContain((Likeness.NoNewColour, false));
        First(chalk, [chalk, chalk, Box(Red, Paper), chalk, chalk, chalk]).ShouldContain((Likeness.NoNewColour, true));
    }

    [Theory]
    [InlineData(0.5, 1, 1, 1)]
    [InlineData(0.9, 1, 0.9, 0.75)]
    [InlineData(0.3, 0.82, 0.92, 1)]
    [InlineData(0.5, 0.5, 0.5, 0.5)]
    public void a_white_product_in_another_light_or_nearer_has_no_new_colour(double size, double r, double g, double b)
    {
        var chalk = Box(Chalk, Paper);
        First(chalk, [chalk, .. Enumerable.Repeat(Box(Chalk, Paper, size, light: (r, g, b)), 5)]).ShouldBe([(Likeness.FirstPicture, true), (Likeness.NoNewColour, true)]);
    }

    [Fact]
    public void a_colour_that_another_picture_has_is_not_new()
    {
        var (chalk, seen) = (Box(Chalk, Paper), Box(Red, Wood));
        var scene = Draw((x, y) => x < 32 ? Red : y < 32 ? Wood : Paper);
        new Likeness([(ImageRole.FirstFrame, chalk), (ImageRole.LastFrame, scene)], [chalk, chalk, seen, seen, seen]).Judge(VideoModes.FirstLastFrame, sameRatio: true)
            .ShouldContain(check => check.Name == Likeness.NoNewColour && check.Passed);
    }

    [Fact]
    public void the_clearest_frame_is_the_one_that_shows_most_of_the_product()
    {
        var closed = Draw((_, _) => Wood);
        new Likeness([(ImageRole.Reference, s_red)], [closed, Box(Red, Wood, 0.3), Box(Red, Wood, 0.6), s_blue]).Clearest().ShouldBe(2);
        new Likeness([(ImageRole.Reference, s_red)], [s_blue, s_blue]).Clearest().ShouldBeNull();
        new Likeness([(ImageRole.Reference, s_scene)], [s_red]).Clearest().ShouldBeNull();
    }

    [Fact]
    public void what_is_doubted_is_told_in_words_and_in_figures()
    {
        var told = Likeness.Told([.. Judge(VideoModes.FirstFrame, [s_red], [s_blue, s_blue], ImageRole.FirstFrame), Likeness.NotCompared("none was sent")]);
        told.Code.ShouldBe("looks_different");
        told.MerchantText.ShouldContain("does not begin with the picture that was sent. Your product's colours are missing in parts of it. It could not be compared");
        told.OperatorText.ShouldContain("colours: the product's in 0 of 2 moments, not in the last two; pictures: none was sent");
        Likeness.Told([new ClipCheck(Likeness.NoNewColour, Passed: false, "red")]).MerchantText.ShouldContain("It shows a colour that no picture which was sent has.");
    }

    [Fact]
    public void a_clip_that_could_not_be_signed_is_told_as_that_and_not_as_another_product()
    {
        var told = Likeness.Told([new ClipCheck(AiMark.Signature, Passed: false, "none: its file comes in fragments")]);
        (told.Code, told.MerchantText).ShouldBe(("not_as_ordered", "Look closely before you approve this video. Its file could not be signed. It was not put on the listing."));
        told.OperatorText.ShouldBe("signature: none: its file comes in fragments");
    }

    [Fact]
    public void a_small_picture_has_its_size() => Should.Throw<ArgumentException>(() => new SmallPicture(new byte[12]));

    private static (string Name, bool Passed)[] First(SmallPicture picture, params SmallPicture[] frames) =>
        [.. Judge(VideoModes.FirstFrame, [picture], frames, ImageRole.FirstFrame).Select(check => (check.Name, check.Passed))];

    private static (string Name, bool Passed)[] References(SmallPicture[] pictures, params SmallPicture[] frames) =>
        [.. Judge(VideoModes.References, pictures, frames, ImageRole.Reference).Select(check => (check.Name, check.Passed))];

    private static IReadOnlyList<ClipCheck> Judge(VideoModes mode, SmallPicture[] pictures, SmallPicture[] frames, ImageRole role) =>
        new Likeness([.. pictures.Select(picture => (role, picture))], frames).Judge(mode, sameRatio: true);
}
