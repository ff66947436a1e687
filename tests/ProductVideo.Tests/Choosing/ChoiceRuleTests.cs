using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Choosing;

public sealed class ChoiceRuleTests
{
    [Theory]
    [InlineData("Ring", true)]
    [InlineData(" ring ", true)]
    [InlineData("Rings", false)]
    [InlineData(null, false)]
    public void a_type_is_matched_as_a_whole_and_in_whatever_capitals(string? type, bool fits) =>
        new ChoiceRule { ProductTypes = ["Necklace", "ring"] }.FitsProduct(Product(type: type), GenerationOrigin.Click).ShouldBe(fits);

    [Theory]
    [InlineData("49.99", false)]
    [InlineData("50", true)]
    [InlineData("200", true)]
    [InlineData("200.01", false)]
    [InlineData(null, false)]
    public void a_price_lies_between_the_two_and_is_needed(string? price, bool fits) =>
        new ChoiceRule { MinPrice = 50, MaxPrice = 200 }.FitsProduct(Product(price), GenerationOrigin.Click).ShouldBe(fits);

    [Theory]
    [InlineData(4, "9:16", false)]
    [InlineData(5, "9:16", true)]
    [InlineData(10, "9:16", true)]
    [InlineData(11, "9:16", false)]
    [InlineData(5, "1:1", false)]
    public void a_clip_is_matched_by_length_and_ratio(int seconds, string aspect, bool fits) =>
        new ChoiceRule { MinSeconds = 5, MaxSeconds = 10, Aspects = ["9:16", "4:5"] }.FitsClip(seconds, aspect).ShouldBe(fits);

    [Fact]
    public void the_way_of_ordering_is_matched()
    {
        var rule = new ChoiceRule { Origins = [GenerationOrigin.Backfill] };
        rule.FitsProduct(Product(), GenerationOrigin.Backfill).ShouldBeTrue();
        rule.FitsProduct(Product(), GenerationOrigin.Click).ShouldBeFalse();
    }

    [Fact]
    public void a_rule_that_says_nothing_fits_everything_and_any_word_in_it_makes_it_say_something()
    {
        ChoiceRule.Any.FitsProduct(Product(), GenerationOrigin.Api).ShouldBeTrue();
        ChoiceRule.Any.FitsClip(60, "4:5").ShouldBeTrue();
        new ChoiceRule().IsAny.ShouldBeTrue();
        ChoiceRule[] some =
        [
            new() { MinPrice = 0 }, new() { MaxPrice = 1 }, new() { MinSeconds = 1 }, new() { MaxSeconds = 1 }, new() { ProductTypes = ["a"] },
            new() { Aspects = ["1:1"] }, new() { Origins = [GenerationOrigin.Api] },
        ];
        some.ShouldAllBe(rule => !rule.IsAny);
    }

    private static ProductSnapshot Product(string? price = null, string? type = null) => new()
    {
        Ref = new ProductRef("test", "mug"),
        Title = "Mug",
        ProductType = type,
        Price = price is null ? null : new Money(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), "EUR"),
        Images = [],
        Version = "1",
    };
}
