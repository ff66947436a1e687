using System.Text;
using CsCheck;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

public class PromptLengthTests
{
    [Theory]
    [InlineData("mug", 3, 3, 3, 3)]
    [InlineData("größe", 5, 5, 7, 5)]
    [InlineData("😀", 1, 2, 4, 1)]
    [InlineData("杯子", 2, 2, 6, 4)]
    [InlineData("カップ、", 4, 4, 12, 8)]
    [InlineData("머그", 2, 2, 6, 4)]
    [InlineData("𠮷", 1, 2, 4, 2)]
    [InlineData("Ａ１", 2, 2, 6, 4)]
    [InlineData("كوب", 3, 3, 6, 3)]
    [InlineData("", 0, 0, 0, 0)]
    public void each_provider_counts_in_its_own_way(string text, int characters, int utf16, int bytes, int cjkDouble)
    {
        PromptLength.Count(text, PromptUnit.Characters).ShouldBe(characters);
        PromptLength.Count(text, PromptUnit.Utf16Units).ShouldBe(utf16);
        PromptLength.Count(text, PromptUnit.Utf8Bytes).ShouldBe(bytes);
        PromptLength.Count(text, PromptUnit.CjkCountsDouble).ShouldBe(cjkDouble);
    }

    [Fact]
    public void five_thousand_latin_or_half_as_many_chinese_characters_are_the_same_length()
    {
        PromptLength.Count(new string('a', 5000), PromptUnit.CjkCountsDouble).ShouldBe(5000);
        PromptLength.Count(new string('杯', 2500), PromptUnit.CjkCountsDouble).ShouldBe(5000);
    }

    [Fact]
    public void an_unpaired_surrogate_counts_as_what_is_sent_for_it() =>
        PromptLength.Count("\uD83D", PromptUnit.Utf8Bytes).ShouldBe(Encoding.UTF8.GetByteCount("\uFFFD"));

    [Theory]
    [InlineData("one two three", 8, "one two")]
    [InlineData("杯子很好看", 5, "杯子")]
    [InlineData("😀😀😀", 2, "😀😀")]
    [InlineData("abc", 0, "")]
    public void a_cut_keeps_whole_words_and_characters(string text, int max, string expected) =>
        PromptLength.Cut(text, PromptUnit.CjkCountsDouble, max).ShouldBe(expected);

    [Fact]
    public void a_cut_never_exceeds_the_limit_and_is_a_beginning() =>
        Gen.Select(Gen.String, Gen.Enum<PromptUnit>(), Gen.Int[0, 60]).Sample((text, unit, max) =>
        {
            var cut = PromptLength.Cut(text, unit, max);
            PromptLength.Count(cut, unit).ShouldBeLessThanOrEqualTo(max);
            text.StartsWith(cut, StringComparison.Ordinal).ShouldBeTrue();
        });
}
