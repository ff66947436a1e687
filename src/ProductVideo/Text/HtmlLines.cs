using System.Collections.Frozen;
using System.Text;
using AngleSharp.Dom;

namespace ProductVideo.Text;

/// <summary>Walks a document and writes its text, with a line break wherever a reader would see one.</summary>
internal static class HtmlLines
{
    private static readonly FrozenSet<string> Unread = new[]
    {
        "SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "HEAD", "TITLE", "IFRAME", "OBJECT", "EMBED", "SVG", "MATH", "AUDIO", "VIDEO", "CANVAS",
        "SELECT", "TEXTAREA", "BUTTON", "NOEMBED", "NOFRAMES",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Lines = new[]
    {
        "ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "BR", "CAPTION", "DETAILS", "DIV", "DL", "DT", "FIGCAPTION", "FIGURE", "FOOTER", "FORM", "H1", "H2",
        "H3", "H4", "H5", "H6", "HEADER", "HR", "LI", "MAIN", "NAV", "OL", "P", "PRE", "SECTION", "SUMMARY", "TABLE", "TBODY", "TFOOT", "THEAD",
        "TR", "UL",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Goes by neighbour and parent instead of calling itself, because a listing may nest deeper than a stack.</summary>
    public static string Of(INode root)
    {
        var text = new StringBuilder();
        var node = root;
        var down = true;
        while (true)
        {
            if (down && Enter(node, text) && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }

            Leave(node, text);
            if (node == root)
                return text.ToString();
            down = node.NextSibling is not null;
            node = node.NextSibling ?? node.Parent!;
        }
    }

    private static bool Enter(INode node, StringBuilder text)
    {
        if (node is IText words)
            text.Append(words.Data.ReplaceLineEndings(" ").Replace('\u2028', ' ').Replace('\u2029', ' '));
        if (node is not IElement element)
            return false;
        if (Unread.Contains(element.LocalName) || IsHidden(element))
            return false;
        if (Lines.Contains(element.LocalName))
            text.Append('\n');
        return true;
    }

    private static bool IsHidden(IElement element) => element.HasAttribute("hidden")
        || (element.GetAttribute("style")?.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase) ?? false);

    private static void Leave(INode node, StringBuilder text)
    {
        if (node is not IElement element || Unread.Contains(element.LocalName))
            return;
        if (Lines.Contains(element.LocalName))
            text.Append(element.LocalName == "dt" ? ": " : "\n");
        else if (element.LocalName is "td" or "th" && element.NextElementSibling is not null)
            text.Append(element.PreviousElementSibling is null ? ": " : " ");
        else if (element.LocalName == "dd")
            text.Append('\n');
    }
}
