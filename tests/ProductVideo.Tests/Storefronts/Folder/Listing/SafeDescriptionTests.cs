using CsCheck;
using AngleSharp.Html.Parser;
using ProductVideo.Storefronts.Folder.Listing;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder.Listing;

public sealed class SafeDescriptionTests
{
    private static readonly string[] _allowed =
        ["P", "UL", "OL", "LI", "STRONG", "EM", "BR", "H2", "H3", "H4", "TABLE", "CAPTION", "THEAD", "TBODY", "TFOOT", "TR", "TH", "TD"];

    [Theory]
    [InlineData("<p>One &amp; <b>two</b><br>three</p>", "<p>One &amp; <strong>two</strong><br>three</p>")]
    [InlineData("<p class=x style='a:b' onclick=alert(1)>x</p>", "<p>x</p>")]
    [InlineData("<h1>Big</h1><h6>Small</h6>", "<h2>Big</h2><h4>Small</h4>")]
    [InlineData("<script>alert(1)</script><p>x</p>", "<p>x</p>")]
    [InlineData("<p>x<img src=x onerror=alert(1)></p>", "<p>x  </p>")]
    [InlineData("<svg><p>y</p></svg><p>x</p>", "<p>y</p><p>x</p>")]
    [InlineData("<table><tr><td colspan=3>1</td></tr></table>", "<table><tbody><tr><td>1</td></tr></tbody></table>")]
    [InlineData("Plain & simple\nSecond line", "<p>Plain &amp; simple</p><p>Second line</p>")]
    [InlineData("", "")]
    public void only_harmless_structure_is_kept(string html, string expected) => SafeDescription.From(html).Markup.ShouldBe(expected);

    [Fact]
    public void whatever_the_shop_writes_only_allowed_tags_without_attributes_come_out()
    {
        string[] pieces =
        [
            "<p>", "</p>", "<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href=javascript:alert(1)>", "<style>", "</style>", "<svg>", "<math>", "<mi>",
            "<table>", "<tr>", "<td>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<noscript>", "<textarea>", "<title>", "<template>", "<iframe srcdoc='<b>'>", "&lt;script&gt;",
            "\"", "'", "<", ">", "\0", "text", "<plaintext>", "<select>", "<mglyph>", "<annotation-xml encoding=text/html>", "<body onload=x>", "<b", " x=y", "/>",
        ];
        var piece = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);
        piece.Array[0, 30].Select(string.Concat).Sample(html =>
        {
            var rebuilt = SafeDescription.From(html).Markup;
            var elements = new HtmlParser().ParseDocument("<!doctype html><body>" + rebuilt).Body!.QuerySelectorAll("*");
            foreach (var element in elements)
            {
                _allowed.ShouldContain(element.TagName);
                element.Attributes.Length.ShouldBe(0);
            }
        }, iter: 1_000);
    }

    [Fact]
    public void endless_nesting_ends_quickly_and_safely()
    {
        SafeDescription.From(string.Concat(Enumerable.Repeat("<div>", 200_000)) + "x").Markup.Length.ShouldBeLessThan(1000);
        SafeDescription.Text(string.Concat(Enumerable.Repeat("<b><i>", 50_000)) + "x", 100).Length.ShouldBeLessThanOrEqualTo(101);
    }

    [Fact]
    public void text_that_turns_the_reading_direction_is_cleaned()
    {
        SafeDescription.From("<p>safe\u202Eexe.gpj</p>").Markup.ShouldBe("<p>safeexe.gpj</p>");
        PlainText.Clean("a\u200Bb\0c\u2066d", 10).ShouldBe("ab cd");
        PlainText.Clean("👩‍🎨👩‍🎨", 6).ShouldBe("👩‍🎨…"[..5] + "…");
    }
}
