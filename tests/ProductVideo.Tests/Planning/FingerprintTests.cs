using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using ProductVideo.Tests.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public class FingerprintTests
{
    private static readonly Composition Made = new()
    {
        Template = "turntable@1-00000000",
        Prompt = "p",
        Plan = new ShotPlan { Aspect = "1:1", Shots = [], Seconds = 5m },
        Mode = VideoModes.References,
        Seconds = 5m,
        Aspect = "1:1",
        Resolution = "720P",
        ImageIndexes = [0, 1],
        Notes = [],
        Facts = new ProductFacts(null, null, null, null, null),
        TextUsed = ["Mug", "Grüße 杯"],
        TextGiven = ["Mug", "Grüße 杯"],
        PromptUnits = 1,
    };

    private static readonly string Known = Of(Products.Mug, Made);

    [Fact]
    public void it_is_the_same_in_every_process_and_release() =>
        Known.ShouldBe("ec73c06fbd94bf742c792dab97a53a03675e985d251e7538552fb2691a08c0fd");

    [Fact]
    public void nothing_that_stays_out_of_the_clip_changes_it()
    {
        var other = Products.Mug with { Version = "2", Tags = ["new"], Description = "Rewritten.", Price = null, Images = [.. Products.Mug.Images.Take(2)] };
        Of(other, Made with { Notes = ["n"], Seconds = 5.00m, PromptUnits = 9 }).ShouldBe(Known);
    }

    [Fact]
    public void each_thing_that_shapes_the_clip_changes_it()
    {
        var seen = new List<string>
        {
            Known,
            Of(Products.Mug with { Ref = new ProductRef("other", "mug-1") }, Made),
            Of(Products.Mug with { Ref = new ProductRef("sample", "mug-2") }, Made),
            Of(Products.Mug with { Ref = new ProductRef("samplem", "ug-1") }, Made),
            Of(Products.Mug, Made with { ImageIndexes = [1, 0] }),
            Of(Products.Mug, Made with { ImageIndexes = [0] }),
            Of(Products.Mug, Made with { TextUsed = ["MugGrüße 杯"] }),
            Of(Products.Mug, Made with { TextUsed = ["Mug"] }),
            Of(Products.Mug, Made with { Template = "turntable@2-00000000" }),
            Of(Products.Mug, Made with { Mode = VideoModes.FirstFrame }),
            Of(Products.Mug, Made with { Seconds = 6m }),
            Of(Products.Mug, Made with { Aspect = "9:16" }),
            Of(Products.Mug, Made with { Resolution = null }),
            Of(Products.Mug, Made with { Resolution = "" }),
            Of(Products.Mug, Made, provider: "q"),
            Of(Products.Mug, Made, model: "n"),
            Of(Products.Mug, Made, seed: 1),
            Of(Products.Mug, Made, audio: true),
            Of(Products.Mug, Made, brand: new BrandKit { Color = "#000000" }),
            Of(Products.Mug, Made, brand: new BrandKit { Background = "#000000" }),
            Of(Products.Mug, Made, brand: new BrandKit { Name = "Teahouse" }),
            Of(Products.Mug, Made, brand: new BrandKit { LogoBlobKey = "logo" }),
            Of(Products.Mug, Made, brand: new BrandKit { ShowTitle = false }),
            Of(Products.Mug, Made, brand: new BrandKit { ShowPrice = true }),
            Of(Products.Mug, Made, brand: new BrandKit { EndCard = false }),
            Of(Products.Mug, Made, brand: new BrandKit { AllowPeople = true }),
        };
        seen.ShouldBeUnique();
    }

    [Fact]
    public void a_changed_picture_or_title_makes_another_clip()
    {
        var first = Fresh(Products.Mug);
        Fresh(Products.Mug with { Title = "Stoneware mug Sand, 350 ml" }).ShouldNotBe(first);
        Fresh(Products.Mug with { Images = [Products.Image(8, 1600, 1600), .. Products.Mug.Images.Skip(1)] }).ShouldNotBe(first);
        Fresh(Products.Mug with { Version = "99" }).ShouldBe(first);
    }

    private static string Fresh(ProductSnapshot product) => Of(product, Products.Compose(product, Products.Local));

    private static string Of(
        ProductSnapshot product, Composition made, string provider = "p", string model = "m", int? seed = null, bool audio = false, BrandKit? brand = null) =>
        Fingerprint.Of(product, made, provider, model, seed, audio, brand ?? BrandKit.Plain);
}
