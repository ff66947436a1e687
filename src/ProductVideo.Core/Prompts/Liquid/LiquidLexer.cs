namespace ProductVideo.Prompts.Liquid;

internal enum LiquidPart
{
    Text,
    Output,
    Tag,
}

internal readonly record struct LiquidToken(LiquidPart Part, string Text, int Line);

/// <summary>Parts a source into text, <c>{{ … }}</c> and <c>{% … %}</c>.</summary>
internal static class LiquidLexer
{
    public static IReadOnlyList<LiquidToken> Split(string source)
    {
        source = source.ReplaceLineEndings("\n");
        var tokens = new List<LiquidToken>();
        var at = 0;
        var line = 1;
        var trimNext = false;
        while (at < source.Length)
        {
            var open = NextOpening(source, at);
            var text = source[at..open];
            var textLine = line;
            line += text.Count('\n');
            if (trimNext)
                text = text.TrimStart();
            if (open == source.Length)
            {
                Add(tokens, text, textLine);
                break;
            }

            var output = source[open + 1] == '{';
            var close = Closing(source, open + 2, output ? "}}" : "%}");
            if (close < 0)
                throw new LiquidException(line, output ? "'{{' is never closed by '}}'" : "'{%' is never closed by '%}'");
            var inner = source[(open + 2)..close];
            Add(tokens, inner.StartsWith('-') ? text.TrimEnd() : text, textLine);
            trimNext = inner.EndsWith('-') && inner.Length > 1;
            tokens.Add(new LiquidToken(output ? LiquidPart.Output : LiquidPart.Tag, Inner(inner), line));
            line += inner.Count('\n');
            at = close + 2;
        }

        return tokens;
    }

    private static void Add(List<LiquidToken> tokens, string text, int line)
    {
        if (text.Length > 0)
            tokens.Add(new LiquidToken(LiquidPart.Text, text, line));
    }

    private static string Inner(string inner)
    {
        if (inner.StartsWith('-'))
            inner = inner[1..];
        if (inner.EndsWith('-'))
            inner = inner[..^1];
        return inner.Trim();
    }

    private static int NextOpening(string source, int from)
    {
        for (var i = from; i + 1 < source.Length; i++)
        {
            if (source[i] == '{' && source[i + 1] is '{' or '%')
                return i;
        }

        return source.Length;
    }

    private static int Closing(string source, int from, string mark)
    {
        char? quote = null;
        for (var i = from; i + 1 < source.Length; i++)
        {
            var c = source[i];
            if (quote is not null)
                quote = c == quote ? null : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == mark[0] && source[i + 1] == mark[1])
                return i;
        }

        return -1;
    }
}
