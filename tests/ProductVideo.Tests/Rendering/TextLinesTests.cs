using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public class TextLinesTests
{
    [Fact]
    public void words_break_at_spaces() =>
        TextLines.Units("Stoneware mug 350 ml").Select(unit => unit.Text).ShouldBe(["Stoneware", "mug", "350", "ml"]);

    [Fact]
    public void ideographs_break_anywhere_but_before_closing_and_after_opening_marks() =>
        TextLines.Units("皮包，（大）").Select(unit => unit.Text).ShouldBe(["皮", "包，", "（大）"]);

    [Fact]
    public void latin_words_among_ideographs_stay_whole() =>
        TextLines.Units("新款iPhone保护壳").Select(unit => unit.Text).ShouldBe(["新", "款", "iPhone", "保", "护", "壳"]);

    [Fact]
    public void marks_stay_with_their_letters() => TextLines.Clusters("e\u0301क्षि").First().ShouldBe("e\u0301");

    [Fact]
    public void a_thai_vowel_written_first_stays_with_its_consonant() => TextLines.Clusters("เก่า").First().ShouldBe("เก่");

    [Fact]
    public void breaking_uses_as_few_lines_as_fit_and_evens_them_out()
    {
        var units = TextLines.Units("aa bb cc dd ee");
        TextLines.Break(units, [2, 2, 2, 2, 2], 1, 11).ShouldBe(["aa bb cc", "dd ee"]);
    }

    [Fact]
    public void a_word_wider_than_the_line_stands_alone()
    {
        var units = TextLines.Units("a bbbbbbbb c");
        TextLines.Break(units, [1, 8, 1], 1, 5).ShouldBe(["a", "bbbbbbbb", "c"]);
    }

    [Theory]
    [InlineData("حقيبة", true)]
    [InlineData("  12 תיק", true)]
    [InlineData("Tasche حقيبة", false)]
    [InlineData("350", false)]
    public void direction_is_that_of_the_first_letter(string text, bool rightToLeft) => TextLines.RightToLeft(text).ShouldBe(rightToLeft);

    [Theory]
    [InlineData("  two   spaces\r\nand a line ", "two spaces and a line")]
    [InlineData("Mug ☕🎁 for two", "Mug for two")]
    [InlineData("a\u202Eb\u2066c\u0000d", "abc d")]
    [InlineData("Tom & <b>Jerry</b>", "Tom & <b>Jerry</b>")]
    public void text_is_cleaned_before_it_is_set(string text, string clean)
    {
        var (result, missing) = TextLines.Clean(text, FontShelf.Has);
        result.ShouldBe(clean);
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void letters_without_a_font_are_named_not_dropped_in_silence() =>
        TextLines.Clean("Bag 𓀀", FontShelf.Has).MissingLetters.ShouldBe("𓀀");
}
