using ProductVideo.Backfills;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillWordsTests
{
    [Fact]
    public void every_reason_and_state_is_a_sentence_of_its_own()
    {
        string[] sentences =
        [
            .. Enum.GetValues<SkipReason>().Select(BackfillWords.Of), .. Enum.GetValues<BackfillState>().Select(BackfillWords.Of), .. Enum.GetValues<ItemState>().Select(BackfillWords.Of),
        ];
        sentences.ShouldAllBe(sentence => sentence.EndsWith('.') && char.IsUpper(sentence[0]));
        sentences.ShouldBeUnique();
    }

    [Theory]
    [InlineData(214, 214, "107.00 USD", 12, "214 videos of 214 products for 107.00 USD; 12 products are skipped.")]
    [InlineData(1, 1, "0.50 USD", 1, "1 video of 1 product for 0.50 USD; 1 product is skipped.")]
    [InlineData(12500, 25000, "", 0, "25,000 videos of 12,500 products free of charge; no products are skipped.")]
    [InlineData(0, 0, "", 3, "0 videos of 0 products would be made; 3 products are skipped.")]
    public void a_quote_is_one_sentence(int products, int videos, string price, int skipped, string sentence)
    {
        IReadOnlyList<Money> prices = price.Length == 0 ? [] : [new Money(decimal.Parse(price.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), price.Split(' ')[1])];
        BackfillWords.Quote(new BackfillQuote(products, videos, prices, new Dictionary<SkipReason, int> { [SkipReason.HasVideo] = skipped }, [], IndexedAt: null)).ShouldBe(sentence);
    }
}
