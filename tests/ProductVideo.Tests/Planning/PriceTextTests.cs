using System.Globalization;
using ProductVideo.Planning;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Planning;

public class PriceTextTests
{
    [Theory]
    [InlineData("24.9", "EUR", "de", "24,90 €")]
    [InlineData("1249.5", "EUR", "fr", "1 249,50 €")]
    [InlineData("24.9", "USD", "en", "$24.90")]
    [InlineData("2490", "JPY", "en", "¥2,490")]
    [InlineData("12.5", "KWD", "en", "KWD 12.500")]
    [InlineData("24.9", "SEK", "nonsense-locale-!!", "SEK 24.90")]
    public void prices_are_written_as_the_language_writes_them(string amount, string currency, string locale, string expected) =>
        Format(amount, currency, locale).ShouldBe(expected);

    [Theory]
    [InlineData("1249.9", "USD", "es-MX", "USD 1,249.90")]
    [InlineData("199", "CNY", "ja", "CNY 199.00")]
    [InlineData("1980", "JPY", "zh-CN", "JPY 1,980")]
    [InlineData("1980", "JPY", "zh", "JPY 1,980")]
    [InlineData("24.9", "USD", "zh-Hant-TW", "USD 24.90")]
    [InlineData("24.9", "USD", "en_CA", "USD 24.90")]
    public void a_sign_that_means_another_currency_there_is_not_used(string amount, string currency, string locale, string expected) =>
        Format(amount, currency, locale).ShouldBe(expected);

    [Theory]
    [InlineData("1980", "JPY", "ja-JP", "¥1,980")]
    [InlineData("199", "CNY", "zh-Hans-CN", "¥199.00")]
    [InlineData("199", "CNY", "en", "CNY 199.00")]
    [InlineData("199", "CNY", "zh", "¥199.00")]
    [InlineData("24.9", "USD", "en-US", "$24.90")]
    [InlineData("24.9", "USD", null, "$24.90")]
    public void a_sign_is_used_where_it_is_the_regions_own_or_no_region_is_named(string amount, string currency, string? locale, string expected) =>
        Format(amount, currency, locale).ShouldBe(expected);

    [Theory]
    [InlineData("12.125", "LYD", "en", "LYD 12.125")]
    [InlineData("15000", "XAF", "en", "XAF 15,000")]
    [InlineData("45000", "UGX", "en", "UGX 45,000")]
    [InlineData("150000", "PYG", "en", "PYG 150,000")]
    [InlineData("15000", "IQD", "en", "IQD 15,000.000")]
    [InlineData("12.125", "LYD", "ar", "12.125 LYD")]
    [InlineData("1500000", "IRR", "fa", "IRR 1,500,000.00")]
    public void each_currency_has_its_own_decimals_and_latin_digits_have_latin_marks(string amount, string currency, string locale, string expected) =>
        Format(amount, currency, locale).ShouldBe(expected);

    private static string Format(string amount, string currency, string? locale) =>
        PriceText.Format(new Money(decimal.Parse(amount, CultureInfo.InvariantCulture), currency), locale);
}
