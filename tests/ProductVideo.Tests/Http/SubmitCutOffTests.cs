using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Http;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Http;

/// <summary>Large orders on lines that are slow or break: what did not leave whole was not ordered, and what did may have been.</summary>
public sealed class SubmitCutOffTests
{
    /// <summary>More than the kernels of both sides hold.</summary>
    private const int Large = 32_000_000;

    /// <summary>More than any head.</summary>
    private const int Some = 100_000;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private SubmitHttpClient Client() => new(new SubmitOptions(), _clock, new SocketsHttpHandler
    {
        ConnectCallback = SubmitConnection.OpenAsync,
#pragma warning disable CA5359 // The certificate is made by the test.
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
    });

    private static HttpRequestMessage Post(SlowReader server, HttpContent? body = null) =>
        new(HttpMethod.Post, server.Address) { Content = body ?? new ByteArrayContent(new byte[Large]) };

    private async Task<SubmitAnswer.Unanswered> SendAsync(SlowReader server, HttpRequestMessage request, bool timesOut)
    {
        using var client = Client();
        var sending = client.SendAsync(request, CancellationToken.None);
        await server.HasRead;
        if (timesOut)
            _clock.Advance(TimeSpan.FromSeconds(30));
        return (await sending).ShouldBeOfType<SubmitAnswer.Unanswered>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task what_a_slow_line_cut_off_was_not_ordered_and_says_nothing_of_the_account(bool encrypted)
    {
        await using var server = new SlowReader(Some, (_, stop) => FakeServer.FallSilentAsync(stop), encrypted);

        var answer = await SendAsync(server, Post(server), timesOut: true);
        (answer.Sign, answer.IsOurs).ShouldBe((SubmitSign.NothingSent, true));
        answer.OperatorText.ShouldContain($"of its {Large} bytes had left: timed out after 30 s");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task what_left_whole_and_was_not_answered_may_have_been_ordered(bool encrypted)
    {
        await using var server = new SlowReader(Large, (_, stop) => FakeServer.FallSilentAsync(stop), encrypted);

        var answer = await SendAsync(server, Post(server), timesOut: true);
        (answer.Sign, answer.IsOurs).ShouldBe((SubmitSign.Unproven, false));
    }

    [Fact]
    public async Task what_the_other_side_cut_off_was_not_ordered_and_counts_against_it()
    {
        await using var server = new SlowReader(Some, SlowReader.Resets);

        var answer = await SendAsync(server, Post(server), timesOut: false);
        (answer.Sign, answer.IsOurs).ShouldBe((SubmitSign.NothingSent, false));
    }

    [Fact]
    public async Task a_body_of_no_known_length_that_is_cut_off_proves_nothing()
    {
        await using var server = new SlowReader(Some, (_, stop) => FakeServer.FallSilentAsync(stop));

        (await SendAsync(server, Post(server, new InTwo(Large, knowsLength: false)), timesOut: true)).Sign.ShouldBe(SubmitSign.Unproven);
    }

    [Fact]
    public async Task what_began_in_time_goes_on_when_its_window_is_over()
    {
        await using var server = new SlowReader(Large, async (socket, stop) =>
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), stop));
        using var client = Client();
        using var request = Post(server, new InTwo(Large, between: () => _clock.Advance(TimeSpan.FromSeconds(25))));
        using (SubmitWindow.Open(_clock, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60)))
            (await client.SendAsync(request, CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Answered>().Status.ShouldBe(200);
    }

    [Fact]
    public async Task what_began_in_time_and_slept_past_its_claim_goes_no_further()
    {
        await using var server = new SlowReader(Large, (_, stop) => FakeServer.FallSilentAsync(stop));
        using var client = Client();
        var clock = new FakeTimeProvider();
        using var request = Post(server, new InTwo(Large, between: () => clock.Advance(TimeSpan.FromSeconds(91))));
        using (SubmitWindow.Open(clock, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)))
        {
            var answer = (await client.SendAsync(request, CancellationToken.None)).ShouldBeOfType<SubmitAnswer.Unanswered>();
            (answer.Sign, answer.IsOurs).ShouldBe((SubmitSign.NothingSent, true));
            answer.OperatorText.ShouldContain("too late to send");
        }

        server.HasRead.IsCompleted.ShouldBeFalse();
    }

    /// <summary>Two halves, and what happens between them.</summary>
    private sealed class InTwo(int length, Action? between = null, bool knowsLength = true) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[length / 2]);
            between?.Invoke();
            await stream.WriteAsync(new byte[length / 2]);
        }

        protected override bool TryComputeLength(out long known)
        {
            known = length;
            return knowsLength;
        }
    }
}
