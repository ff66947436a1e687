using System.Globalization;

namespace ProductVideo.Prompts.Liquid;

/// <summary>Builds the tree of a template and refuses whatever it does not know.</summary>
internal sealed class LiquidParser(IReadOnlyList<LiquidToken> tokens, IReadOnlySet<string> names)
{
    private const int DeepestNesting = 10;
    private readonly List<string> _loopNames = [];
    private int _at;
    private int _depth;

    public IReadOnlyList<LiquidNode> ParseAll()
    {
        var nodes = Block();
        if (_at < tokens.Count)
            throw new LiquidException(tokens[_at].Line, $"'{Word(tokens[_at])}' closes nothing");
        return nodes;
    }

    private List<LiquidNode> Block()
    {
        var nodes = new List<LiquidNode>();
        for (; _at < tokens.Count; _at++)
        {
            var token = tokens[_at];
            if (token.Part == LiquidPart.Text)
                nodes.Add(new LiquidText(token.Line, token.Text));
            else if (token.Part == LiquidPart.Output)
                nodes.Add(new LiquidOutput(token.Line, Reader(token, token.Text).ReadWhole()));
            else if (Word(token) is "elsif" or "else" || Word(token).StartsWith("end", StringComparison.Ordinal))
                return nodes;
            else if (Word(token) == "comment")
                SkipComment(token);
            else
                nodes.Add(Statement(token));
        }

        return nodes;
    }

    private LiquidNode Statement(LiquidToken token)
    {
        if (++_depth > DeepestNesting)
            throw new LiquidException(token.Line, $"is nested more than {DeepestNesting} deep");
        LiquidNode node = Word(token) switch
        {
            "if" => If(token, negate: false),
            "unless" => If(token, negate: true),
            "for" => For(token),
            var other => throw new LiquidException(token.Line, $"'{other}' is not a tag; there are if, unless, for and comment"),
        };
        _depth--;
        return node;
    }

    private LiquidIf If(LiquidToken start, bool negate)
    {
        var branches = new List<(LiquidExpression? Condition, IReadOnlyList<LiquidNode> Body)>();
        var condition = (LiquidExpression?)Reader(start, Rest(start)).ReadWhole();
        if (negate)
            condition = new LiquidExpression.Not(condition!);
        while (true)
        {
            _at++;
            branches.Add((condition, Block()));
            var end = Expect(start);
            if (Word(end) == "else" && condition is not null)
                condition = null;
            else if (Word(end) == "elsif" && condition is not null)
                condition = Reader(end, Rest(end)).ReadWhole();
            else if (Word(end) == (negate ? "endunless" : "endif"))
                return new LiquidIf(start.Line, branches);
            else
                throw new LiquidException(end.Line, $"'{Word(end)}' does not fit the '{Word(start)}' of line {Number(start.Line)}");
        }
    }

    private LiquidFor For(LiquidToken start)
    {
        var words = Rest(start).Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 3 || words[1] != "in" || words[0].Contains('.', StringComparison.Ordinal))
            throw new LiquidException(start.Line, "'for' is written {% for name in list %}");
        var list = Reader(start, words[2]).ReadWhole();
        _loopNames.Add(words[0]);
        _at++;
        var body = Block();
        var end = Expect(start);
        if (Word(end) != "endfor")
            throw new LiquidException(end.Line, $"'{Word(end)}' does not fit the 'for' of line {Number(start.Line)}");
        _loopNames.RemoveAt(_loopNames.Count - 1);
        return new LiquidFor(start.Line, words[0], list, body);
    }

    private void SkipComment(LiquidToken start)
    {
        while (tokens[_at].Part != LiquidPart.Tag || Word(tokens[_at]) != "endcomment")
        {
            _at++;
            _ = Expect(start);
        }
    }

    private LiquidToken Expect(LiquidToken start) => _at < tokens.Count
        ? tokens[_at]
        : throw new LiquidException(start.Line, $"'{Word(start)}' is never closed by 'end{Word(start)}'");

    private LiquidExpressionReader Reader(LiquidToken token, string text) =>
        new(text, token.Line, name => names.Contains(name) || _loopNames.Contains(name, StringComparer.Ordinal), names);

    private static string Word(LiquidToken token) => token.Text.Split([' ', '\n', '\t'], 2)[0];

    private static string Rest(LiquidToken token) => token.Text[Word(token).Length..].Trim();

    private static string Number(int line) => line.ToString(CultureInfo.InvariantCulture);
}
