using System.Globalization;
using System.Net.Http.Headers;

namespace ProductVideo.Http;

/// <summary>Reads how long a server asks to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>What is asked beyond this is not waited for in one go.</summary>
    /// <value>15 minutes.</value>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(15);

    /// <summary>From seconds or an HTTP date, 0 to <see cref="Longest"/>; null if the header is missing or unreadable.</summary>
    public static TimeSpan? Of(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? Of(values.ToString(), now) : null;

    /// <inheritdoc cref="Of(HttpResponseMessage, DateTimeOffset)"/>
    public static TimeSpan? Of(string? header, DateTimeOffset now)
    {
        var text = header?.Trim();
        // Some send decimals; more digits than a number holds are as good as the longest.
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
            return Within(seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds));
        return RetryConditionHeaderValue.TryParse(text, out var value) && value.Date is { } date ? Within(date - now) : null;
    }

    private static TimeSpan Within(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
}
