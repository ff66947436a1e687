using System.Globalization;
using ProductVideo.Exchange;

namespace ProductVideo.Providers.DashScope;

/// <summary>Model Studio tells times of China without an offset.</summary>
internal static class DashScopeTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>null for what is no time, or none that can be meant.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.Year is > 1970 and < 5000 ? new DateTimeOffset(time, Offset) : null
        // The list's rows have been seen as milliseconds too.
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) ? UnixTime.Seconds(unix / 1_000m)
        : null;

    /// <summary>As the list's filter wants it.</summary>
    public static string Filter(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
