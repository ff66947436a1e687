using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>Finished markup. Made from a template whose every hole is encoded, unless it holds finished markup itself.</summary>
internal readonly record struct Html(string Markup)
{
    /// <summary>All scripts stay readable; what means something in markup or in a quoted attribute never does.</summary>
    private static readonly HtmlEncoder _encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static Html Empty { get; } = new("");

    public static Html Of(HtmlTemplate template) => new(template.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(p => p.Markup)));

    public static string Encode(string text) => _encoder.Encode(text);

    public override string ToString() => Markup;
}

/// <summary>Takes an interpolated string. Holes belong into text or into attributes in double quotes, nowhere else.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlTemplate(int literalLength, int formattedCount)
{
    private readonly StringBuilder _markup = new(literalLength + (formattedCount * 24));

    public void AppendLiteral(string literal) => _markup.Append(literal);

    public void AppendFormatted(string? text) => _markup.Append(Html.Encode(text ?? ""));

    public void AppendFormatted(int number) => _markup.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html html) => _markup.Append(html.Markup);

    public void AppendFormatted(IEnumerable<Html> parts) => _markup.Append(Html.Join(parts).Markup);

    public override string ToString() => _markup.ToString();
}
