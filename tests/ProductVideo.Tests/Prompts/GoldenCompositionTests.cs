using Xunit;

namespace ProductVideo.Tests.Prompts;

public class GoldenCompositionTests
{
    [Fact]
    public void an_english_mug_is_composed_as_recorded()
    {
        GoldenFile.ShouldHold("mug.local.txt", CompositionText.Of(Products.Compose(Products.Mug, Products.Local)));
        GoldenFile.ShouldHold("mug.happyhorse.txt", CompositionText.Of(Products.Compose(Products.Mug, Products.HappyHorse)));
    }

    [Fact]
    public void a_german_wallet_is_composed_as_recorded()
    {
        GoldenFile.ShouldHold("wallet.local.txt", CompositionText.Of(Products.Compose(Products.GermanWallet, Products.Local)));
        GoldenFile.ShouldHold("wallet.happyhorse.txt", CompositionText.Of(Products.Compose(Products.GermanWallet, Products.HappyHorse)));
    }

    [Fact]
    public void an_arabic_candle_is_composed_as_recorded()
    {
        GoldenFile.ShouldHold("candle.local.txt", CompositionText.Of(Products.Compose(Products.ArabicCandle, Products.Local)));
        GoldenFile.ShouldHold("candle.happyhorse.txt", CompositionText.Of(Products.Compose(Products.ArabicCandle, Products.HappyHorse)));
    }
}
