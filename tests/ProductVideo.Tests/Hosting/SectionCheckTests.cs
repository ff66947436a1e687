using Microsoft.Extensions.Configuration;
using ProductVideo.Accounts;
using ProductVideo.Hosting;
using ProductVideo.Providers.Fal;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class SectionCheckTests
{
    private static List<string> Mistakes<T>(params (string Name, string Value)[] settings)
    {
        var built = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create("S:" + one.Name, (string?)one.Value))).Build();
        return [.. SectionCheck.Mistakes(built.GetSection("S"), typeof(T))];
    }

    [Fact]
    public void what_is_right_has_no_mistake()
    {
        Mistakes<SpendingOptions>(("Caps:0:Shop", "sample"), ("Caps:0:Amount", "10"), ("caps:0:currency", "EUR"), ("TimeZone", "Europe/Berlin")).ShouldBeEmpty();
        Mistakes<Dictionary<string, AccountOptions>>(
            ("happyhorse:MaxInFlight", "5"), ("happyhorse:StartsPerSecond", "0.1"), ("happyhorse:Exclusive", "true"), ("happyhorse:Retires:m", "2026-12-24")).ShouldBeEmpty();
        Mistakes<SpendingOptions>(("Caps", "")).ShouldBeEmpty("an empty list in a file comes as an empty value");
    }

    [Fact]
    public void a_misspelt_part_of_a_cap_does_not_make_it_a_cap_on_everything() =>
        Mistakes<SpendingOptions>(("Caps:0:Sho", "sample")).ShouldBe(
            ["S:Caps:0:Sho is no setting. S:Caps:0 takes Amount, ApiKey, Backfills, Currency, Period, Provider, Shop, TimeZone."]);

    [Theory]
    [InlineData("Cap:0:Amount", "10", "S:Cap is no setting. S takes Caps, TimeZone.")]
    [InlineData("Caps", "10", "S:Caps has several values: write each by itself, the first as S:Caps:0.")]
    [InlineData("TimeZone:Name", "UTC", "S:TimeZone:Name is no setting: S:TimeZone is a single value.")]
    public void a_name_that_means_nothing_is_told(string name, string value, string sentence) => Mistakes<SpendingOptions>((name, value)).ShouldBe([sentence]);

    [Theory]
    [InlineData("local:MaxInFlight", "ten", "S:local:MaxInFlight can't be 'ten'. Write a whole number alone, without unit or separators, for example 2000000000 for 2 GB.")]
    [InlineData("local:Exclusive", "yes", "S:local:Exclusive can't be 'yes'. Write true or false.")]
    [InlineData("local:Retires:x", "2026-13-40", "S:local:Retires:x can't be '2026-13-40'. Write a day, for example 2026-12-24.")]
    public void a_value_within_a_table_is_not_passed_over(string name, string value, string sentence) =>
        Mistakes<Dictionary<string, AccountOptions>>((name, value)).ShouldBe([sentence]);

    [Fact]
    public void every_mistake_is_told_at_once() =>
        Mistakes<Dictionary<string, AccountOptions>>(("a:MaxInFlight", "ten"), ("b:Exclusive", "yes"), ("c", "5")).Count.ShouldBe(3);

    [Fact]
    public void a_models_price_that_is_no_number_is_named() =>
        Mistakes<FalOptions>(("Models:0:PricePerSecond", "cheap")).ShouldHaveSingleItem().ShouldStartWith("S:Models:0:PricePerSecond can't be 'cheap'.");
}
