using ProductVideo.Planning;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public sealed class PosterMomentTests
{
    private static Shot Shot(int image, double from, double to) => new(image, new CameraMove(new CameraWindow(from), new CameraWindow(to)), 3);

    private static ShotPlan Plan(Caption? caption, params Shot[] shots) =>
        new() { Aspect = "1:1", Shots = shots, CrossFade = 0.5m, Seconds = 10, Caption = caption };

    [Fact]
    public void a_film_that_begins_with_the_whole_product_begins_with_its_poster() =>
        PosterMoment.Of(Plan(null, Shot(0, 1, 1.3), Shot(1, 1, 1))).ShouldBe(0m);

    [Fact]
    public void a_film_that_pulls_back_has_its_poster_where_the_product_is_whole() =>
        PosterMoment.Of(Plan(null, Shot(0, 2.5, 1), Shot(1, 1.2, 1))).ShouldBe(2.4m);

    [Fact]
    public void a_moment_without_text_is_better_than_one_with_it() =>
        PosterMoment.Of(Plan(new Caption("A mug", null, "en", 0.4m, 3.5m), Shot(0, 2.5, 1), Shot(1, 1.1, 1), Shot(2, 1, 1))).ShouldBe(4.9m);

    [Fact]
    public void a_film_without_shots_has_its_poster_at_the_start() => PosterMoment.Of(Plan(null)).ShouldBe(0m);
}
