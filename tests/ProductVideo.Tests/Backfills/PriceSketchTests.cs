using ProductVideo.Accounts;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Prompts;
using ProductVideo.PromptTemplates;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class PriceSketchTests : BackfillFixture
{
    private static readonly ProviderChoice[] ScriptedThenLocal = [new() { Provider = "scripted" }, new() { Provider = "local" }];

    [Fact]
    public async Task a_line_without_a_price_is_passed_over_as_a_click_passes_it_over()
    {
        Stock(2);
        await ScanAsync();
        Pipeline.Provider.NoPrice = Unpriced;
        var quoted = await QuotedAsync(recipe: new BackfillRecipe { Providers = ScriptedThenLocal });
        quoted.Quote!.Shares.Select(share => (share.Provider, share.Videos)).ShouldBe([("local", 2)]);
        quoted.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task where_nothing_has_a_price_the_dry_run_ends_and_says_what_to_do()
    {
        Stock(2);
        await ScanAsync();
        Pipeline.Provider.NoPrice = Unpriced;
        var quoted = await QuotedAsync();
        (quoted.Quote!.Videos, quoted.Quote.Skipped[SkipReason.NoProvider]).ShouldBe((0, 2));
        quoted.Problem!.MerchantText.ShouldContain("Choose another model.");
    }

    [Fact]
    public void a_product_for_whose_words_a_style_cant_be_written_says_nothing_of_the_next()
    {
        var files = TemplateFolder.Read(TemplateFolder.BuiltIn).Select(folder => folder.Key != "turntable" ? folder : folder with
        {
            Files = new Dictionary<string, string>(folder.Files, StringComparer.Ordinal)
            {
                ["prompt.liquid"] = "{% if product.title contains 'odd' %}{% for i in (1..9999) %}x{% endfor %}{% endif %}Scene: a mug.",
            },
        });
        var templates = TemplateCatalog.Parse(files);
        var sketch = new PriceSketch(
            Scripted.Providers, Scripted with { Template = "turntable" }, BrandKit.Plain, Pipeline.Get<VideoProviders>(), Pipeline.Get<Retirements>(), new Composer(templates), templates);

        sketch.Of(Titled("An odd mug"), "1:1").ShouldBeNull();
        sketch.Of(Titled("A mug"), "1:1").ShouldNotBeNull().Price.ShouldBe(Clip);
    }

    private static CatalogProduct Titled(string title) => new() { Ref = new ProductRef("test", title), Title = title, Version = "1", Pictures = 2 };
}
