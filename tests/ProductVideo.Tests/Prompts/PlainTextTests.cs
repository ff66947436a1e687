using System.Globalization;
using CsCheck;
using ProductVideo.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

public class PlainTextTests
{
    [Theory]
    [InlineData("a\u202Eb\u2066c\u200Fd", "abcd")]
    [InlineData("a\u0000b\u0007c\u0085d", "abc\nd")]
    [InlineData("a\u200Bb\uFEFFc\u00ADd\u2060e", "abcde")]
    [InlineData("a\U000E0041\U000E0042b", "ab")]
    [InlineData("a\uE000b\uFFFEc\uFDD0d", "abcd")]
    [InlineData("a\u3164\u2800b", "ab")]
    public void what_cannot_be_seen_goes(string text, string expected) => PlainText.Clean(text, 100).ShouldBe(expected);

    [Fact]
    public void unpaired_surrogates_go_and_pairs_stay() => PlainText.Clean("a\uD83Db\uDE00c😀", 100).ShouldBe("abc😀");

    [Fact]
    public void a_joiner_stays_only_between_letters_that_need_it()
    {
        PlainText.Clean("می\u200Cخواهم", 100).ShouldBe("می\u200Cخواهم");
        PlainText.Clean("a\u200Cb\u200D", 100).ShouldBe("ab");
    }

    [Theory]
    [InlineData("  a \t\u00A0 b  ", "a b")]
    [InlineData("a\r\n \n\n b\u2028c", "a\nb\nc")]
    public void space_collapses_and_line_breaks_stay(string text, string expected) => PlainText.Clean(text, 100).ShouldBe(expected);

    [Fact]
    public void one_line_has_no_line_breaks() => PlainText.OneLine("a\r\nb\u2029c\n", 100).ShouldBe("a b c");

    [Theory]
    [InlineData("alpha beta gamma", 10, "alpha beta")]
    [InlineData("alpha beta gamma", 12, "alpha beta")]
    [InlineData("alpha beta gamma", 16, "alpha beta gamma")]
    [InlineData("alphabetagamma", 5, "alpha")]
    [InlineData("alpha", 0, "")]
    public void a_cut_falls_between_words_where_there_is_one(string text, int max, string expected) =>
        PlainText.Clean(text, max).ShouldBe(expected);

    [Fact]
    public void a_cut_does_not_part_what_is_seen_as_one_character() =>
        // "e" with two accents, then a flag of two code points.
        PlainText.CutAtWord("xxe\u0301\u0323🇩🇪🇫🇷", 8).ShouldBe("xxe\u0301\u0323");

    [Fact]
    public void any_text_comes_out_clean_and_cleaning_again_changes_nothing() =>
        Gen.Select(Gen.String, Gen.Int[0, 80]).Sample((text, max) =>
        {
            var clean = PlainText.Clean(text, max);
            clean.Length.ShouldBeLessThanOrEqualTo(max);
            clean.ShouldAllBe(c => c == '\n' || char.GetUnicodeCategory(c) != UnicodeCategory.Control);
            PlainText.Clean(clean, max).ShouldBe(clean);
        });
}
