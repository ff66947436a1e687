using CsCheck;
using ProductVideo.Catalog;
using ProductVideo.Planning;
using ProductVideo.Tests.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public class ProductFactsTests
{
    private static readonly ProductSnapshot Bare = new()
    {
        Ref = new ProductRef("s", "1"), Title = "Thing", Version = "1", Images = Products.Mug.Images,
    };

    [Fact]
    public void a_title_that_says_one_word_again_and_again_is_read_at_once() => ProductFacts.Of(
        Bare with { Locale = "en", Title = string.Concat(Enumerable.Repeat("Terracotta ", 60)) + "pot" }).Material.ShouldBeNull();

    [Theory]
    [InlineData("Material: Oak\nColour: Natural\nDimensions: 30 x 40 cm\nSuitable for: kitchens", "Oak", "Natural", "30 x 40 cm", "kitchens")]
    [InlineData("Material: Eiche\nFarbe: Natur\nMaße: 30 x 40 cm\nVerwendung: Küche", "Eiche", "Natur", "30 x 40 cm", "Küche")]
    [InlineData("Matière: Chêne\nCouleur: Naturel\nDimensions: 30 x 40 cm\nUtilisation: cuisine", "Chêne", "Naturel", "30 x 40 cm", "cuisine")]
    [InlineData("Material: Roble\nColor: Natural\nMedidas: 30 x 40 cm\nUso: cocina", "Roble", "Natural", "30 x 40 cm", "cocina")]
    [InlineData("المادة: بلوط\nاللون: طبيعي\nالأبعاد: 30 سم\nالاستخدام: المطبخ", "بلوط", "طبيعي", "30 سم", "المطبخ")]
    public void named_lines_are_read_in_five_languages(string description, string material, string colour, string size, string use) =>
        ProductFacts.Of(Bare with { Description = description }).ShouldBe(new ProductFacts(null, material, colour, size, use));

    [Theory]
    [InlineData("en", "Bowl of oak, navy, 24 cm", "oak", "navy", "24 cm")]
    [InlineData("en", "Mug in sage (stoneware) with lid, 24 cm", "stoneware", "sage", "24 cm")]
    [InlineData("fr", "Bague d'argent – blanche, 2 cm", "argent", "blanche", "2 cm")]
    [InlineData("de-DE", "Becher aus Steinzeug, blau, 350 ml", "Steinzeug", "blau", "350 ml")]
    [InlineData("fr", "Tasse en grès blanche 35 cl", "grès", "blanche", "35 cl")]
    [InlineData("es_MX", "Taza de cerámica azul, 350 ml", "cerámica", "azul", "350 ml")]
    [InlineData("ar", "كوب خزف أزرق 350 مل", "خزف", "أزرق", "350 مل")]
    [InlineData(null, "Bottle of Stainless Steel 1.5 l", "Stainless Steel", null, "1.5 l")]
    public void words_of_the_title_are_read_in_the_listings_language(string? locale, string title, string material, string? colour, string size)
    {
        var facts = ProductFacts.Of(Bare with { Title = title, Locale = locale });
        (facts.Material, facts.Colour, facts.Size).ShouldBe((material, colour, size));
    }

    [Theory]
    [InlineData("Olive wood bowl, 24 cm")]
    [InlineData("Hand Cream")]
    [InlineData("Hand Cream 75 ml")]
    [InlineData("Olive oil extra virgin 500 ml")]
    [InlineData("Sardines in olive oil")]
    [InlineData("Orange juice 1 l")]
    [InlineData("Red Wine Glass Set of 6")]
    [InlineData("White Tea 100 g")]
    [InlineData("Black Forest honey")]
    [InlineData("Glass cleaner 500 ml")]
    [InlineData("Cleaner for glass")]
    [InlineData("Leather balm for shoes")]
    [InlineData("Wood Glue 250 g")]
    [InlineData("Silver Polish")]
    [InlineData("Cotton candy machine")]
    [InlineData("Paper shredder 12 l")]
    [InlineData("Wood-look vinyl floor")]
    [InlineData("Steel Series headset 5 m")]
    [InlineData("Non-toxic wood stain walnut")]
    [InlineData("Shirt in black & white")]
    [InlineData("Shirt black/white")]
    [InlineData("Tasche in Leder-Optik", "de")]
    [InlineData("Becher mit Henkel aus Leder", "de")]
    [InlineData("Sol effet bois", "fr")]
    public void a_word_that_is_part_of_a_name_is_no_fact(string title, string? locale = null)
    {
        var facts = ProductFacts.Of(Bare with { Title = title, Locale = locale });
        (facts.Material, facts.Colour).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("Water resistant to 200 m")]
    [InlineData("Fits laptops up to 15 inch")]
    [InlineData("With 20 g protein")]
    [InlineData("Free delivery from 5 kg")]
    [InlineData("Range 10 m")]
    public void a_measure_in_running_text_is_not_the_products_but_a_named_line_is(string text)
    {
        ProductFacts.Of(Bare with { Description = text }).Size.ShouldBeNull();
        ProductFacts.Of(Bare with { Description = $"{text}\nSize: 30 x 40 cm" }).Size.ShouldBe("30 x 40 cm");
    }

    [Theory]
    [InlineData("Colour: Red. Not available in blue.", "Red")]
    [InlineData("Colour: red. not available in blue.", "red")]
    [InlineData("Colour: No. 5", "No. 5")]
    [InlineData("Colour: No. five", "No. five")]
    [InlineData("Colour: z. B. Rot", "z. B. Rot")]
    [InlineData("Colour: 0.5 Grey", "0.5 Grey")]
    public void a_named_value_ends_with_its_sentence(string line, string colour) => ProductFacts.Of(Bare with { Description = line }).Colour.ShouldBe(colour);

    [Fact]
    public void a_size_of_one_letter_ends_with_its_sentence() => ProductFacts.Of(Bare with { Description = "Size: M. Fits large" }).Size.ShouldBe("M");

    [Theory]
    [InlineData("en", "3 Ton Floor Jack")]
    [InlineData(null, "3 Ton Floor Jack")]
    [InlineData("de", "Lippenstift in warmem Ton")]
    [InlineData("es", "Crema para piel seca")]
    [InlineData("en", "Lin the panda")]
    [InlineData("it", "Oak")]
    public void a_word_of_another_language_or_with_another_meaning_is_no_material(string? locale, string title) =>
        ProductFacts.Of(Bare with { Title = title, Locale = locale }).Material.ShouldBeNull();

    [Fact]
    public void a_word_of_another_language_is_no_colour()
    {
        ProductFacts.Of(Bare with { Title = "Root rot treatment", Locale = "en" }).Colour.ShouldBeNull();
        ProductFacts.Of(Bare with { Title = "Tasse, rot", Locale = "de" }).Colour.ShouldBe("rot");
    }

    [Fact]
    public void a_material_in_running_text_is_not_the_products_but_a_named_line_is()
    {
        ProductFacts.Of(Bare with { Description = "A fine candle.\nIt comes wrapped in paper." }).Material.ShouldBeNull();
        ProductFacts.Of(Bare with { Description = "It comes wrapped in paper.\nMaterial: soy wax" }).Material.ShouldBe("soy wax");
    }

    [Theory]
    [InlineData("3 in 1 charger", null)]
    [InlineData("Phone with 5G", null)]
    [InlineData("Power bank 10 G", null)]
    [InlineData("Handgemacht, seit 1998 in Handarbeit", null)]
    [InlineData("Ab 1.5 in Rot", null)]
    [InlineData("8 x 10 in frame", null)]
    [InlineData("Print, 8 x 10 in", "8 x 10 in")]
    [InlineData("Print, 8 × 10.5 × 1 in, matt", "8 × 10.5 × 1 in")]
    [InlineData("Ring box 2.5 in", "2.5 in")]
    [InlineData("Print 12 inches wide", "12 inches")]
    [InlineData("Tea, 250 g", "250 g")]
    [InlineData("Tea, 250g tin", "250g")]
    [InlineData("Flour 5 KG", "5 KG")]
    public void a_size_is_a_measure_and_not_a_word_that_sounds_like_a_unit(string title, string? size) =>
        ProductFacts.Of(Bare with { Title = title }).Size.ShouldBe(size);

    [Theory]
    [InlineData("Vegan leather bag")]
    [InlineData("Case without leather")]
    [InlineData("Tasche, kein Leder", "de")]
    [InlineData("Leather-free wallet")]
    [InlineData("Oakland poster")]
    [InlineData("Glasgow print")]
    public void what_the_listing_denies_or_only_sounds_like_is_no_fact(string title, string? locale = null) =>
        ProductFacts.Of(Bare with { Title = title, Locale = locale }).Material.ShouldBeNull();

    [Fact]
    public void attributes_go_before_options_and_options_before_text()
    {
        var product = Bare with
        {
            Title = "Steel thing",
            Attributes = new Dictionary<string, string> { ["material"] = "Brass" },
            Variants = [new ProductVariant("v", new Dictionary<string, string> { ["Material"] = "Copper", ["Farbe"] = "Gold" }, null, null)],
            Description = "Colour: Silver",
            Vendor = "Maker",
        };
        ProductFacts.Of(product).ShouldBe(new ProductFacts("Maker", "Brass", "Gold", null, null));
        ProductFacts.Of(product with { Attributes = new Dictionary<string, string>() }).Material.ShouldBe("Copper");
    }

    [Fact]
    public void of_several_colours_the_one_of_the_main_picture_counts()
    {
        ProductVariant[] variants =
        [
            new("v1", new Dictionary<string, string> { ["Color"] = "Red", ["Size"] = "M" }, null, "i1"),
            new("v2", new Dictionary<string, string> { ["Color"] = "Blue", ["Size"] = "L" }, null, "i2"),
        ];
        ProductFacts.Of(Bare with { Variants = variants }).Colour.ShouldBe("Red");
        var unclear = ProductFacts.Of(Bare with { Variants = [.. variants.Select(v => v with { ImageId = null })] });
        unclear.Colour.ShouldBeNull();
        unclear.Size.ShouldBeNull();
    }

    [Fact]
    public void every_fact_stands_in_the_listing_word_for_word() =>
        Gen.Select(
            Gen.Select(Gen.OneOf("Oak", "steel", "no", "rot", "blau", "Leder", "12", "cm", "x", "verre", "350 ml", "أزرق"), Gen.OneOf(" ", ", ", "-", "\n", ": ")).Array[0, 12],
            Gen.OneOf("Material", "Farbe", "taille", "Uso", "اللون"),
            Gen.String).Sample((words, label, noise) =>
        {
            var text = string.Concat(words.Select(w => w.Item1 + w.Item2));
            var product = Bare with { Locale = words.Length % 2 == 0 ? "en" : "de", Title = text, Description = $"{label}: {noise}\n{text}", Vendor = noise };
            var listing = $"{product.Title}\n{product.Description}\n{product.Vendor}";
            var facts = ProductFacts.Of(product);
            foreach (var fact in new[] { facts.Brand, facts.Material, facts.Colour, facts.Size, facts.Use }.OfType<string>())
                listing.ShouldContain(fact, Case.Sensitive);
        });
}
