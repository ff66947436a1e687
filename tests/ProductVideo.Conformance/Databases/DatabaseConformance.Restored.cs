using ProductVideo.Generations;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>A database that was put back from a backup.</content>
public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task orders_of_a_restored_backup_are_marked_once_and_whoever_held_them_holds_nothing()
    {
        var claimed = await ClaimAsync("worker", Lease);
        var waiting = await AddAsync(Orders.New(await NowAsync()));
        var restored = Database.Get<RestoredBackup>();

        (await restored.RunAsync(Token)).ShouldBe(new RestoreReport(SameKey: 2));
        (await FindAsync(waiting)).State.ShouldBe(new GenerationState.Planned(MaybeSent: true));
        (await SaveAsync(claimed, new GenerationState.Cancelled("one"), "worker", keepFor: null)).ShouldBeNull();
        (await restored.RunAsync(Token)).ShouldBe(new RestoreReport());
    }
}
