using ProductVideo.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

public sealed class RetryAfterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 7 ", 7)]
    [InlineData("0", 0)]
    [InlineData("1.5", 1.5)]
    [InlineData("86400", 900)]
    [InlineData("99999999999999999999", 900)]
    [InlineData("Sun, 22 Nov 2026 12:02:00 GMT", 120)]
    [InlineData("Sunday, 22-Nov-26 12:02:00 GMT", 120)]
    [InlineData("Sun, 22 Nov 2026 11:00:00 GMT", 0)]
    [InlineData("Mon, 23 Nov 2026 12:00:00 GMT", 900)]
    public void seconds_and_dates_are_read_and_capped(string header, double seconds) =>
        RetryAfter.Of(header, Now).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("NaN")]
    [InlineData("1e9")]
    public void what_says_nothing_is_nothing(string? header) => RetryAfter.Of(header, Now).ShouldBeNull();

    [Fact]
    public void it_is_read_from_a_response()
    {
        using var response = new HttpResponseMessage();
        RetryAfter.Of(response, Now).ShouldBeNull();
        response.Headers.TryAddWithoutValidation("Retry-After", "30").ShouldBeTrue();
        RetryAfter.Of(response, Now).ShouldBe(TimeSpan.FromSeconds(30));
    }
}
