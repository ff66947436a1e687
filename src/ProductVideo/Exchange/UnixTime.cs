namespace ProductVideo.Exchange;

/// <summary>Times that a provider tells as a number since 1970.</summary>
internal static class UnixTime
{
    /// <param name="told">Seconds, whole or not.</param>
    /// <returns>null for a number that can't be meant: negative, none, or of a year beyond 5000.</returns>
    public static DateTimeOffset? Seconds(decimal? told) =>
        told is > 0 and < 100_000_000_000 ? DateTimeOffset.UnixEpoch.AddTicks((long)(told.Value * TimeSpan.TicksPerSecond)) : null;
}
