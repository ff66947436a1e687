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

    public static TheoryData<string, decimal> StylesAndLengths => new(
        from style in Products.Templates.All from seconds in (decimal[])[5, 10] select (style.Key, seconds));

    [Theory]
    [MemberData(nameof(StylesAndLengths))]
    public void a_price_is_never_over_a_picture_of_a_variant_that_costs_something_else(string style, decimal seconds)
    {
        var mug = Products.Mug with
        {
            Price = new Money(22, "EUR"),
            Variants = [Variant("moss", 24, "i1"), Variant("ink", 26, "i2"), Variant("chalk", 22, "i3")],
        };
        var made = Products.Composer.Compose(
            mug, Products.For(Products.Local) with { TemplateKey = style, Seconds = seconds, Brand = new BrandKit { ShowPrice = true } });
        if (made.Plan.Caption is not { Price: "€24.00" } caption)
        {
            (made.Plan.Caption?.Price).ShouldBeNull();
            made.Notes.ShouldContain(note => note.Contains("cost differently", StringComparison.Ordinal) || note.Contains("so the clip has none", StringComparison.Ordinal));
            return;
        }

        var start = 0m;
        foreach (var shot in made.Plan.Shots)
        {
            if (start < caption.Until && start + shot.Seconds > caption.From)
                mug.Images[made.ImageIndexes[shot.ImageIndex]].Id.ShouldBe("i1");
            start += shot.Seconds - made.Plan.CrossFade;
        }
    }

    [Fact]
    public void a_price_stays_where_the_other_pictures_show_no_other_price()
    {
        ProductVariant[] variants = [Variant("moss", 24, "i1"), Variant("small", 22, null), Variant("ink", 24, "i2")];
        var caption = Compose(new BrandKit { ShowPrice = true }, mug => mug with { Variants = variants }).Plan.Caption!;
        (caption.Price, caption.Until).ShouldBe(("€24.00", 4.1m));
    }

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
    public void a_cut_leaves_no_mark_at_its_end()
    {
        var title = $"{string.Concat(Enumerable.Repeat("word ", 16))}mug – handmade in Denmark, for two";
        Compose(BrandKit.Plain, m => m with { Title = title }).Plan.Caption!.Title.ShouldEndWith("word mug");
        Compose(BrandKit.Plain, m => m with { Title = "Mug –" }).Plan.Caption!.Title.ShouldBe("Mug –", "what was not cut stays as it is written");
    }

    [Fact]
    public void names_too_long_for_the_end_card_are_cut_with_a_note()
    {
        var name = string.Concat(Enumerable.Repeat("house of ", 12)).Trim();
        var c = Compose(new BrandKit { Name = name }, m => m with { Vendor = $"{name} fame" });
        (c.Plan.EndCard!.Headline!.Length, c.Plan.EndCard.Subline).ShouldBe((90 - 1, null));
        c.Notes.ShouldContain("The shop's name was shortened for the end card.");
        c.Notes.ShouldNotContain("The brand's name was shortened for the end card.");
        Compose(BrandKit.Plain, m => m with { Vendor = name }).Notes.ShouldContain("The brand's name was shortened for the end card.");
        Compose(BrandKit.Plain, m => m).Notes.ShouldNotContain(note => note.Contains("shortened", StringComparison.Ordinal));
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

    private static ShotPlan Film(BrandKit brand) => Compose(brand, m => m).Plan;

    private static Composition Compose(BrandKit brand, Func<ProductVideo.Catalog.ProductSnapshot, ProductVideo.Catalog.ProductSnapshot> change) =>
        Products.Composer.Compose(change(Products.Mug), Products.For(Products.Local) with { Brand = brand });
}
