using System.Globalization;
using System.Text.RegularExpressions;

namespace ProductVideo.Admin.Layout;

/// <summary>A number as a person typed it. What can't be read for sure is told, and never taken for another number or for none.</summary>
public sealed partial class TypedNumber(NumberKind kind)
{
    /// <summary>What it is a number of.</summary>
    public NumberKind Kind => kind;

    /// <summary>Whether it may not be left empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>As it stands in the field.</summary>
    public string Text { get; set; } = "";

    /// <summary>Reads 19, 19.90 and 19,90. A lone comma before three digits could mean either, so it is not read.</summary>
    /// <value>Null where nothing was typed, and where it can't be read.</value>
    public decimal? Value
    {
        get => (kind is NumberKind.Count ? CountShape() : AmountShape()).IsMatch(Text.Trim())
            ? decimal.Parse(Text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;
        set => Text = value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary><see cref="Value"/> of a <see cref="NumberKind.Count"/>.</summary>
    public int? Count
    {
        get => (int?)Value;
        set => Value = value;
    }

    /// <summary>Why there is no number though there should be one.</summary>
    /// <param name="label">What stands above the field.</param>
    /// <returns>null where nothing is wrong.</returns>
    public string? Mistake(string label)
    {
        if (Value is not null)
            return null;
        if (string.IsNullOrWhiteSpace(Text))
            return IsRequired ? $"{label}: nothing is written. {Example}" : null;
        var typed = Text.Trim();
        return $"{label}: “{(typed.Length <= 30 ? typed : typed[..30] + "…")}” can't be read for sure. {Example}";
    }

    /// <summary>What can't be read among the numbers of a form, by field.</summary>
    /// <param name="numbers">Each with its field and with what stands above it.</param>
    public static IReadOnlyList<(string Field, string Text)> Mistakes(params IEnumerable<(string Field, string Label, TypedNumber Number)> numbers) =>
        [.. numbers.Select(one => (one.Field, Text: one.Number.Mistake(one.Label))).Where(one => one.Text is not null).Select(one => (one.Field, one.Text!))];

    private string Example => kind switch
    {
        NumberKind.Money => "Write an amount like 1250 or 19.90, without a currency.",
        NumberKind.Count => "Write a whole number like 12.",
        _ => "Write a number like 7.5.",
    };

    [GeneratedRegex(@"\A[0-9]{1,10}(\.[0-9]{1,6}|,[0-9]{1,2})?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AmountShape();

    [GeneratedRegex(@"\A[0-9]{1,9}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CountShape();
}

/// <summary>What a <see cref="TypedNumber"/> is a number of.</summary>
public enum NumberKind
{
    Money,

    /// <summary>Anything that is measured.</summary>
    Measure,

    /// <summary>Anything that is counted, and so has no fraction.</summary>
    Count,
}
