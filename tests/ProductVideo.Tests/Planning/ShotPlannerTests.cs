using CsCheck;
using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Tests.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public class ShotPlannerTests
{
    private static readonly AspectRatio Square = new(1, 1);

    [Theory]
    [InlineData("turntable")]
    [InlineData("slow-push-in")]
    [InlineData("lifestyle")]
    [InlineData("detail-closeups")]
    [InlineData("unboxing")]
    [InlineData("seasonal")]
    public void one_picture_is_filmed_by_several_moves(string template)
    {
        var planned = Plan(template, 1, 10m);
        planned.Pictures.ShouldBe([0]);
        planned.Shots.Count.ShouldBeGreaterThan(1);
        planned.Shots.Select(s => s.Camera).ShouldBeUnique();
    }

    [Fact]
    public void each_template_films_the_same_pictures_in_its_own_way()
    {
        var films = Products.Templates.All
            .Select(t => string.Join('|', Plan(t.Key, 3, 10m).Shots.Select(s => FormattableString.Invariant($"{s.ImageIndex} {s.Camera}"))))
            .ToList();
        films.ShouldBeUnique();
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(12, 5)]
    public void as_many_pictures_are_seen_as_time_allows(int pictures, int seen) =>
        Plan("turntable", pictures, 10m).Pictures.Count.ShouldBe(seen);

    [Fact]
    public void a_longer_clip_shows_all_pictures() => Plan("turntable", 12, 30m).Pictures.ShouldBe(Enumerable.Range(0, 12));

    [Fact]
    public void a_long_clip_of_one_picture_does_not_dwell_on_one_move() =>
        Plan("slow-push-in", 1, 60m).Shots.ShouldAllBe(s => s.Seconds <= 9m);

    [Fact]
    public void a_small_picture_is_zoomed_a_little_only()
    {
        var shots = Plan("detail-closeups", [Products.Image(1, 400, 400)], Square, 10m).Shots;
        shots.Max(s => Math.Max(s.Camera.From.Zoom, s.Camera.To.Zoom)).ShouldBe(1.25);
    }

    [Fact]
    public void a_large_picture_is_zoomed_as_the_recipe_says() =>
        Plan("detail-closeups", [Products.Image(1, 3000, 3000)], Square, 10m).Shots.Max(s => s.Camera.From.Zoom).ShouldBe(2.6);

    [Fact]
    public void a_close_up_by_its_words_takes_the_part_of_the_detail()
    {
        ProductImage[] pictures = [Products.Image(1, 900, 900), Products.Image(2, 900, 900, "Nahaufnahme"), Products.Image(3, 900, 900)];
        var planned = Plan("detail-closeups", pictures, Square, 10m);
        planned.Pictures[planned.Shots[1].ImageIndex].ShouldBe(1);
    }

    [Fact]
    public void a_point_on_an_upright_picture_stays_on_it_in_a_wide_frame()
    {
        // The picture fills the middle 9/16 x 9/16 = 31.6 % of the frame's width, so its left quarter lies at 0.5 - 0.25 * 0.316.
        var move = new RecipeMove(PictureRole.Main, new CameraWindow(2, 0.25, 0.25), CameraWindow.Whole, 1);
        var camera = CameraFit.Fit(move, Products.Image(1, 1080, 1920), new AspectRatio(16, 9));
        camera.From.ShouldBe(new CameraWindow(2, 0.4209, 0.25));
    }

    [Fact]
    public void lengths_are_exact_for_any_recipe_and_clip() =>
        Gen.Select(
            Gen.Select(Gen.Int[1, 6], Gen.Int[0, 9], Gen.Int[18, 60], Gen.Bool),
            Gen.Decimal[0.1m, 10m].Array[6],
            Gen.Int[1, 14],
            Gen.Int[1, 600],
            Gen.Bool).Sample((recipe, weights, pictures, tenths, card) =>
        {
            var moves = weights.Take(recipe.Item1).Select(w => new RecipeMove(PictureRole.Next, CameraWindow.Whole, new CameraWindow(1.5), w));
            var fade = recipe.Item2 / 10m;
            var made = new ShotRecipe([.. moves], fade, recipe.Item3 / 10m, recipe.Item4);
            var seconds = tenths / 10m;
            var endCard = card && seconds > made.MinShotSeconds + 1.8m ? 1.8m : 0m;
            var images = Enumerable.Range(0, pictures).Select(n => Products.Image(n, 900, 900)).ToArray();
            var planned = ShotPlanner.Plan(made, images, Square, seconds, fade, endCard, keepsWidest: true);
            var parts = planned.Shots.Count + (endCard > 0 ? 1 : 0);
            (planned.Shots.Sum(s => s.Seconds) + endCard - (fade * (parts - 1))).ShouldBe(seconds);
            planned.Shots.ShouldAllBe(s => s.Seconds % 0.1m == 0 && (s.Seconds >= made.MinShotSeconds || planned.Shots.Count == 1));
            planned.Shots.ShouldAllBe(s => s.ImageIndex < planned.Pictures.Count);
        });

    private static PlannedShots Plan(string template, int pictures, decimal seconds) =>
        Plan(template, [.. Enumerable.Range(1, pictures).Select(n => Products.Image(n, 2000, 2000))], Square, seconds);

    private static PlannedShots Plan(string template, IReadOnlyList<ProductImage> pictures, AspectRatio aspect, decimal seconds)
    {
        var recipe = Products.Templates.Get(template).Recipe;
        return ShotPlanner.Plan(recipe, pictures, aspect, seconds, recipe.CrossFade, 1.8m, keepsWidest: false);
    }
}
