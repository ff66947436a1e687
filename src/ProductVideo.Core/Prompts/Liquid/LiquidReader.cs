using System.Globalization;

namespace ProductVideo.Prompts.Liquid;

/// <summary>
/// Checks what DotLiquid would forgive or allow: tags, filters and names that there are not, words too many. Writes the tokens that
/// DotLiquid is to read, with the calls by which <see cref="LiquidRun"/> keeps the bounds.
/// </summary>
internal sealed class LiquidReader(IReadOnlySet<string> names)
{
    private const int DeepestNesting = 10;
    private static readonly string[] LoopNames = ["index", "index0", "rindex", "rindex0", "first", "last", "length"];
    private static readonly string[] Simple = ["assign", "break", "continue", "cycle", "decrement", "increment"];

    /// <summary>The tags with an end, and those that may stand between.</summary>
    private static readonly Dictionary<string, string[]> Blocks = new(StringComparer.Ordinal)
    {
        ["if"] = ["elsif", "else"],
        ["unless"] = ["elsif", "else"],
        ["case"] = ["when", "else"],
        ["for"] = ["else"],
        ["capture"] = [],
        ["ifchanged"] = [],
    };

    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly List<Block> _open = [];
    private readonly List<(string Text, int Line)> _tokens = [];
    private LiquidToken _token;

    public IReadOnlyList<(string Text, int Line)> Read(IReadOnlyList<LiquidToken> tokens)
    {
        var length = 0;
        foreach (var token in tokens)
        {
            _token = token;
            if (token.Part is LiquidPart.Text or LiquidPart.Raw)
            {
                Add(token.Part == LiquidPart.Raw ? ["{% raw %}", token.Text, "{% endraw %}"] : [token.Text]);
                length += token.Text.Length;
                continue;
            }

            Add(FormattableString.Invariant($"{{{{ {token.Line} | {LiquidRun.StepFilter}: {length} }}}}"));
            length = 0;
            Add(token.Part == LiquidPart.Output ? $"{{{{ {Words(token.Text).Filtered()} | {LiquidRun.TextFilter} }}}}" : $"{{% {Tag()} %}}");
        }

        return _open.Count == 0
            ? _tokens
            : throw new LiquidException(_open[^1].Line, $"'{_open[^1].Tag}' is never closed by 'end{_open[^1].Tag}'");
    }

    private string Tag()
    {
        var tag = _token.Text.Split(' ', 2)[0];
        var words = Words(_token.Text[tag.Length..]);
        if (_open.Count > 0 && tag == $"end{_open[^1].Tag}")
            _open.RemoveAt(_open.Count - 1);
        else if (tag is "else" or "elsif" or "when" || tag.StartsWith("end", StringComparison.Ordinal))
            Between(tag);
        else if (!Blocks.ContainsKey(tag) && !Simple.Contains(tag, StringComparer.Ordinal))
            throw Wrong($"'{tag}' is not a tag; there are {string.Join(", ", Blocks.Keys.Concat(Simple).Concat(["comment", "raw"]).Order(StringComparer.Ordinal))}");
        var markup = $"{tag} {Markup(tag, words)}";
        words.End();
        if (Blocks.ContainsKey(tag))
            Open(tag, words);
        return markup;
    }

    private string Markup(string tag, LiquidWords words)
    {
        switch (tag)
        {
            case "if" or "unless" or "elsif":
                return words.Condition();
            case "case":
                return words.Value(mayBeEmpty: true);
            case "when":
                return words.List(["or", ","], words => words.Value(mayBeEmpty: true));
            case "cycle":
                return words.Cycle();
            case "for":
                return words.Loop();
            case "assign":
                var name = words.NewName();
                words.Expect("=");
                var value = words.Filtered();
                _made.Add(name);
                return $"{name} = {value}";
            case "capture" or "increment" or "decrement":
                var made = words.NewName();
                _made.Add(made);
                return made;
            default:
                return "";
        }
    }

    private void Between(string tag)
    {
        if (_open.Count == 0 || !Blocks[_open[^1].Tag].Contains(tag, StringComparer.Ordinal) || _open[^1].HasElse)
        {
            throw Wrong(_open.Count == 0
                ? $"'{tag}' belongs to nothing"
                : string.Create(CultureInfo.InvariantCulture, $"'{tag}' does not fit the '{_open[^1].Tag}' of line {_open[^1].Line}"));
        }

        _open[^1] = _open[^1] with { HasElse = tag == "else" };
    }

    private void Open(string tag, LiquidWords words)
    {
        if (_open.Count == DeepestNesting)
            throw Wrong($"is nested more than {DeepestNesting} deep");
        _open.Add(new Block(tag, _token.Line, tag == "for" ? words.First : null));
    }

    private LiquidWords Words(string text) => new(text, _token.Line, IsKnown, names);

    private bool IsKnown(string name) => names.Contains(name) || _made.Contains(name) || _open.Exists(b =>
        b.LoopName is not null && (b.LoopName == name || LoopNames.Contains(name.Replace("forloop.", "", StringComparison.Ordinal), StringComparer.Ordinal)));

    private void Add(params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
            _tokens.Add((text, _token.Line));
    }

    private LiquidException Wrong(string problem) => new(_token.Line, problem);

    private sealed record Block(string Tag, int Line, string? LoopName, bool HasElse = false);
}
