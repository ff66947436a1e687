using System.Globalization;

namespace ProductVideo.Prompts.Liquid;

internal abstract record LiquidExpression
{
    public abstract object? Of(LiquidRun run);

    public sealed record Literal(object? Value) : LiquidExpression
    {
        public override object? Of(LiquidRun run) => Value;
    }

    public sealed record Name(string Dotted) : LiquidExpression
    {
        public override object? Of(LiquidRun run) => run[Dotted];
    }

    public sealed record Not(LiquidExpression Inner) : LiquidExpression
    {
        public override object? Of(LiquidRun run) => !LiquidValue.Holds(Inner.Of(run));
    }

    /// <summary><c>and</c>, <c>or</c> and the comparisons; like all Liquid, read from the right.</summary>
    public sealed record Binary(string Operator, LiquidExpression Left, LiquidExpression Right) : LiquidExpression
    {
        public override object? Of(LiquidRun run) => Operator switch
        {
            "and" => LiquidValue.Holds(Left.Of(run)) && LiquidValue.Holds(Right.Of(run)),
            "or" => LiquidValue.Holds(Left.Of(run)) || LiquidValue.Holds(Right.Of(run)),
            "contains" => LiquidValue.Contains(Left.Of(run), LiquidValue.Text(Right.Of(run))),
            "==" => Equals(Left.Of(run), Right.Of(run)),
            "!=" => !Equals(Left.Of(run), Right.Of(run)),
            _ => (Left.Of(run), Right.Of(run)) is (int left, int right) && Operator switch
            {
                "<" => left < right,
                "<=" => left <= right,
                ">" => left > right,
                _ => left >= right,
            },
        };
    }

    public sealed record Filtered(LiquidExpression Value, string Filter, LiquidExpression? Argument) : LiquidExpression
    {
        public override object? Of(LiquidRun run) => LiquidValue.Filter(Filter, Value.Of(run), Argument?.Of(run));
    }
}

/// <summary>What values mean: text, truth, list.</summary>
internal static class LiquidValue
{
    /// <summary>The filters there are, and whether each takes an argument.</summary>
    public static readonly IReadOnlyDictionary<string, bool> Filters = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["default"] = true,
        ["join"] = true,
        ["first"] = false,
        ["last"] = false,
        ["size"] = false,
        ["downcase"] = false,
    };

    public static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        IReadOnlyList<string> list => string.Concat(list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>As in Liquid only null and false do not hold; here neither do an empty text and an empty list, which mean "the listing does not say".</summary>
    public static bool Holds(object? value) => value is not (null or false or "" or IReadOnlyList<string> { Count: 0 });

    public static IReadOnlyList<string> List(object? value) => value switch
    {
        IReadOnlyList<string> list => list,
        null or "" => [],
        _ => [Text(value)],
    };

    public static bool Contains(object? value, string part) => value is IReadOnlyList<string> list
        ? list.Contains(part, StringComparer.Ordinal)
        : part.Length > 0 && Text(value).Contains(part, StringComparison.OrdinalIgnoreCase);

    public static object? Filter(string filter, object? value, object? argument) => filter switch
    {
        "default" => Holds(value) ? value : argument,
        "join" => string.Join(Text(argument), List(value)),
        "first" => List(value).FirstOrDefault(),
        "last" => List(value).LastOrDefault(),
        "size" => value is IReadOnlyList<string> list ? list.Count : Text(value).Length,
        _ => Text(value).ToLowerInvariant(),
    };
}
