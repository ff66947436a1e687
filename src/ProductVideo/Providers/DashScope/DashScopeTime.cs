using System.Globalization;

namespace ProductVideo.Providers.DashScope;

/// <summary>Model Studio tells times of China without an offset.</summary>
internal static class DashScopeTime
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss.FFF", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>null for what is no time.</summary>
    public static DateTimeOffset? Read(string? text) =>
        DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? new DateTimeOffset(time, Offset)
        // The list's rows have been seen as milliseconds too.
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) ? DateTimeOffset.FromUnixTimeMilliseconds(unix)
        : null;

    /// <summary>As the list's filter wants it.</summary>
    public static string Filter(DateTimeOffset time) => time.ToOffset(Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
