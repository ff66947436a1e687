using ProductVideo.Exchange;
using ProductVideo.Http;
using ProductVideo.Tests.Http;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Exchange;

/// <summary>A provider's file that lies elsewhere: the way there, and the key that stays behind.</summary>
public sealed class RedirectedDownloadTests
{
    private static readonly byte[] s_clip = [1, 2, 3];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(DownloadAnswer Answer, byte[] Bytes)> DownloadAsync(FakeServer server, FakeInternet internet)
    {
        using var submits = new SubmitHttpClient(new SubmitOptions(), TimeProvider.System);
        using var downloads = internet.Download();
        var exchange = new ProviderExchange(new Clients(), submits, downloads, TimeProvider.System);
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{server.Port}/v1/videos/7/content"));
        message.Headers.Add("x-key", "secret");
        using var target = new MemoryStream();
        var answer = await exchange.DownloadAsync(message, "video/", target, maxBytes: 1_000, Token);
        return (answer, target.ToArray());
    }

    private static FakeServer Pointing(string to) => new((asked, stream, stop) => asked.Path.StartsWith("/v1/", StringComparison.Ordinal)
        ? FakeServer.SendAsync(stream, FakeServer.Redirect(to), [], stop)
        : FakeServer.SendAsync(stream, FakeServer.Ok("video/mp4", s_clip.Length), s_clip, stop));

    [Fact]
    public async Task a_place_of_the_same_server_is_asked_with_the_key()
    {
        await using var server = Pointing("/files/7.mp4");
        var (answer, bytes) = await DownloadAsync(server, new FakeInternet(server.Port));
        answer.ShouldBe(new DownloadAnswer.Complete(3));
        bytes.ShouldBe(s_clip);
        server.Requests.Select(asked => asked.Path).ShouldBe(["/v1/videos/7/content", "/files/7.mp4"]);
        server.Requests.ShouldAllBe(asked => asked.Headers["x-key"] == "secret");
    }

    [Fact]
    public async Task another_server_is_reached_by_the_guarded_way_without_the_key()
    {
        await using var server = Pointing("https://files.example/7.mp4");
        var internet = new FakeInternet(server.Port).With("files.example", [FakeInternet.Public]);
        // What answers there speaks no TLS, so it ends at the door.
        (await DownloadAsync(server, internet)).Answer.ShouldBeOfType<DownloadAnswer.NotGiven>().Answer.ShouldBeOfType<SubmitAnswer.Unanswered>();
        internet.Dialled.ShouldContain($"{FakeInternet.Public}:443");
        server.Requests.Where(asked => asked.Headers.ContainsKey("x-key")).ShouldHaveSingleItem().Path.ShouldBe("/v1/videos/7/content");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/7.mp4")]
    [InlineData("https://169.254.169.254/latest")]
    public async Task nobody_is_led_inside(string to)
    {
        await using var server = Pointing(to);
        (await DownloadAsync(server, new FakeInternet(server.Port))).Answer.ShouldBeOfType<DownloadAnswer.NotGiven>();
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("//a:99999/")]
    [InlineData("//[")]
    public async Task an_address_that_can_not_be_read_leads_nowhere(string to)
    {
        await using var server = Pointing(to);
        (await DownloadAsync(server, new FakeInternet(server.Port))).Answer.ShouldBeOfType<DownloadAnswer.NotGiven>()
            .Answer.ShouldBeOfType<SubmitAnswer.Unanswered>().OperatorText.ShouldContain("can't be read");
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_server_that_points_to_itself_for_ever_is_left()
    {
        await using var server = Pointing("/v1/again");
        (await DownloadAsync(server, new FakeInternet(server.Port))).Answer.ShouldBeOfType<DownloadAnswer.NotGiven>();
        server.Requests.Count.ShouldBe(4);
    }

    private sealed class Clients : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(new SocketsHttpHandler { AllowAutoRedirect = false });
    }
}
