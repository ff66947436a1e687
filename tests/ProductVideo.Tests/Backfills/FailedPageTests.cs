using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

/// <summary>A dry run whose page could not be written, or not be judged to its end.</summary>
public sealed class FailedPageTests : BackfillFixture
{
    [Fact]
    public async Task products_whose_rows_could_not_be_written_are_judged_again_and_each_counts_once()
    {
        Stock(5, (i, product) => product with { ProductType = i == 1 ? "Vases" : "Mugs" });
        await ScanAsync();
        var draft = await DraftAsync(new BackfillScope { ProductTypes = ["mugs"] });
        await Desk.QuoteAsync(draft.Id, Token);
        await ExecuteAsync("CREATE TRIGGER full BEFORE INSERT ON backfill_items WHEN NEW.\"ProductId\" = 'p003' BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
        await MoveAsync();
        var stuck = await NowAsync(draft);
        (stuck.State, stuck.Problem!.Code).ShouldBe((BackfillState.Quoting, "backfill_stuck"));
        stuck.Problem.OperatorText.ShouldContain("the disk is full");

        await ExecuteAsync("DROP TRIGGER full");
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        await MoveAsync();

        var quote = (await NowAsync(draft)).Quote!;
        (quote.Videos, quote.Prices.Single()).ShouldBe((4, Clip * 4));
        quote.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.OutOfScope] = 1 });
        (await ItemsAsync(draft, ItemState.Waiting)).Select(item => item.ProductId).ShouldBe(["p002", "p003", "p004", "p005"]);
    }

    private Task ExecuteAsync(string sql) => ReadAsync(async db => await db.Database.ExecuteSqlRawAsync(sql, Token));
}
