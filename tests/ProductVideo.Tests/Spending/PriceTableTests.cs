using ProductVideo.Generations;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

public sealed class PriceTableTests
{
    private static readonly PriceTable Table = PriceTableJson.Parse("""
        {
          // As seen on the provider's page.
          "provider": "paid",
          "prices": [
            { "from": "2026-10-02", "model": "fast", "resolution": "720P", "unit": "second", "amount": 0.14, "currency": "USD" },
            { "from": "2026-12-01", "model": "fast", "resolution": "720P", "unit": "second", "amount": 0.12, "currency": "USD" },
            { "from": "2026-11-01", "model": "fast", "unit": "second", "amount": 0.20, "currency": "USD" },
            { "from": "2026-10-02", "model": "still", "unit": "clip", "amount": 0.05, "currency": "EUR" },
            { "from": "2026-10-02", "model": "tokens", "unit": "million tokens", "amount": 1.3, "currency": "USD" },
          ]
        }
        """);

    [Theory]
    [InlineData("fast", "720P", "2026-10-02", 0.70, "2026-10-02")]
    [InlineData("fast", "720P", "2026-11-30", 0.70, "2026-10-02")]
    [InlineData("fast", "720P", "2026-12-01", 0.60, "2026-12-01")]
    [InlineData("fast", "1080P", "2026-11-22", 1.00, "2026-11-01")]
    [InlineData("still", null, "2026-11-22", 0.05, "2026-10-02")]
    public void the_row_that_is_valid_on_the_day_counts(string model, string? resolution, string day, double amount, string from)
    {
        var estimate = Table.Estimate(model, resolution, new PriceQuantity(5), Day(day)).ShouldNotBeNull();
        (estimate.Amount.Amount, estimate.PriceDate).ShouldBe(((decimal)amount, Day(from)));
    }

    [Fact]
    public void tokens_are_counted_by_the_million_and_rounded_up() =>
        Table.Estimate("tokens", null, new PriceQuantity(5, Tokens: 108_900.5m), Day("2026-11-22"))!.Amount.ShouldBe(new Money(0.141571m, "USD"));

    [Theory]
    [InlineData("unknown", "720P", "2026-11-22")]
    [InlineData("fast", "720P", "2026-10-01")]
    [InlineData("fast", "1080P", "2026-10-31")]
    [InlineData("tokens", null, "2026-11-22")]
    public void a_price_that_is_not_known_refuses_instead_of_being_free(string model, string? resolution, string day)
    {
        Table.Estimate(model, resolution, new PriceQuantity(5), Day(day)).ShouldBeNull();
        var refused = Should.Throw<RefusedException>(() => Table.EstimateOrRefuse(model, resolution, new PriceQuantity(5), Day(day)));
        (refused.Kind, refused.Problem.Code, refused.Field).ShouldBe((RefusalKind.Invalid, "no_price_known", "model"));
        refused.Problem.MerchantText.ShouldContain(model);
    }

    [Fact]
    public void every_mistake_in_a_file_is_named_at_once()
    {
        var wrong = Should.Throw<PriceTableException>(() => PriceTableJson.Parse("""
            { "prices": [
                { "from": "soon", "model": "fast", "unit": "second", "amount": 0.1, "currency": "USD" },
                { "from": "2026-10-02", "model": "fast", "unit": "hour", "amount": -1, "currency": "EURO" },
                { "from": "2026-10-02", "model": "slow", "unit": "clip", "amount": 1, "currency": "USD" },
                { "from": "2026-10-02", "model": "slow", "unit": "second", "amount": 2, "currency": "USD" },
                null
            ] }
            """));
        wrong.Mistakes.Count.ShouldBe(11);
        wrong.Mistakes.ShouldContain("\"provider\" is missing.");
        wrong.Mistakes.ShouldContain("Price 1: \"from\" is a day like 2026-10-02.");
        wrong.Mistakes.ShouldContain("Price 2: \"currency\" is a code of ISO 4217 like USD.");
        wrong.Mistakes.ShouldContain(mistake => mistake.StartsWith("slow", StringComparison.Ordinal) && mistake.Contains("two prices"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{ "provider": "a", "prices": [], "more": 1 }""")]
    public void what_is_no_table_is_told(string json) => Should.Throw<PriceTableException>(() => PriceTableJson.Parse(json)).Mistakes.ShouldNotBeEmpty();

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
