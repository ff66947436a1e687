using System.Text.RegularExpressions;

namespace ProductVideo.Prompts.Liquid;

/// <summary>Reads what stands between two braces, word by word, and says it as DotLiquid is to read it.</summary>
internal sealed partial class LiquidWords
{
    private static readonly string[] Comparisons = ["==", "!=", "<>", "<", "<=", ">", ">=", "contains"];
    private readonly int _line;
    private readonly Func<string, bool> _isKnown;
    private readonly IReadOnlySet<string> _names;
    private readonly List<string> _words;
    private int _at;

    /// <param name="text">Without braces and, for a tag, without its name.</param>
    /// <param name="line">From 1.</param>
    /// <param name="isKnown">Whether a name may be used here.</param>
    /// <param name="names">Those that may be used everywhere, for messages.</param>
    public LiquidWords(string text, int line, Func<string, bool> isKnown, IReadOnlySet<string> names)
    {
        _line = line;
        _isKnown = isKnown;
        _names = names;
        _words = [.. Word().Matches(text).Select(m => m.Value)];
    }

    public string? First => _words.FirstOrDefault();

    private string? Next => _at < _words.Count ? _words[_at] : null;

    public void End()
    {
        if (Next is not null)
            throw Wrong($"'{Next}' is not expected here");
    }

    public void Expect(string word)
    {
        if (!Take(word))
            throw Wrong($"'{word}' is missing");
    }

    /// <summary>A name that the template makes; it may not hide one that is given.</summary>
    public string NewName()
    {
        var name = Next is { } word && NameAlone().IsMatch(word) ? word : throw Wrong("a name is missing");
        if (_names.Any(n => n == name || n.StartsWith($"{name}.", StringComparison.Ordinal)) || name == "forloop")
            throw Wrong($"'{name}' is given and can't be made");
        _at++;
        return name;
    }

    /// <summary>A value, here perhaps <c>empty</c> or <c>blank</c>.</summary>
    public string Value(bool mayBeEmpty = false)
    {
        var word = Next ?? throw Wrong("a value is missing");
        _at++;
        if (word.Length > 1 && word[0] is '"' or '\'')
            return word;
        if (Number().IsMatch(word) || word is "true" or "false" or "nil" or "null" || (mayBeEmpty && word is "empty" or "blank"))
            return word;
        return Known(word);
    }

    /// <summary>A value and its filters, to the end.</summary>
    public string Filtered()
    {
        var said = Value();
        while (Take("|"))
            said += Filter();
        End();
        return said;
    }

    public string Condition()
    {
        return List(["and", "or"], words =>
        {
            var left = words.Value(mayBeEmpty: true);
            if (words.Next is not { } comparison || !Comparisons.Contains(comparison, StringComparer.Ordinal))
                return left;
            words._at++;
            return $"{left} {comparison} {words.Value(mayBeEmpty: true)}";
        });
    }

    /// <summary>One or more of something.</summary>
    public string List(string[] separators, Func<LiquidWords, string> read)
    {
        var said = read(this);
        while (Next is { } separator && separators.Contains(separator, StringComparer.Ordinal))
        {
            _at++;
            said += $" {separator} {read(this)}";
        }

        return said;
    }

    /// <summary>Literal values only, because the bounds count what filters and outputs make and <c>cycle</c> is neither; DotLiquid parts them at every comma.</summary>
    public string Cycle() => List([",", ":"], words => words.Next is { } word && (word[0] is '"' or '\'' || Number().IsMatch(word)) && !word.Contains(',', StringComparison.Ordinal)
        ? words.Value()
        : throw Wrong("'cycle' takes texts in quotes, without commas in them"));

    public string Loop()
    {
        if (_words.Count < 3 || _words[1] != "in")
            throw Wrong("'for' is written {% for name in list %}");
        var said = $"{NewName()} in ";
        _at++;
        if (Range().Match(Next!) is { Success: true } range)
        {
            _at++;
            said += $"({Bound(range.Groups["from"].Value)}..{Bound(range.Groups["to"].Value)})";
        }
        else
        {
            said += Value();
        }

        while (Next is "reversed" or "limit" or "offset")
        {
            var option = _words[_at++];
            said += $" {option}";
            if (option == "reversed")
                continue;
            Expect(":");
            said += $":{(option == "offset" && Take("continue") ? "continue" : Value())}";
        }

        return said;
    }

    private string Filter()
    {
        var name = Next ?? "";
        _at++;
        if (LiquidFilters.Arguments(name) is not var (needs, takes))
            throw Wrong($"'{name}' is not a filter; there are {string.Join(", ", LiquidFilters.Names)}");
        var arguments = new List<string>();
        if (Take(":"))
        {
            do
                arguments.Add(Value());
            while (Take(","));
        }

        if (arguments.Count < needs || arguments.Count > takes)
            throw Wrong(takes == 0 ? $"'{name}' takes no value" : arguments.Count < needs ? $"'{name}' needs a value after ':'" : $"'{name}' takes fewer values");
        return FormattableString.Invariant($" | {LiquidRun.CallFilter}: '{name}', {arguments.Count}{string.Concat(arguments.Select(a => $", {a}"))}");
    }

    private string Bound(string word) => Number().IsMatch(word) ? word : Known(word);

    private string Known(string word)
    {
        if (!char.IsLetter(word[0]) && word[0] != '_')
            throw Wrong($"'{word}' can't be read as a value");
        if (_isKnown(word))
            return word;
        var part = Part().Match(word);
        if (!part.Success || !_isKnown(word[..part.Index]) || (part.Groups["index"] is { Success: true } index && !Number().IsMatch(index.Value) && !_isKnown(index.Value)))
            throw Wrong($"there is no '{word}'; there are {string.Join(", ", _names.Order(StringComparer.Ordinal))}");
        return word;
    }

    private bool Take(string word)
    {
        if (Next != word)
            return false;
        _at++;
        return true;
    }

    private LiquidException Wrong(string problem) => new(_line, problem);

    [GeneratedRegex("\"[^\"]*\"|'[^']*'|\\([^()\\s]+\\.\\.[^()\\s]+\\)|[=!<>]=|<>|-?[0-9]+(\\.[0-9]+)?|[\\p{L}_][\\w-]*(\\.[\\w-]+|\\[[^\\[\\]\\s]*\\])*|\\S", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Word();

    [GeneratedRegex("^-?[0-9]{1,9}(\\.[0-9]{1,9})?$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Number();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex NameAlone();

    [GeneratedRegex("^\\((?<from>.+?)\\.\\.(?<to>.+)\\)$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Range();

    /// <summary>A part that texts and lists have.</summary>
    [GeneratedRegex("(\\.(size|first|last)|\\[(?<index>[^\\]]*)\\])$", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex Part();
}
