using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Api;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Api;

public sealed class EventStreamTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Channel<string> _changes = Channel.CreateUnbounded<string>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IAsyncEnumerable<SseItem<string>?> Events(CancellationToken stopping = default) => ApiEvents.Of(
        token => _changes.Reader.ReadAllAsync(token), change => new SseItem<string>(change, "change"), token => Task.Delay(Timeout.Infinite, token), _clock, stopping, Token);

    [Fact]
    public async Task where_nothing_changes_there_is_a_sign_of_life_every_15_seconds()
    {
        await using var events = Events().GetAsyncEnumerator(Token);
        for (var sign = 0; sign < 3; sign++)
        {
            var next = events.MoveNextAsync();
            _clock.Advance(ApiEvents.Quiet - TimeSpan.FromSeconds(1));
            next.IsCompleted.ShouldBeFalse();
            _clock.Advance(TimeSpan.FromSeconds(1));
            (await next).ShouldBeTrue();
            events.Current.ShouldBeNull();
        }

        await _changes.Writer.WriteAsync("made", Token);
        (await events.MoveNextAsync()).ShouldBeTrue();
        events.Current!.Value.Data.ShouldBe("made");
    }

    [Fact]
    public async Task they_end_with_the_host_and_with_what_they_are_about()
    {
        using var stopping = new CancellationTokenSource();
        await using var events = Events(stopping.Token).GetAsyncEnumerator(Token);
        var next = events.MoveNextAsync();
        await stopping.CancelAsync();
        (await next).ShouldBeFalse();

        _changes.Writer.Complete();
        await using var others = Events().GetAsyncEnumerator(Token);
        (await others.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task a_listener_who_goes_away_between_two_changes_ends_the_watch()
    {
        var ended = false;
        var events = ApiEvents.Of(WatchAsync, change => new SseItem<string>(change), token => Task.Delay(Timeout.Infinite, token), _clock, CancellationToken.None, Token).GetAsyncEnumerator(Token);
        var next = events.MoveNextAsync();
        _clock.Advance(ApiEvents.Quiet);
        (await next).ShouldBeTrue();
        await events.DisposeAsync();
        ended.ShouldBeTrue();

        async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            try
            {
                yield return await _changes.Reader.ReadAsync(cancellationToken);
            }
            finally
            {
                ended = true;
            }
        }
    }

    [Fact]
    public async Task a_sign_of_life_is_a_comment_and_no_proxy_holds_events_back()
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        SseItem<string>?[] events = [new SseItem<string>("{}", "change") { EventId = "7" }, null, new SseItem<string>("{}", "change")];
        await new EventStream(events.ToAsyncEnumerable()).ExecuteAsync(http);
        Encoding.UTF8.GetString(body.ToArray()).ShouldBe("event: change\ndata: {}\nid: 7\n\n: \n\nevent: change\ndata: {}\n\n");
        (http.Response.ContentType, $"{http.Response.Headers.CacheControl}", $"{http.Response.Headers["X-Accel-Buffering"]}").ShouldBe(("text/event-stream", "no-cache,no-store", "no"));
    }
}
