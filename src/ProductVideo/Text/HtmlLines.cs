using System.Collections.Frozen;
using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace ProductVideo.Text;

/// <summary>
/// Writes the text of markup with a line break wherever a reader would see one. Reads tokens and builds no tree: a tree of a
/// hundred thousand nested elements takes minutes to build, and anybody who writes a description could send one.
/// </summary>
internal sealed class HtmlLines
{
    // Their content is no markup, so the tokenizer must be told to pass over tags in it.
    private static readonly FrozenSet<string> Raw = Set("script", "style", "noscript", "iframe", "noembed", "noframes", "textarea", "title", "xmp");

    private static readonly FrozenSet<string> Unread =
        Set("template", "head", "object", "svg", "math", "audio", "video", "canvas", "select", "button");

    private static readonly FrozenSet<string> Void =
        Set("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr");

    private static readonly FrozenSet<string> Lines = Set(
        "address", "article", "aside", "blockquote", "br", "caption", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul");

    private readonly StringBuilder _text = new();
    private string? _passing;
    private int _passingDepth;
    private int _cell;

    public static string Of(string markup)
    {
        var lines = new HtmlLines();
        using var source = new TextSource(markup);
        using var tokens = new HtmlTokenizer(source, HtmlEntityProvider.Resolver);
        for (var token = tokens.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokens.Get())
            lines.Read(token, tokens);
        return lines._text.ToString();
    }

    private void Read(HtmlToken token, HtmlTokenizer tokens)
    {
        var opens = token.Type == HtmlTokenType.StartTag;
        if (opens && Raw.Contains(token.Name))
            tokens.State = token.Name == "script" ? HtmlParseMode.Script : HtmlParseMode.Rawtext;
        if (_passing is not null)
            PassOver(token, opens);
        else if (token.Type == HtmlTokenType.Character)
            _text.Append(token.Data.ReplaceLineEndings(" "));
        else if (opens && IsPassedOver(token.AsTag()))
            (_passing, _passingDepth) = (token.Name, 1);
        else if (opens)
            Open(token.Name);
        else if (token.Type == HtmlTokenType.EndTag && (Lines.Contains(token.Name) || token.Name == "dd"))
            _text.Append('\n');
    }

    private void Open(string name)
    {
        if (Lines.Contains(name))
            _text.Append('\n');
        if (name == "tr")
            _cell = 0;
        else if (name is "td" or "th")
            Part(++_cell == 2 ? ": " : " ");
        else if (name == "dd")
            Part(": ");
    }

    // Between a name and its value, for rows and definitions: "Material: oak".
    private void Part(string mark)
    {
        while (_text.Length > 0 && (_text[^1] == ' ' || (mark == ": " && _text[^1] == '\n')))
            _text.Length--;
        if (_text.Length > 0 && _text[^1] != '\n')
            _text.Append(_text[^1] == ':' ? " " : mark);
    }

    private void PassOver(HtmlToken token, bool opens)
    {
        if (token.Name != _passing)
            return;
        if (opens && !Raw.Contains(token.Name))
            _passingDepth++;
        else if (token.Type == HtmlTokenType.EndTag && --_passingDepth == 0)
            _passing = null;
    }

    private static bool IsPassedOver(HtmlTagToken tag) => !Void.Contains(tag.Name)
        && (Raw.Contains(tag.Name) || (!tag.IsSelfClosing && Unread.Contains(tag.Name)) || IsHidden(tag));

    private static bool IsHidden(HtmlTagToken tag)
    {
        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Name == "hidden"
                || (attribute.Name == "style" && attribute.Value.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.Ordinal);
}
