using System.Globalization;
using System.Text.RegularExpressions;

namespace ProductVideo.Prompts.Liquid;

/// <summary>Reads what stands between the braces: a value, conditions, filters.</summary>
internal sealed partial class LiquidExpressionReader
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">=", "contains"];
    private readonly int _line;
    private readonly Func<string, bool> _isKnown;
    private readonly IReadOnlySet<string> _names;
    private readonly List<string> _words;
    private int _at;

    public LiquidExpressionReader(string text, int line, Func<string, bool> isKnown, IReadOnlySet<string> names)
    {
        _line = line;
        _isKnown = isKnown;
        _names = names;
        _words = [.. Words().Matches(text).Select(m => m.Value)];
        if (_words.FirstOrDefault(w => w.Length == 1 && !char.IsAsciiLetterOrDigit(w[0]) && w[0] is not ('|' or ':' or '<' or '>' or '_')) is { } odd)
            throw new LiquidException(line, $"'{odd}' can't be read in '{text}'");
    }

    /// <summary>The whole text as one expression.</summary>
    public LiquidExpression ReadWhole()
    {
        var expression = Condition();
        while (Take("|"))
            expression = Filter(expression);
        return _at == _words.Count ? expression : throw new LiquidException(_line, $"'{_words[_at]}' is not expected here");
    }

    private LiquidExpression Condition()
    {
        var left = Comparison();
        foreach (var word in (ReadOnlySpan<string>)["and", "or"])
        {
            if (Take(word))
                return new LiquidExpression.Binary(word, left, Condition());
        }

        return left;
    }

    private LiquidExpression Comparison()
    {
        var left = Value();
        if (_at < _words.Count && Comparisons.Contains(_words[_at], StringComparer.Ordinal))
            return new LiquidExpression.Binary(_words[_at++], left, Value());
        return left;
    }

    private LiquidExpression.Filtered Filter(LiquidExpression value)
    {
        var name = _at < _words.Count ? _words[_at++] : "";
        if (!LiquidValue.Filters.TryGetValue(name, out var takesArgument))
            throw new LiquidException(_line, $"'{name}' is not a filter; there are {string.Join(", ", LiquidValue.Filters.Keys)}");
        var argument = Take(":") ? Value() : null;
        if (takesArgument != argument is not null)
            throw new LiquidException(_line, takesArgument ? $"'{name}' needs a value after ':'" : $"'{name}' takes no value");
        return new LiquidExpression.Filtered(value, name, argument);
    }

    private LiquidExpression Value()
    {
        if (_at == _words.Count)
            throw new LiquidException(_line, "a value is missing");
        var word = _words[_at++];
        if (word[0] is '"' or '\'')
            return new LiquidExpression.Literal(word[1..^1]);
        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return new LiquidExpression.Literal(number);
        return word switch
        {
            "true" => new LiquidExpression.Literal(true),
            "false" => new LiquidExpression.Literal(false),
            _ when _isKnown(word) => new LiquidExpression.Name(word),
            _ => throw new LiquidException(
                _line, $"there is no '{word}'; there are {string.Join(", ", _names.Order(StringComparer.Ordinal))}"),
        };
    }

    private bool Take(string word)
    {
        if (_at == _words.Count || _words[_at] != word)
            return false;
        _at++;
        return true;
    }

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|[=!<>]=|[\\w.-]+|\\S", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Words();
}
