using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public class PlanMakerTests
{
    [Fact]
    public void the_title_is_shown_and_the_price_only_on_demand()
    {
        Film(BrandKit.Plain).Caption.ShouldBe(new Caption("Stoneware mug Sage, 350 ml", null, "en", 1.0m, 4.1m));
        Film(new BrandKit { ShowPrice = true }).Caption!.Price.ShouldBe("€24.90");
        Film(new BrandKit { ShowTitle = false }).Caption.ShouldBeNull();
    }

    [Fact]
    public void a_product_without_a_price_shows_none() =>
        Compose(new BrandKit { ShowPrice = true }, m => m with { Price = null }).Plan.Caption!.Price.ShouldBeNull();

    [Theory]
    [InlineData("i1", "€549.00")]
    [InlineData("i2", "€199.00")]
    [InlineData("i3", null)]
    public void where_variants_cost_differently_the_price_is_that_of_the_one_in_the_picture(string main, string? price)
    {
        var made = Compose(new BrandKit { ShowPrice = true }, chair => chair with
        {
            Price = new Money(199, "EUR"),
            Variants = [Variant("fabric", 199, "i2"), Variant("leather", 549, "i1"), Variant("velvet", 199, "i2"), Variant("oak", 229, "i3"), Variant("ash", 249, "i3")],
            Images = [chair.Images.Single(image => image.Id == main)],
        });
        made.Plan.Caption!.Price.ShouldBe(price);
        made.TextUsed.Contains(price ?? "€199.00").ShouldBe(price is not null);
        made.Notes.Contains("Its variants cost differently, so the film shows no price.").ShouldBe(price is null);
    }

    [Fact]
    public void variants_without_pictures_that_cost_differently_show_no_price() =>
        Compose(new BrandKit { ShowPrice = true }, chair => chair with { Variants = [Variant("fabric", 199, null), Variant("leather", 549, null)] })
            .Plan.Caption!.Price.ShouldBeNull();

    private static ProductVariant Variant(string id, decimal price, string? image) =>
        new(id, new Dictionary<string, string>(), new Money(price, "EUR"), image);

    [Fact]
    public void a_long_title_is_cut_at_a_word_with_a_note()
    {
        var c = Compose(BrandKit.Plain, m => m with { Title = string.Concat(Enumerable.Repeat("very long ", 29)) });
        c.Plan.Caption!.Title.Length.ShouldBeLessThanOrEqualTo(90);
        c.Plan.Caption.Title.ShouldEndWith("long");
        c.Notes.ShouldContain("The title was shortened for the caption.");
    }

    [Fact]
    public void the_end_card_names_the_shop_else_the_vendor_else_the_product()
    {
        Film(new BrandKit { Name = "Teahouse" }).EndCard.ShouldBe(new EndCard(1.8m, "Teahouse", "Nordlys", "#1f2937", null, "en")
        {
            Otherwise = "Stoneware mug Sage, 350 ml",
        });
        Film(BrandKit.Plain).EndCard!.Headline.ShouldBe("Nordlys");
        Film(new BrandKit { Name = "Teahouse", ShowTitle = false }).EndCard!.Otherwise.ShouldBeNull();
        Compose(BrandKit.Plain, m => m with { Vendor = null }).Plan.EndCard!.Headline.ShouldBe("Stoneware mug Sage, 350 ml");
        Film(new BrandKit { EndCard = false }).EndCard.ShouldBeNull();
    }

    [Fact]
    public void a_card_that_was_kept_before_it_had_another_word_is_read() =>
        JsonSerializer.Deserialize<EndCard>("""{"seconds":1.8,"headline":"Teahouse","color":"#1f2937","language":"en"}""", JsonSerializerOptions.Web)
            .ShouldBe(new EndCard(1.8m, "Teahouse", null, "#1f2937", null, "en"));

    [Fact]
    public void an_end_card_that_would_be_empty_is_left_out_with_a_note()
    {
        var c = Compose(new BrandKit { ShowTitle = false }, m => m with { Vendor = " " });
        c.Plan.EndCard.ShouldBeNull();
        c.Notes.ShouldContain(n => n.Contains("end card", StringComparison.Ordinal));
    }

    [Fact]
    public void a_clip_too_short_for_card_and_caption_has_neither_and_says_so()
    {
        var model = Products.Local with { Duration = DurationRule.OneOf(1.5m) };
        var c = Products.Composer.Compose(Products.Mug, Products.For(model));
        c.Plan.Shots.ShouldHaveSingleItem().Seconds.ShouldBe(1.5m);
        c.Plan.EndCard.ShouldBeNull();
        c.Plan.Caption.ShouldBeNull();
        c.Notes.Count(n => n.Contains("too short", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void a_wish_for_sound_gives_a_local_film_a_silent_track() =>
        Products.Composer.Compose(Products.Mug, Products.For(Products.Local) with { Audio = true }).Plan.SilentTrack.ShouldBeTrue();

    [Theory]
    [InlineData("24.9", "EUR", "de", "24,90 €")]
    [InlineData("1249.5", "EUR", "fr", "1 249,50 €")]
    [InlineData("24.9", "USD", "en", "$24.90")]
    [InlineData("2490", "JPY", "en", "¥2,490")]
    [InlineData("12.5", "KWD", "en", "KWD 12.500")]
    [InlineData("24.9", "SEK", "nonsense-locale-!!", "SEK 24.90")]
    public void prices_are_written_as_the_language_writes_them(string amount, string currency, string locale, string expected) =>
        PriceText.Format(new Money(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency), locale).ShouldBe(expected);

    private static ShotPlan Film(BrandKit brand) => Compose(brand, m => m).Plan;

    private static Composition Compose(BrandKit brand, Func<ProductVideo.Catalog.ProductSnapshot, ProductVideo.Catalog.ProductSnapshot> change) =>
        Products.Composer.Compose(change(Products.Mug), Products.For(Products.Local) with { Brand = brand });
}
