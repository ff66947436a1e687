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

    [Fact]
    public void a_product_of_which_some_ratio_is_left_out_is_told_beside_those_that_are_made() =>
        BackfillWords.Quote(new BackfillQuote(29, 57, [new Money(39.90m, "USD")], new Dictionary<SkipReason, int> { [SkipReason.OverBudget] = 3971 }, [], IndexedAt: null) { InPart = 1 })
            .ShouldBe("57 videos of 29 products for 39.90 USD; of 1 product not every ratio; 3,971 products are skipped.");
}
