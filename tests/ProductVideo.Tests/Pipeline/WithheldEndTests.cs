using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class WithheldEndTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task all_bytes_come_before_the_verdict_and_the_end_after_it()
    {
        await using var content = new WithheldEnd(new MemoryStream([1, 2, 3]));
        var target = new MemoryStream();
        var copied = content.CopyToAsync(target, Token);

        target.ToArray().ShouldBe([1, 2, 3]);
        copied.IsCompleted.ShouldBeFalse();
        content.Release();
        await copied;
    }

    [Fact]
    public async Task what_is_refused_has_no_end()
    {
        await using var content = new WithheldEnd(new MemoryStream([1]));
        var copied = content.CopyToAsync(Stream.Null, Token);
        content.Refuse();
        await Should.ThrowAsync<ContentRefusedException>(() => copied);
    }

    [Fact]
    public async Task the_first_verdict_stands()
    {
        await using var content = new WithheldEnd(new MemoryStream([1]));
        content.Release();
        content.Refuse();
        await content.CopyToAsync(Stream.Null, Token);
    }

    [Fact]
    public async Task who_reads_can_stop_waiting()
    {
        await using var content = new WithheldEnd(new MemoryStream());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var read = content.ReadAsync(new byte[1], stop.Token).AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task thrown_away_without_a_verdict_it_is_refused()
    {
        var content = new WithheldEnd(new MemoryStream());
        var read = content.ReadAsync(new byte[1], Token).AsTask();
        await content.DisposeAsync();
        await Should.ThrowAsync<ContentRefusedException>(() => read);
    }
}
