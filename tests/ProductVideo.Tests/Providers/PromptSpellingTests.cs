using ProductVideo.Exchange;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers;

public sealed class PromptSpellingTests
{
    private const string Sent = "A slow turn around \"Café mug, blue\" on an oak table.\nSoft light.";

    [Theory]
    [InlineData("A slow turn around \"Café mug, blue\" on an oak table. Soft light.", true)]
    [InlineData("A slow turn around “Cafe\u0301 mug, blue” on an oak table. Soft light.", false)]
    [InlineData("A slow turn around &quot;Caf&eacute; mug, blue&quot; on an oak table. Soft light.", false)]
    [InlineData("A slow turn around \\\"Café mug, blue\\\" on an oak table.\\Soft light.", false)]
    [InlineData("A slow turn around \"Café mug", false)]
    [InlineData(Sent + " No text, no logos.", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void what_was_spelt_anew_or_cut_short_may_be_it_and_is_not_proved_to_be(string? shown, bool proved) =>
        (PromptEcho.IsOf(Sent, shown), PromptEcho.MayBeOf(Sent, shown)).ShouldBe((proved, true));

    [Theory]
    [InlineData("A slow turn around \"Café mug, green\" on an oak table.\nSoft light.")]
    [InlineData("A quick turn around \"Café mug, blue\" on an oak table.\nSoft light.")]
    [InlineData("Another product.")]
    public void other_words_are_another_order_though_of_the_same_product(string shown) => PromptEcho.MayBeOf(Sent, shown).ShouldBeFalse();

    [Fact]
    public void half_a_character_is_no_obstacle() => PromptSpelling.MayBe("Mug \uD83D\uDE00", "Mug \uD83D").ShouldBeTrue();
}
