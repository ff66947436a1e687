using System.Text.Json.Nodes;
using ProductVideo.Catalog;
using ProductVideo.Conformance.Storefronts.VirtoCommerce;
using ProductVideo.Storefronts.VirtoCommerce;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.VirtoCommerce;

/// <summary>What shoppers read and play in the platform's own storefront, and what of a product they see there.</summary>
public sealed class VirtoCommerceShoppersTests : IAsyncLifetime
{
    private VirtoCommerceParts _parts = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private FakeVirtoCommerce Fake => _parts.Fake;

    private VirtoCommerceStorefront Shop => _parts.Storefront;

    public async ValueTask InitializeAsync() => _parts = await VirtoCommerceParts.StartAsync();

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static JsonObject Names(params (string Language, string? Name)[] names) =>
        new() { ["values"] = new JsonObject(names.Select(name => KeyValuePair.Create(name.Language, (JsonNode?)name.Name))) };

    private async Task<ListedProduct> ReadAsync(string product) => (await Shop.ReadAsync(product, Token)).ShouldNotBeNull();

    [Theory]
    [InlineData("de", true, "Mug. Mit KI erstellt.", "The mug turns once. Mit KI erstellt.")]
    [InlineData("en-US", true, "Mug. Made with AI.", "The mug turns once. Made with AI.")]
    [InlineData("en-US", false, "Mug", "The mug turns once.")]
    public async Task shoppers_read_whether_a_model_drew_it(string language, bool ai, string name, string description)
    {
        _parts.Options.Locale = language;
        await Shop.AttachAsync(Fake.Add("Mug"), VirtoCommerceParts.Clip("mug-5f2c") with { MadeWithAi = ai }, Token);
        var row = Fake.Videos.Single();
        ((string)row["name"]!, (string)row["description"]!).ShouldBe((name, description));
    }

    [Fact]
    public async Task of_a_long_title_the_title_is_cut_and_never_the_mark()
    {
        await Shop.AttachAsync(Fake.Add(new string('m', 1_100)), VirtoCommerceParts.Clip("mug-5f2c") with { MadeWithAi = true }, Token);
        var name = (string)Fake.Videos.Single()["name"]!;
        (name.Length, name[^16..]).ShouldBe((1_024, "m. Made with AI."));
    }

    [Fact]
    public async Task rows_that_an_earlier_version_made_can_be_played_and_tell_their_mark_once_the_next_clip_comes()
    {
        var mug = Fake.Add("Mug");
        Fake.AddVideo(mug, "https://videos.example/maker.mp4");
        var merchants = Fake.Videos.Single().ToJsonString();
        var (drawn, filmed) = (await AttachAsync("drawn", ai: true), await AttachAsync("filmed", ai: false));
        foreach (var old in new[] { drawn, filmed })
        {
            Fake.EditVideo(old.MediaId, row =>
            {
                row.Remove("embedUrl");
                row["name"] = "Mug";
            });
        }

        await AttachAsync("next", ai: true);

        var rows = Fake.Videos.ToDictionary(row => (string)row["id"]!, StringComparer.Ordinal);
        rows.Count.ShouldBe(4);
        ((string?)rows[drawn.MediaId]["embedUrl"], (string?)rows[drawn.MediaId]["name"]).ShouldBe((drawn.ClipUrl, "Mug. Made with AI."));
        ((string?)rows[filmed.MediaId]["embedUrl"], (string?)rows[filmed.MediaId]["name"]).ShouldBe((filmed.ClipUrl, "Mug"));
        rows.Values.Select(row => row.ToJsonString()).ShouldContain(merchants, "that one is the merchant's");

        Task<AttachedMedia> AttachAsync(string key, bool ai) => Shop.AttachAsync(mug, VirtoCommerceParts.Clip(key) with { MadeWithAi = ai }, Token);
    }

    [Theory]
    [InlineData("de-DE", "Becher")]
    [InlineData("de-AT", "Becher")]
    [InlineData("fr-FR", "Mug")]
    [InlineData("it-IT", "Mug")]
    public async Task a_product_is_called_as_its_shoppers_call_it(string language, string title)
    {
        _parts.Options.Locale = language;
        var mug = Fake.Add("Mug", product => product["localizedName"] = Names(("en-US", "Stoneware mug"), ("de-DE", "Becher"), ("it-IT", " ")));
        var product = await ReadAsync(mug);
        product.Title.ShouldBe(title);

        Fake.Edit(mug, edited => edited["localizedName"] = Names(("en-US", "Another"), ("de-DE", "Becher")));
        (await ReadAsync(mug)).Version.ShouldBe(product.Version, "nobody reads that name here");
        Fake.Edit(mug, edited => edited["localizedName"] = Names((language, "Krug")));
        (await ReadAsync(mug)).Version.ShouldNotBe(product.Version);
    }

    [Fact]
    public async Task a_shop_that_knows_no_names_by_language_and_one_that_gives_none_are_the_same()
    {
        var mug = Fake.Add("Mug");
        var before = await ReadAsync(mug);
        Fake.Edit(mug, product => product["localizedName"] = Names());
        var after = await ReadAsync(mug);
        (after.Title, after.Version).ShouldBe(("Mug", before.Version));
    }

    [Fact]
    public async Task what_the_merchant_hides_from_shoppers_is_no_fact_of_the_product()
    {
        var mug = Fake.Add("Mug", product => product["variations"] = new JsonArray(new JsonObject
        {
            ["id"] = "v1", ["name"] = "Sage", ["properties"] = new JsonArray(FakeVirtoCommerce.Property("Color", "Variation", "Sage"), Hidden("Batch", "Variation", "0815")),
        }));
        var before = await ReadAsync(mug);
        before.Variants.ShouldHaveSingleItem().Options.ShouldBe(new Dictionary<string, string> { ["Color"] = "Sage" });

        Fake.Edit(mug, product => product["properties"]!.AsArray().Add(Hidden("Margin", "Product", "62 %")));
        var after = await ReadAsync(mug);
        after.Attributes.ShouldBe(new Dictionary<string, string> { ["material"] = "Stoneware" });
        after.Version.ShouldBe(before.Version);

        Fake.Edit(mug, product => product["properties"]!.AsArray().First(property => (string?)property!["name"] == "Brand")!["hidden"] = true);
        (await ReadAsync(mug)).Vendor.ShouldBeNull();
    }

    private static JsonObject Hidden(string name, string type, string value)
    {
        var property = FakeVirtoCommerce.Property(name, type, value);
        property["hidden"] = true;
        return property;
    }
}
