using ProductVideo.Admin.Layout;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class TypedNumberTests
{
    [Theory]
    [InlineData("19", 19)]
    [InlineData(" 19.90 ", 19.90)]
    [InlineData("12,50", 12.50)]
    [InlineData("0,5", 0.5)]
    [InlineData("0.000001", 0.000001)]
    [InlineData("1000000000", 1_000_000_000)]
    public void an_amount_is_read_as_it_is_written(string text, double amount)
    {
        var number = new TypedNumber(NumberKind.Money) { Text = text };
        number.Value.ShouldBe((decimal)amount);
        number.Mistake("At most").ShouldBeNull();
    }

    [Theory]
    [InlineData("1,250")]
    [InlineData("1,250.00")]
    [InlineData("1.250,00")]
    [InlineData("25 EUR")]
    [InlineData("25-")]
    [InlineData("-5")]
    [InlineData("1e12")]
    [InlineData("12345678901")]
    [InlineData("ten")]
    [InlineData("٣")]
    public void what_can_not_be_read_for_sure_is_no_number_and_told(string text)
    {
        var number = new TypedNumber(NumberKind.Money) { Text = text };
        number.Value.ShouldBeNull();
        number.Mistake("At most").ShouldBe($"At most: “{text}” can't be read for sure. Write an amount like 1250 or 19.90, without a currency.");
    }

    [Fact]
    public void only_what_is_required_may_not_be_empty()
    {
        new TypedNumber(NumberKind.Count) { Text = "  " }.Mistake("Most videos").ShouldBeNull();
        new TypedNumber(NumberKind.Money) { IsRequired = true }.Mistake("At most")!.ShouldStartWith("At most: nothing is written.");
    }

    [Theory]
    [InlineData("12", 12)]
    [InlineData("1.5", null)]
    [InlineData("1,5", null)]
    public void what_is_counted_has_no_fraction(string text, int? count) => new TypedNumber(NumberKind.Count) { Text = text }.Count.ShouldBe(count);

    [Theory]
    [InlineData(1250, "1250")]
    [InlineData(0.125, "0.125")]
    public void what_is_shown_is_read_as_the_same(double amount, string text)
    {
        var number = new TypedNumber(NumberKind.Money) { Value = (decimal)amount };
        number.Text.ShouldBe(text);
        number.Value.ShouldBe((decimal)amount);
    }
}
