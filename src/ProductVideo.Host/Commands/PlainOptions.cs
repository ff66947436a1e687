using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ProductVideo.Host.Commands;

/// <summary>
/// Numbers, days and ids, refused in words that no programmer is needed for. Numbers and days mean the same whatever the machine's language is:
/// the library reads them in that language, and where it is German, 49.90 would be 4990.
/// </summary>
internal static class PlainOptions
{
    private delegate bool Reader<T>(string word, out T value);

    /// <summary>A number with a point, and with nothing between the thousands: a comma is a decimal sign to whoever types one.</summary>
    public static Option<decimal?> Decimal(string name, string description) => Of<decimal>(
        name, description, "number: write it with a point, for example 49.90",
        (string word, out decimal value) => decimal.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value));

    /// <summary>A day with its year first: of 01/02 nobody knows which is the month.</summary>
    public static Option<DateOnly?> Day(string name, string description) => Of<DateOnly>(
        name, description, "day: write it as 2026-11-01", TryReadDay);

    public static bool TryReadDay(string word, out DateOnly day) => DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>A whole number of digits alone.</summary>
    public static Option<int?> Whole(string name, string description) => Of<int>(
        name, description, "whole number: write it with digits alone, for example 25",
        (string word, out int value) => int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));

    /// <summary>What the program called something that it keeps.</summary>
    /// <param name="description">For the help.</param>
    /// <param name="kind">Of what it is the id, and where ids are listed.</param>
    public static Argument<Guid> Id(string description, string kind) => new("id") { Description = description, CustomParser = given => ReadId(given, kind) ?? Guid.Empty };

    /// <returns>null where none is given, or what is given is none, which is then one of the line's mistakes.</returns>
    public static Guid? ReadId(ArgumentResult given, string kind) => Read<Guid>(given, $"is no {kind}", Guid.TryParse);

    private static Option<T?> Of<T>(string name, string description, string kind, Reader<T> read)
        where T : struct => new(name)
    {
        Description = description,
        CustomParser = given => Read(given, $"given to {name} is no {kind}.", read),
    };

    private static T? Read<T>(ArgumentResult given, string mistake, Reader<T> read)
        where T : struct
    {
        if (given.Tokens is not [var token])
            return null;
        if (read(token.Value, out var value))
            return value;
        given.AddError($"'{token.Value}' {mistake}");
        return null;
    }
}
