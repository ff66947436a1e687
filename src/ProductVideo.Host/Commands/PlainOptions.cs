using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ProductVideo.Host.Commands;

/// <summary>
/// Numbers and days that mean the same whatever the machine's language is. The library reads them in that language: where it is German, 49.90
/// would be 4990.
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
        name, description, "day: write it as 2026-11-01",
        (string word, out DateOnly value) => DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value));

    private static Option<T?> Of<T>(string name, string description, string kind, Reader<T> read)
        where T : struct => new(name)
    {
        Description = description,
        CustomParser = given =>
        {
            if (given.Tokens is not [var token])
                return null;
            if (read(token.Value, out var value))
                return value;
            given.AddError($"'{token.Value}' given to {name} is no {kind}.");
            return null;
        },
    };
}
