using Microsoft.EntityFrameworkCore;
using ProductVideo.Data;
using ProductVideo.Data.Archive;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Data;

public sealed class HousekeepingTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_chore_that_is_broken_off_is_begun_again_at_once()
    {
        var chore = new LongChore();
        var housekeeping = new Housekeeping(_pipeline.Get<IDbContextFactory<ProductVideoDb>>(), _pipeline.Get<IDatabaseClock>(), [chore]);
        using var stop = new CancellationTokenSource();
        var doing = housekeeping.DoNextAsync(stop.Token);
        await chore.Begun.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => doing);

        chore.Ends.SetResult();
        (await housekeeping.DoNextAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        (await housekeeping.DoNextAsync(TestContext.Current.CancellationToken)).ShouldBeFalse("it has come to its end");
    }

    private sealed class LongChore : IChore
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ends { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "long";

        public TimeSpan Every => TimeSpan.FromHours(1);

        public async Task<long?> DoSomeAsync(long? from, CancellationToken cancellationToken)
        {
            Begun.TrySetResult();
            await Ends.Task.WaitAsync(cancellationToken);
            return null;
        }
    }
}
