using CsCheck;
using ProductVideo.Text;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Text;

public class ListingTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>Two</p>", "One\nTwo")]
    [InlineData("<ul><li>Oak</li><li>Brass</li></ul>", "Oak\nBrass")]
    [InlineData("One<br>Two<br/><br>Three", "One\nTwo\nThree")]
    [InlineData("<table><tr><th>Material</th><td>Oak</td></tr><tr><td>Size</td><td>30 cm</td></tr></table>", "Material: Oak\nSize: 30 cm")]
    [InlineData("<dl><dt>Colour</dt><dd>Red</dd><dt>Use</dt><dd>Tea</dd></dl>", "Colour: Red\nUse: Tea")]
    [InlineData("<b>bold</b>face <i>and</i>\n more", "boldface and more")]
    public void what_readers_see_on_a_line_of_its_own_becomes_a_line(string html, string expected) =>
        ListingText.ToPlainText(html, 1000).ShouldBe(expected);

    [Theory]
    [InlineData("a<script>alert(1)</script>b", "ab")]
    [InlineData("a<style>p { color: red }</style>b", "ab")]
    [InlineData("a<!-- hidden -->b", "ab")]
    [InlineData("a<template>x</template><noscript>y</noscript><svg><text>z</text></svg>b", "ab")]
    [InlineData("a<span hidden>x</span><span style='Display : none'>y</span>b", "ab")]
    [InlineData("<img src=x onerror=alert(1)>a", "a")]
    public void what_readers_do_not_see_is_left_out(string html, string expected) => ListingText.ToPlainText(html, 1000).ShouldBe(expected);

    [Theory]
    [InlineData("<p>Salt &amp; pepper &lt;3 &eacute;&nbsp;&euro;</p>", "Salt & pepper <3 é €")]
    [InlineData("Salt &amp; pepper\nSecond line, 3 < 4", "Salt & pepper\nSecond line, 3 < 4")]
    public void entities_are_decoded(string html, string expected) => ListingText.ToPlainText(html, 1000).ShouldBe(expected);

    [Fact]
    public void a_script_written_in_entities_stays_text_and_is_read_once() =>
        ListingText.ToPlainText("<p>&lt;script&gt;x&lt;/script&gt; &amp;lt;b&amp;gt;</p>", 1000).ShouldBe("<script>x</script> &lt;b&gt;");

    [Fact]
    public void a_title_keeps_what_looks_like_markup_but_not_what_cannot_be_seen() =>
        ListingText.Clean("I <3 mugs <b>\u202E\0\u200B now", 100).ShouldBe("I <3 mugs <b> now");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \n ")]
    [InlineData("<")]
    [InlineData("<!")]
    [InlineData("<p")]
    [InlineData("</p></p><//")]
    [InlineData("<![CDATA[<?xml")]
    public void nothing_and_half_a_tag_are_fine(string? html) => ListingText.ToPlainText(html, 100).Length.ShouldBeLessThan(20);

    [Fact]
    public void a_megabyte_of_emoji_is_cut_to_whole_ones()
    {
        var text = ListingText.ToPlainText(string.Concat(Enumerable.Repeat("😀", 500_000)), 301);
        text.Length.ShouldBe(300);
        char.IsLowSurrogate(text[^1]).ShouldBeTrue();
    }

    [Fact]
    public void a_hundred_thousand_nested_elements_do_not_overflow_the_stack() =>
        ListingText.ToPlainText(string.Concat(Enumerable.Repeat("<div>", 100_000)) + "deep", 100).ShouldBe("deep");

    [Fact]
    public void any_text_gives_clean_text_within_the_limit() =>
        Gen.Select(Gen.OneOf(Gen.String, Gen.String[Gen.Char["<>/!-&;#xpbri \"'=\0\u202E\u200B"], 0, 200]), Gen.Int[0, 300]).Sample((html, max) =>
        {
            var text = ListingText.ToPlainText(html, max);
            text.Length.ShouldBeLessThanOrEqualTo(max);
            text.ShouldBe(text.Trim());
            text.IndexOfAny(['\0', '\u202E', '\u200B', '\r', '\t']).ShouldBe(-1);
        });
}
