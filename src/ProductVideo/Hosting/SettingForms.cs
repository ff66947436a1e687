namespace ProductVideo.Hosting;

/// <summary>How a setting's value is written, for whoever wrote it in another way.</summary>
internal static class SettingForms
{
    /// <param name="type">What the value is read as.</param>
    public static string Of(Type type) => type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}" : Of(type.FullName);

    /// <param name="type">The type's whole name, where that is all that is known of it.</param>
    public static string Of(string? type) => type switch
    {
        "System.TimeSpan" => "a time as hours:minutes:seconds, for example 00:01:30 for a minute and a half, or 06:00:00 for six hours",
        "System.Int32" or "System.Int64" => "a whole number alone, without unit or separators, for example 2000000000 for 2 GB",
        "System.Decimal" or "System.Double" => "a number alone, with a point, for example 0.5",
        "System.Boolean" => "true or false",
        "System.Uri" => "an address, for example https://video.example",
        "System.DateOnly" => "a day, for example 2026-12-24",
        _ => "it as the README shows",
    };
}
