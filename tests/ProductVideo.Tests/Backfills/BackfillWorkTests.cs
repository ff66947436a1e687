using Microsoft.EntityFrameworkCore;
using ProductVideo.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class BackfillWorkTests : BackfillFixture
{
    [Fact]
    public async Task one_whose_orders_are_broken_off_is_gone_on_with_at_once()
    {
        Stock(3);
        await ScanAsync();
        var started = await StartedAsync(await QuotedAsync());
        Shop.Reading = new TaskCompletionSource().Task;
        using var stop = new CancellationTokenSource();
        var moving = Pipeline.Get<BackfillWork>().MoveNextAsync(stop.Token);
        while (await OwnerAsync() is null)
        {
            // It is about to be claimed.
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => moving);
        (await OwnerAsync()).ShouldBeNull();

        Shop.Reading = Task.CompletedTask;
        await MoveAsync();
        (await VideosAsync()).Count.ShouldBe(3);
        (await NowAsync(started)).Problem.ShouldBeNull();
    }

    private Task<string?> OwnerAsync() => ReadAsync(db => db.Backfills.Select(row => row.Owner).SingleAsync(Token));
}
