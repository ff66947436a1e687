using System.Text.RegularExpressions;

namespace ProductVideo.Prompts.Liquid;

internal enum LiquidPart
{
    Text,

    /// <summary>Text that may hold braces.</summary>
    Raw,
    Output,
    Tag,
}

/// <param name="Part">What it is.</param>
/// <param name="Text">Without its braces and on one line, unless it is text or raw.</param>
/// <param name="Line">From 1; where it begins.</param>
internal readonly record struct LiquidToken(LiquidPart Part, string Text, int Line);

/// <summary>Parts a source into text, <c>{{ … }}</c> and <c>{% … %}</c>, because DotLiquid's own tokens know no lines. What a <c>-</c> trims and comments are gone.</summary>
internal static partial class LiquidLexer
{
    public static IReadOnlyList<LiquidToken> Split(string source)
    {
        source = source.ReplaceLineEndings("\n");
        var tokens = new List<LiquidToken>();
        var line = 1;
        var trimNext = false;
        for (var at = 0; at < source.Length;)
        {
            var open = Opening().Match(source, at) is { Success: true } found ? found.Index : source.Length;
            AddText(at, open, trimEnd: source.AsSpan(open).StartsWith("{{-") || source.AsSpan(open).StartsWith("{%-"));
            if (open == source.Length)
                break;
            var isTag = source[open + 1] == '%';
            var close = (isTag ? TagEnd() : OutputEnd()).Match(source, open);
            if (!close.Success)
                throw new LiquidException(line, isTag ? "'{%' is never closed by '%}'" : "'{{' is never closed by '}}'");
            var token = new LiquidToken(isTag ? LiquidPart.Tag : LiquidPart.Output, close.Groups["inner"].Value.ReplaceLineEndings(" ").Trim(), line);
            line += close.ValueSpan.Count('\n');
            at = close.Index + close.Length;
            trimNext = close.Groups["trim"].Success;
            if (isTag && token.Text is "comment" or "raw")
                AddUnread(token, ref at);
            else
                tokens.Add(token);
        }

        return tokens;

        void AddText(int from, int to, bool trimEnd)
        {
            var text = source.AsSpan(from, to - from);
            var start = line;
            line += text.Count('\n');
            text = trimNext ? text.TrimStart() : text;
            text = trimEnd ? text.TrimEnd() : text;
            if (text.Length > 0)
                tokens.Add(new LiquidToken(LiquidPart.Text, text.ToString(), start));
        }

        void AddUnread(LiquidToken start, ref int at)
        {
            var end = (start.Text == "raw" ? RawEnd() : CommentEnd()).Match(source, at);
            if (!end.Success)
                throw new LiquidException(start.Line, $"'{start.Text}' is never closed by 'end{start.Text}'");
            if (start.Text == "raw" && end.Index > at)
                tokens.Add(start with { Part = LiquidPart.Raw, Text = source[at..end.Index] });
            line += source.AsSpan(at, end.Index + end.Length - at).Count('\n');
            at = end.Index + end.Length;
            trimNext = end.Groups["trim"].Success;
        }
    }

    [GeneratedRegex("{[{%]", RegexOptions.None, Timeout.Infinite)]
    private static partial Regex Opening();

    [GeneratedRegex("\\G{{-?(?<inner>(?>\"[^\"]*\"|'[^']*'|[^\"'}-]|-(?!}})|}(?!}))*)(?<trim>-)?}}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex OutputEnd();

    [GeneratedRegex("\\G{%-?(?<inner>(?>\"[^\"]*\"|'[^']*'|[^\"'%-]|-(?!%})|%(?!}))*)(?<trim>-)?%}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex TagEnd();

    [GeneratedRegex("{%-?\\s*endraw\\s*(?<trim>-)?%}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex RawEnd();

    [GeneratedRegex("{%-?\\s*endcomment\\s*(?<trim>-)?%}", RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex CommentEnd();
}
