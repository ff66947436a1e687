using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class WeekQuotaTests : BackfillFixture
{
    [Fact]
    public async Task where_more_were_ordered_than_a_week_now_has_there_is_room_once_enough_of_them_are_over()
    {
        Stock(5);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        await MoveAsync();
        var now = Pipeline.Clock.GetUtcNow();
        DateTimeOffset[] times = [.. (await ItemsAsync(started)).Select((_, i) => now.AddHours(i - 10))];
        await ReadAsync(async db =>
        {
            var rows = await db.BackfillItems.OrderBy(row => row.ProductId).ToListAsync(Token);
            for (var i = 0; i < rows.Count; i++)
                rows[i].OrderedAt = times[i];
            return await db.SaveChangesAsync(Token);
        });

        (await LeftAsync(2)).ShouldBe((0, times[3].AddDays(7)));
        (await LeftAsync(5)).ShouldBe((0, times[0].AddDays(7)));
        (await LeftAsync(6)).ShouldBe((1, now));

        Task<(int Left, DateTimeOffset MoreAt)> LeftAsync(int most) => ReadAsync(db => new WeekQuota(most).LeftAsync(db, "test", now, Token));
    }
}
