using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Tests.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public sealed class WholeViewTests
{
    private static ShotPlan Plan(params Shot[] shots) =>
        new() { Aspect = "1:1", Shots = shots, CrossFade = 0.5m, Seconds = shots.Sum(s => s.Seconds) - 0.5m * (shots.Length - 1) };

    private static Shot Shot(double from, double to, decimal seconds = 3) =>
        new(0, new CameraMove(new CameraWindow(from), new CameraWindow(to)), seconds);

    [Fact]
    public void a_still_of_the_whole_product_counts_up_to_its_cross_fade() =>
        WholeView.Seconds(Plan(Shot(1, 1), Shot(2, 2)), null).ShouldBe(2.5m);

    [Fact]
    public void what_a_caption_covers_does_not_count()
    {
        var plan = Plan(Shot(1, 1, 4));
        WholeView.Seconds(plan, new Caption("Mug", null, null, 1, 3.5m)).ShouldBe(1m);
        WholeView.Seconds(plan, new Caption("Mug", null, null, 0.4m, 2)).ShouldBe(2m);
    }

    [Fact]
    public void a_camera_too_close_shows_no_whole_product() => WholeView.Seconds(Plan(Shot(2, 1.3)), null).ShouldBe(0m);

    [Fact]
    public void a_camera_that_pulls_back_shows_it_in_the_end() => WholeView.Seconds(Plan(Shot(2.5, 1)), null).ShouldBeInRange(0.8m, 1.5m);

    [Fact]
    public void every_style_shows_the_whole_product_for_a_second_with_nothing_over_it()
    {
        foreach (var template in Products.Templates.All)
        {
            var options = Products.For(Products.Local) with { TemplateKey = template.Key };
            var plan = Products.Composer.Compose(Products.Mug, options).Plan;
            plan.Caption.ShouldNotBeNull(template.Key);
            WholeView.Seconds(plan, plan.Caption).ShouldBeGreaterThanOrEqualTo(1m, template.Key);
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(12, true)]
    [InlineData(12, false)]
    public void every_style_shows_the_whole_product_at_every_length(int pictures, bool endCard)
    {
        var product = Products.Mug with { Images = [.. Enumerable.Range(1, pictures).Select(n => Products.Image(n, 1600, 1600))] };
        foreach (var template in Products.Templates.All)
        {
            for (var seconds = 4; seconds <= 30; seconds++)
            {
                var options = Products.For(Products.Local) with { TemplateKey = template.Key, Seconds = seconds, Brand = new BrandKit { EndCard = endCard } };
                var plan = Products.Composer.Compose(product, options).Plan;
                WholeView.Seconds(plan, plan.Caption).ShouldBeGreaterThan(0, $"{template.Key} {seconds} s");
            }
        }
    }

    [Fact]
    public void a_caption_that_would_cover_the_only_such_view_is_left_out()
    {
        var model = Products.Local with { Duration = DurationRule.OneOf(4m) };
        var c = Products.Composer.Compose(Products.Mug, Products.For(model) with { TemplateKey = "unboxing" });
        c.Plan.Caption.ShouldBeNull();
        c.Notes.ShouldContain("A caption would cover the only view of the whole product, so the clip has none.");
    }
}
