using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Webhooks.Inbox;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Changes;

public sealed class HintTests : ChangesFixture
{
    [Fact]
    public async Task several_edits_in_a_row_make_one_look_two_minutes_after_the_last_and_fifteen_after_the_first_at_most()
    {
        var first = Pipeline.Clock.GetUtcNow();
        await HintAsync();
        (await RowAsync()).DueAt.ShouldBe(first.AddMinutes(2));
        for (var minute = 1; minute <= 14; minute++)
        {
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
            await HintAsync();
            (await RowAsync()).DueAt.ShouldBe(first.AddMinutes(Math.Min(15, minute + 2)));
            (await LookNowAsync()).ShouldBe(0);
        }

        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        (await LookNowAsync()).ShouldBe(1);
        var row = await RowAsync();
        (row.DueAt, row.HintedAt).ShouldBe((null, null));

        await HintAsync();
        (await RowAsync()).DueAt.ShouldBe(Pipeline.Clock.GetUtcNow().AddMinutes(2), "what was looked at counts from its next hint");
    }

    [Fact]
    public async Task a_hint_that_comes_during_a_look_leads_to_another()
    {
        await HintAsync();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(2));
        var watched = Pipeline.Get<WatchedProducts>();
        var row = (await watched.ClaimNextAsync(Token)).ShouldNotBeNull();
        await HintAsync();
        row.DueAt = null;
        (await watched.EndAsync(row, Token)).ShouldBeTrue();

        (await LookAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task news_is_written_in_the_deliverys_own_transaction()
    {
        await using var db = await Pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        await using (await db.Database.BeginTransactionAsync(Token))
        {
            foreach (var listener in Pipeline.Get<IEnumerable<IHearShops>>())
            {
                await listener.HearAsync(db, "test", new ShopNews.ProductsChanged(["mug", "bowl", "mug"]), Token);
                await listener.HearAsync(db, "test", new ShopNews.ProductsRemoved(["vase"]), Token);
                await listener.HearAsync(db, "test", new ShopNews.Other("orders/create"), Token);
            }

            (await db.WatchedProducts.Select(row => row.ProductId).OrderBy(id => id).ToListAsync(Token)).ShouldBe(["bowl", "mug", "vase"]);
        }

        (await Pipeline.Get<WatchedProducts>().FindAsync(Mug, Token)).ShouldBeNull("the delivery was undone");
    }

    [Fact]
    public async Task a_shop_that_took_our_access_away_gets_no_orders_until_it_lets_us_in_again()
    {
        await PublishAsync();
        await WantAsync(OnChange.Remake);
        await ScanAsync();
        await TellAsync(new ShopNews.Uninstalled());
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });

        var row = await HintAndLookAsync();
        (row.State, WatchedProduct.Of(row).Problem!.Code).ShouldBe(("Current", "shop_uninstalled"));
        (await VideosAsync()).Count.ShouldBe(1);

        Pipeline.Clock.Advance(TimeSpan.FromHours(6));
        (await ScanAsync()).ShouldBe(1);
        (await Pipeline.Get<WatchedShops>().FindAsync("test", Token))!.UninstalledAt.ShouldBeNull();
        await LookAsync();
        (await RowAsync()).RemakeId.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_shop_that_still_answers_in_the_moment_after_it_told_is_not_let_in_again()
    {
        await TellAsync(new ShopNews.Uninstalled());
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(5));
        (await ScanAsync()).ShouldBe(1);
        (await Pipeline.Get<WatchedShops>().FindAsync("test", Token))!.UninstalledAt.ShouldNotBeNull();
    }

    private async Task TellAsync(ShopNews news)
    {
        await using var db = await Pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        foreach (var listener in Pipeline.Get<IEnumerable<IHearShops>>())
            await listener.HearAsync(db, "test", news, Token);
    }
}
