using Microsoft.Extensions.Options;
using ProductVideo.Feeds;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Feeds;

public sealed class FeedRulesTests
{
    private static readonly Uri Origin = new("https://video.example/pv/");

    [Theory]
    [InlineData(5.9, 1080, 1080, 1_000, FeedGap.TooShort)]
    [InlineData(6, 720, 1280, 500_000_000, null)]
    [InlineData(240, 1280, 720, 1_000, null)]
    [InlineData(240.1, 1280, 720, 1_000, FeedGap.TooLong)]
    [InlineData(8, 1280, 719, 1_000, FeedGap.TooSmall)]
    [InlineData(8, 1080, 1080, 500_000_001, FeedGap.TooLarge)]
    internal void google_takes_what_it_says(double seconds, int width, int height, long length, FeedGap? gap) => FeedRules.Judge(
        FeedChannel.Google, Some.Clip with { Seconds = (decimal)seconds, Width = width, Height = height, Length = length }).ShouldBe(gap);

    [Theory]
    [InlineData(200_000_000, null)]
    [InlineData(200_000_001, FeedGap.TooLarge)]
    internal void meta_takes_any_length_of_200_megabytes(long length, FeedGap? gap) =>
        FeedRules.Judge(FeedChannel.Meta, Some.Clip with { Seconds = 3, Width = 480, Height = 480, Length = length }).ShouldBe(gap);

    [Theory]
    [InlineData("/shop/sample/a.mp4", "https://video.example/pv/shop/sample/a.mp4")]
    [InlineData("https://cdn.example:8443/a b,c.mp4#t=1", "https://cdn.example:8443/a%20b%2Cc.mp4")]
    [InlineData("https://läden.example/clip-ä.mp4?v=1", "https://xn--lden-loa.example/clip-%C3%A4.mp4?v=1")]
    public void an_address_is_whole_and_in_ascii(string told, string address) => FeedRules.Address(FeedChannel.Google, told, Origin).ShouldBe((address, null));

    [Theory]
    [InlineData(null, FeedGap.NoAddress)]
    [InlineData("  ", FeedGap.NoAddress)]
    [InlineData("//cdn.example/a.mp4", FeedGap.BadAddress)]
    [InlineData("ftp://cdn.example/a.mp4", FeedGap.BadAddress)]
    [InlineData("javascript:alert(1)", FeedGap.BadAddress)]
    [InlineData("https://é-.example/a.mp4", FeedGap.BadAddress)]
    [InlineData("https://xn--é/a.mp4", FeedGap.BadAddress)]
    [InlineData("https://user:secret@cdn.example/a.mp4", FeedGap.BadAddress)]
    internal void what_is_no_address_is_left_out(string? told, FeedGap gap) => FeedRules.Address(FeedChannel.Google, told, Origin).ShouldBe((null, gap));

    [Fact]
    public void an_address_of_more_than_2000_characters_is_left_out() =>
        FeedRules.Address(FeedChannel.Meta, "https://cdn.example/" + new string('a', 2000), Origin).Gap.ShouldBe(FeedGap.BadAddress);

    [Theory]
    [InlineData("mug", true)]
    [InlineData("tea tin ä", true)]
    [InlineData("=1+1", false)]
    [InlineData("+mug", false)]
    [InlineData("-mug", false)]
    [InlineData("@mug", false)]
    [InlineData("\tmug", false)]
    [InlineData("mug ", false)]
    [InlineData("m\nug", false)]
    [InlineData("m\tug", false)]
    [InlineData("m\"ug", false)]
    [InlineData("", false)]
    public void no_id_is_run_as_a_formula_or_breaks_a_row(string id, bool good) => FeedRules.IsId(FeedChannel.Meta, id).ShouldBe(good);

    [Theory]
    [InlineData(FeedChannel.Google, 50)]
    [InlineData(FeedChannel.Meta, 100)]
    internal void ids_are_as_long_as_the_channel_takes(FeedChannel channel, int most)
    {
        FeedRules.IsId(channel, new string('a', most)).ShouldBeTrue();
        FeedRules.IsId(channel, new string('a', most + 1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("{product}", "13", "13")]
    [InlineData("gla_{variant}", "13", "gla_901")]
    [InlineData("{sku}", "13", "MUG-SAGE")]
    [InlineData("shopify", "gid://shopify/Product/13", "shopify_DE_13_901")]
    public void an_id_is_made_as_the_channel_has_it(string template, string product, string id) =>
        ItemIdTemplate.Parse(template)!.Fill(product, "901", "MUG-SAGE", "DE").ShouldBe(id);

    [Fact]
    public void what_a_shop_writes_into_an_id_is_not_filled_in_again() => ItemIdTemplate.Parse("{product}-{sku}")!.Fill("{sku}", "v", "{country}", "DE").ShouldBe("{sku}-{country}");

    [Theory]
    [InlineData("{sku}")]
    [InlineData("shopify")]
    public void an_id_whose_parts_are_not_known_is_none(string template) => ItemIdTemplate.Parse(template)!.Fill("13", "901", sku: " ", country: null).ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("all")]
    [InlineData("{product}-{size}")]
    [InlineData("{product")]
    [InlineData("{country}")]
    public void a_template_that_tells_no_products_apart_is_none(string template) => ItemIdTemplate.Parse(template).ShouldBeNull();

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new FeedOptions { Shops = { ["a"] = new() { GoogleId = "{colour}", MetaId = "shopify" }, ["b"] = new() { GoogleId = "shopify", Country = "DE" } } };
        ValidateOptionsResult result = new FeedOptionsValidation().Validate(null, options);
        result.Failures!.Count().ShouldBe(2);
        result.Failures!.ShouldAllBe(failure => failure.StartsWith("ProductVideo:Feeds:Shops:a:", StringComparison.Ordinal));
    }
}
