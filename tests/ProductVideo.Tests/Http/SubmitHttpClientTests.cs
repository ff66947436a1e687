using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Http;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

/// <summary>Paid requests against real sockets: whatever the other side does, one POST is on the wire.</summary>
public sealed class SubmitHttpClientTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private SubmitHttpClient Client() => new(new SubmitOptions(), _clock);

    private static HttpRequestMessage Post(Uri address) => new(HttpMethod.Post, address)
    {
        Content = new StringContent("{\"prompt\":\"a mug\"}", Encoding.UTF8, "application/json"),
    };

    [Fact]
    public async Task a_connection_that_is_reset_after_the_request_was_taken_has_seen_one_post()
    {
        await using var server = PostCounter.Resetting();
        using var client = Client();

        var answer = (await client.SendAsync(Post(server.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>();
        answer.Sign.ShouldBe(SubmitSign.Unproven);
        server.Posts.ShouldBe(1);
    }

    [Fact]
    public async Task a_connection_kept_from_an_earlier_request_and_then_reset_has_seen_one_more_post()
    {
        var served = 0;
        await using var server = new PostCounter(async (socket, stop) =>
        {
            if (served++ > 0)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return;
            }

            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), stop);
            // The second request comes on the same connection.
            await socket.ReceiveAsync(new byte[8_192], stop);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        });
        using var client = Client();
        await client.SendAsync(Post(server.Address), CancellationToken.None);

        (await client.SendAsync(Post(server.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>().Sign.ShouldBe(SubmitSign.Unproven);
        server.Posts.ShouldBe(1);
    }

    [Fact]
    public async Task what_slept_after_its_decision_is_not_sent_any_more()
    {
        await using var server = PostCounter.Saying("200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var client = Client();
        var clock = new FakeTimeProvider();
        using (SubmitWindow.Open(clock, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)))
        {
            clock.Advance(TimeSpan.FromSeconds(30));
            (await client.SendAsync(Post(server.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Answered>();
            clock.Advance(TimeSpan.FromSeconds(1));
            var kept = (await client.SendAsync(Post(server.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>();
            (kept.Sign, kept.OperatorText.Contains("slept", StringComparison.Ordinal)).ShouldBe((SubmitSign.NothingSent, true));
        }

        (await client.SendAsync(Post(server.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Answered>();
        server.Posts.ShouldBe(2);
    }

    [Fact]
    public async Task what_slept_with_its_bytes_in_hand_is_not_sent_any_more()
    {
        await using var server = PostCounter.Resetting();
        using var client = Client();
        var clock = new FakeTimeProvider();
        using (SubmitWindow.Open(clock, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)))
        {
            using var request = Post(server.Address);
            request.Content = new Asleep(request.Content!, () => clock.Advance(TimeSpan.FromSeconds(31)));
            var answer = (await client.SendAsync(request, CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>();
            answer.OperatorText.ShouldContain("too late to send");
            (answer.Sign, answer.IsOurs).ShouldBe((SubmitSign.NothingSent, true));
        }

        server.Posts.ShouldBe(0);
    }

    /// <summary>The process sleeps when the body lies in the client's buffer, and not yet in the kernel's.</summary>
    private sealed class Asleep(HttpContent inner, Action sleep) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await inner.CopyToAsync(stream, context);
            sleep();
        }

        protected override bool TryComputeLength(out long length)
        {
            length = inner.Headers.ContentLength ?? 0;
            return true;
        }
    }

    [Theory]
    [InlineData("500 Oops\r\nContent-Length: 0\r\n\r\n", 500)]
    [InlineData("429 Slow down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n", 429)]
    [InlineData("307 Over there\r\nLocation: /videos\r\nContent-Length: 0\r\n\r\n", 307)]
    [InlineData("302 Over there\r\nLocation: /videos\r\nContent-Length: 0\r\n\r\n", 302)]
    public async Task no_answer_makes_it_send_again(string says, int status)
    {
        await using var server = PostCounter.Saying(says);
        using var client = Client();

        (await client.SendAsync(Post(server.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Answered>().Status.ShouldBe(status);
        server.Posts.ShouldBe(1);
    }

    [Fact]
    public async Task an_answer_tells_how_long_to_wait_and_brings_its_body()
    {
        await using var server = PostCounter.Saying("429 No\r\nRetry-After: Sun, 22 Nov 2026 12:01:00 GMT\r\nContent-Length: 4\r\n\r\nbusy");
        using var client = Client();

        var answer = (await client.SendAsync(Post(server.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Answered>();
        answer.RetryAfter.ShouldBe(TimeSpan.FromMinutes(1));
        Encoding.ASCII.GetString(answer.Body).ShouldBe("busy");
    }

    [Fact]
    public async Task a_server_that_takes_it_and_falls_silent_ends_by_the_time_out_unproven()
    {
        await using var server = PostCounter.Silent();
        using var client = Client();
        var sending = client.SendAsync(Post(server.Address), CancellationToken.None);
        while (server.Posts == 0)
            await Task.Yield();

        _clock.Advance(TimeSpan.FromSeconds(30));
        var answer = (await sending).ShouldBeOfType<SubmitAnswer.Unanswered>();
        (answer.Sign, server.Posts).ShouldBe((SubmitSign.Unproven, 1));
        answer.OperatorText.ShouldContain("timed out after 30 s");
    }

    [Fact]
    public async Task where_nobody_listens_nothing_was_sent()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndpoint).Port}/videos?key=secret");
        nobody.Stop();
        using var client = Client();

        var answer = (await client.SendAsync(Post(address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>();
        answer.Sign.ShouldBe(SubmitSign.NothingSent);
        answer.OperatorText.ShouldNotContain("secret");
    }

    [Fact]
    public async Task where_the_name_does_not_exist_nothing_was_sent()
    {
        using var client = Client();
        (await client.SendAsync(Post(new Uri("http://no-such-host.invalid/videos")), CancellationToken.None))
            .ShouldBeOfType<SubmitAnswer.Unanswered>().Sign.ShouldBe(SubmitSign.NothingSent);
    }

    [Fact]
    public async Task an_answer_that_breaks_off_or_never_ends_proves_nothing()
    {
        await using var cut = PostCounter.Saying("200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":");
        await using var huge = PostCounter.Saying("200 OK\r\nContent-Length: 2000000\r\n\r\n");
        using var client = Client();

        (await client.SendAsync(Post(cut.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>().Sign.ShouldBe(SubmitSign.Unproven);
        (await client.SendAsync(Post(huge.Address), CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>().Sign.ShouldBe(SubmitSign.Unproven);
        (cut.Posts, huge.Posts).ShouldBe((1, 1));
    }

    [Fact]
    public async Task a_handler_that_tries_again_by_itself_does_not_get_the_body_a_second_time()
    {
        await using var server = PostCounter.Saying("500 Oops\r\nContent-Length: 0\r\n\r\n");
        using var client = new SubmitHttpClient(new SubmitOptions(), _clock, new Insistent());

        await client.SendAsync(Post(server.Address), CancellationToken.None);
        server.Posts.ShouldBe(1);
    }

    [Fact]
    public async Task a_request_without_a_body_is_not_sent()
    {
        await using var server = PostCounter.Saying("200 OK\r\nContent-Length: 0\r\n\r\n");
        using var client = Client();
        await Should.ThrowAsync<ArgumentException>(() => client.SendAsync(new HttpRequestMessage(HttpMethod.Post, server.Address), CancellationToken.None));
        await Should.ThrowAsync<ArgumentException>(() => client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, server.Address) { Content = new ByteArrayContent([]) }, CancellationToken.None));
        server.Posts.ShouldBe(0);
    }

    private sealed class Insistent() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? response : await base.SendAsync(request, cancellationToken);
        }
    }
}
