namespace ProductVideo.Hosting;

/// <summary>Says what is wrong with a setting and what to write instead.</summary>
internal static class SettingRules
{
    /// <summary>The upper bound is what finds <c>90</c> that was meant as seconds: a number alone is days.</summary>
    public static IEnumerable<string> Time(string setting, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            yield return $"ProductVideo:{setting} is {value}; write a time from {least} to {most}. 00:01:30 is a minute and a half; a number alone counts days.";
    }

    public static IEnumerable<string> Number(string setting, long value, long least, long most)
    {
        if (value < least || value > most)
            yield return FormattableString.Invariant($"ProductVideo:{setting} is {value}; it must be {least} to {most}.");
    }
}
