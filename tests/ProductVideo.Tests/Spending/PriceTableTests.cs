using ProductVideo.Generations;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

public sealed class PriceTableTests
{
    private static readonly PriceTable Table = new("paid",
    [
        new(Day("2026-10-02"), "fast", "720P", PriceUnit.Second, new Money(0.14m, "USD")),
        new(Day("2026-12-01"), "fast", "720P", PriceUnit.Second, new Money(0.12m, "USD")),
        new(Day("2026-11-01"), "fast", Resolution: null, PriceUnit.Second, new Money(0.20m, "USD")),
        new(Day("2026-10-02"), "still", Resolution: null, PriceUnit.Clip, new Money(0.05m, "EUR")),
        new(Day("2026-10-02"), "tokens", Resolution: null, PriceUnit.MillionTokens, new Money(1.3m, "USD")),
    ]);

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

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
