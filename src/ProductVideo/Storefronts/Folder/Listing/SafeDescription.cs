using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>A shop's description as markup that can do no harm: parsed as a browser would, rebuilt from an allow-list without attributes.</summary>
internal static class SafeDescription
{
    private const int MostCharacters = 60_000;
    private const int MostDepth = 60;

    private static readonly Dictionary<string, string> _kept = new(StringComparer.Ordinal)
    {
        ["p"] = "p", ["ul"] = "ul", ["ol"] = "ol", ["li"] = "li", ["strong"] = "strong", ["b"] = "strong", ["em"] = "em", ["i"] = "em", ["br"] = "br",
        ["h1"] = "h2", ["h2"] = "h2", ["h3"] = "h3", ["h4"] = "h4", ["h5"] = "h4", ["h6"] = "h4",
        ["table"] = "table", ["caption"] = "caption", ["thead"] = "thead", ["tbody"] = "tbody", ["tfoot"] = "tfoot", ["tr"] = "tr", ["th"] = "th", ["td"] = "td",
    };

    /// <summary>Their content is no text for readers.</summary>
    private static readonly HashSet<string> _dropped = new(StringComparer.Ordinal)
    {
        "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "title", "head", "textarea", "select", "button", "xmp",
        "plaintext", "noembed", "noframes",
    };

    public static Html From(string html)
    {
        if (html.Length > MostCharacters)
            html = html[..MostCharacters];
        var document = new HtmlParser().ParseDocument(html);
        if (document.Body is not { } body)
            return Html.Empty;
        if (body.Children.Length == 0)
            return Paragraphs(body.TextContent);

        var markup = new StringBuilder(html.Length);
        AppendChildren(markup, body, 0);
        return new(markup.ToString());
    }

    /// <summary>The words alone, for search engines.</summary>
    public static string Text(string html, int most)
    {
        var document = new HtmlParser().ParseDocument(html.Length > MostCharacters ? html[..MostCharacters] : html);
        foreach (var dropped in document.All.Where(e => _dropped.Contains(e.LocalName)).ToList())
            dropped.Remove();
        return PlainText.Clean(document.Body?.TextContent, most);
    }

    private static Html Paragraphs(string text) =>
        Html.Join(text.Split('\n').Select(line => PlainText.Clean(line, MostCharacters)).Where(line => line.Length > 0).Select(line => Html.Of($"<p>{line}</p>")));

    private static void AppendChildren(StringBuilder markup, INode parent, int depth)
    {
        foreach (var node in parent.ChildNodes)
        {
            if (node is IText text)
                markup.Append(Html.Encode(Visible(text.Data)));
            else if (node is IElement element && !_dropped.Contains(element.LocalName))
                Append(markup, element, depth);
        }
    }

    private static void Append(StringBuilder markup, IElement element, int depth)
    {
        if (depth >= MostDepth)
        {
            // No honest text nests like this; what it says is dropped rather than walked.
            return;
        }

        if (!_kept.TryGetValue(element.LocalName, out var tag))
        {
            markup.Append(' ');
            AppendChildren(markup, element, depth + 1);
            markup.Append(' ');
        }
        else if (tag == "br")
        {
            markup.Append("<br>");
        }
        else
        {
            markup.Append('<').Append(tag).Append('>');
            AppendChildren(markup, element, depth + 1);
            markup.Append("</").Append(tag).Append('>');
        }
    }

    private static string Visible(string text)
    {
        var clean = PlainText.Clean(text, MostCharacters);
        var lead = text.Length > 0 && char.IsWhiteSpace(text[0]) ? " " : "";
        var trail = clean.Length > 0 && char.IsWhiteSpace(text[^1]) ? " " : "";
        return lead + clean + trail;
    }
}
