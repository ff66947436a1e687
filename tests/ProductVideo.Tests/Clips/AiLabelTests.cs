using ProductVideo.Clips;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Clips;

public class AiLabelTests
{
    [Theory]
    [InlineData("de", "Mit KI erstellt", "de")]
    [InlineData("de-AT", "Mit KI erstellt", "de")]
    [InlineData("FR_ca", "Créé avec l’IA", "fr")]
    [InlineData("pt-BR", "Criado com IA", "pt")]
    [InlineData("zh-Hant-TW", "AI生成", "zh")]
    [InlineData(" ja ", "AIで作成", "ja")]
    [InlineData("en-GB", "Made with AI", "en")]
    [InlineData("fi", "Made with AI", "en")]
    [InlineData("", "Made with AI", "en")]
    [InlineData(null, "Made with AI", "en")]
    public void a_label_is_in_the_listings_language_or_else_in_english(string? locale, string text, string language) =>
        AiLabel.In(locale).ShouldBe(new AiLabel(text, language));

    [Fact]
    public void the_languages_of_the_larger_markets_have_words() => AiLabel.All.Select(label => label.Language)
        .ShouldBe(["en", "de", "fr", "es", "it", "nl", "pl", "pt", "sv", "da", "ja", "zh", "ko"], ignoreOrder: true);
}
