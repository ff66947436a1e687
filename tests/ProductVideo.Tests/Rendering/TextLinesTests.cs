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

    [Theory]
    [InlineData("Kanister ≤ 60 °C", "≤")]
    [InlineData("Rohr ⌀ 20 mm", "⌀")]
    [InlineData("USB → HDMI", "→")]
    [InlineData("Armband ♀", "♀")]
    [InlineData("Set ❶", "❶")]
    [InlineData("Dose 20 ℃ ≥", "≥")]
    public void numbers_and_signs_without_a_font_are_named_too(string text, string missing) =>
        TextLines.Clean(text, FontShelf.Has).MissingLetters.ShouldBe(missing);

    [Theory]
    [InlineData("Kanon Ⅱ", "Kanon II")]
    [InlineData("Set ①②", "Set 1 2")]
    [InlineData("Teil 2①", "Teil 2 1")]
    [InlineData("㈱山田", "(株)山田")]
    [InlineData("𝗡𝗶𝗸𝗲 𝟏𝟐", "Nike 12")]
    public void a_sign_gives_way_to_the_letters_it_stands_for(string text, string clean) =>
        TextLines.Clean(text, FontShelf.Has).ShouldBe((clean, ""));

    [Theory]
    [InlineData("★ Mug ✓ ● ⚡ 1️⃣", "Mug 1")]
    [InlineData("Mug 👩🏽⌚ ➕", "Mug")]
    public void what_only_adorns_goes_without_a_word(string text, string clean)
    {
        var (result, missing) = TextLines.Clean(text, FontShelf.Has);
        result.ShouldBe(clean);
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void a_tower_of_marks_is_cut_down()
    {
        TextLines.Clean("Mug" + new string('\u0301', 87), FontShelf.Has).Text.Count(c => c == '\u0301').ShouldBe(3);
        TextLines.Clean("กิ" + new string('\u0E49', 87), FontShelf.Has).Text.Length.ShouldBeLessThan(12);
    }

    [Theory]
    [InlineData("Tiếng Việt ngữ ưỡn ỗ ặ ẵ")]
    [InlineData("กระเป๋าน้ำผึ้งที่ก็ปู่ฏิ๊")]
    [InlineData("हिन्दी र्ज़ों क्ष्म्यूँ ड़ाँ")]
    [InlineData("مُحَمَّدٌ رَسُولُ ٱللَّهِ")]
    [InlineData("בְּרֵאשִׁ֖ית שָּׁ֑")]
    [InlineData("မြွှို့ ကြွှုံး")]
    [InlineData("ក្រុំស្ត្រី")]
    public void words_keep_their_marks(string text)
    {
        var composed = text.Normalize();
        TextLines.Clean(text, _ => true).Text.ShouldBe(composed);
        TextLines.Clean(text.Normalize(System.Text.NormalizationForm.FormD), _ => true).Text.ShouldBe(composed);
    }
}
