using System.Globalization;
using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Bridge;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.NopCommerce;

/// <summary>What the plugin shows, and how it speaks to the service.</summary>
public sealed class PluginPartsTests
{
    private static readonly ClipRow Clip = new(
        7, 13, "mug-5f2c", new string('a', 64) + ".mp4", new string('b', 64) + ".jpg", 1080, 1350, 8.04m, "A \"mug\" <turns>", MadeWithAi: true, new(2026, 11, 28, 12, 0, 0, DateTimeKind.Utc));

    private static readonly Uri Address = new("https://shop.example/");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static BridgeConnection Connection => new(BridgeSignature.NewSecret(), "https://video.example", "pvk-1", "nop", 1_000_000);

    [Fact]
    public void a_shopper_gets_the_poster_first_and_nothing_moves_or_plays_by_itself()
    {
        var html = ClipPage.Player(Clip, "Made with AI", Address);
        html.ShouldContain("preload=\"none\"");
        html.ShouldContain("width=\"1080\" height=\"1350\"");
        html.ShouldContain("aspect-ratio:1080/1350");
        html.ShouldContain($"poster=\"https://shop.example/files/productvideo/{Clip.PosterFile}\"");
        html.ShouldNotContain("autoplay");
        html.ShouldContain("Made with AI");
        html.ShouldNotContain("<turns>");
        ClipPage.Player(Clip with { MadeWithAi = false }, "Made with AI", Address).ShouldNotContain("Made with AI");
        ClipPage.Embed(Clip, "Made with AI", "en", Address).ShouldContain("body{margin:0}");
    }

    [Fact]
    public void search_engines_are_told_what_it_is()
    {
        var script = ClipPage.StructuredData(Clip, "Mug </script><b>", Address);
        script.IndexOf("</script>", StringComparison.Ordinal).ShouldBe(script.Length - "</script>".Length, "no text ends the element");
        using var told = JsonDocument.Parse(script[(script.IndexOf('>', StringComparison.Ordinal) + 1)..^"</script>".Length]);
        told.RootElement.GetProperty("@type").GetString().ShouldBe("VideoObject");
        told.RootElement.GetProperty("duration").GetString().ShouldBe("PT8S");
        told.RootElement.GetProperty("uploadDate").GetString().ShouldBe("2026-11-28T12:00:00Z");
        told.RootElement.GetProperty("digitalSourceType").GetString().ShouldBe("https://schema.org/TrainedAlgorithmicMediaDigitalSource");
    }

    [Fact]
    public void a_connection_code_is_read_and_nothing_else_is()
    {
        static string Code(object parts) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(parts));
        ConnectionCode.Read(" " + Code(new { url = "https://video.example/", key = "pvk-1", shop = "nop" }) + "\n").ShouldBe(new("https://video.example", "pvk-1", "nop"));
        ConnectionCode.Read(Code(new { url = "javascript:alert(1)", key = "pvk-1", shop = "nop" })).ShouldBeNull();
        ConnectionCode.Read(Code(new { url = "https://video.example", key = "" , shop = "nop" })).ShouldBeNull();
        foreach (var none in new[] { null, "", "nonsense", "e30", "W10", Code(new { url = 1 }) })
            ConnectionCode.Read(none).ShouldBeNull();
    }

    [Fact]
    public async Task what_costs_something_is_ordered_at_the_price_that_was_agreed_to_and_no_other()
    {
        var asked = new List<string>();
        var service = new ProductVideoService(new Answers(request =>
        {
            asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            request.Headers.Authorization!.ToString().ShouldBe("Bearer pvk-1");
            return request.RequestUri.AbsolutePath.EndsWith("/preview", StringComparison.Ordinal) ? Json("""{"price":{"amount":0.7,"currency":"USD"}}""")
                : Json("""{"id":"0f9b2a64-7b3c-4a53-9a39-0d2f6d3a7b11","state":"Planned"}""", HttpStatusCode.Created);
        }));

        var (first, other) = (await service.OrderAsync(Connection, 13, "nopcommerce-1", agreed: null, Token), await service.OrderAsync(Connection, 13, "nopcommerce-1", "0.60 USD", Token));
        (first.Price, other.Price, asked.Count).ShouldBe(("0.70 USD", "0.70 USD", 2));

        var ordered = await service.OrderAsync(Connection, 13, "nopcommerce-1", "0.70 USD", Token);
        (ordered.State, ordered.Moving, ordered.Price, ordered.Link).ShouldBe(("Planned", true, null, "https://video.example/videos/0f9b2a64-7b3c-4a53-9a39-0d2f6d3a7b11"));
        asked[^2..].ShouldBe(["POST /api/v1/products/nop/13/preview", "POST /api/v1/generations"]);
    }

    [Theory]
    [InlineData("[]", null, "[]", 0)]
    [InlineData("[]", "0.70 USD", "[{\"amount\":0.7,\"currency\":\"USD\"}]", 0.7)]
    [InlineData("[{\"amount\":3,\"currency\":\"USD\"}]", "0.70 USD, or up to 3.00 USD if another provider has to make it", "[{\"amount\":3,\"currency\":\"USD\"}]", 0.7)]
    [InlineData("[{\"amount\":3,\"currency\":\"CNY\"}]", "0.70 USD, or up to 3.00 CNY if another provider has to make it", "[{\"amount\":0.7,\"currency\":\"USD\"},{\"amount\":3,\"currency\":\"CNY\"}]", 0.7)]
    [InlineData("[{\"amount\":3,\"currency\":\"USD\"}]", "0.00 USD, or up to 3.00 USD if another provider has to make it", "[{\"amount\":3,\"currency\":\"USD\"}]", 0)]
    public async Task what_is_ordered_may_cost_what_was_shown_and_no_more(string upTo, string? shown, string agreed, double price)
    {
        var sent = "";
        var service = new ProductVideoService(new Answers(request =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/preview", StringComparison.Ordinal))
                return Json(string.Create(CultureInfo.InvariantCulture, $$"""{"price":{"amount":{{price}},"currency":"USD"},"upTo":{{upTo}}}"""));
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, null, Token);
            sent = Encoding.UTF8.GetString(body.ToArray());
            return Json("""{"id":"0f9b2a64","state":"Planned"}""", HttpStatusCode.Created);
        }));
        if (shown is not null)
            (await service.OrderAsync(Connection, 13, "nopcommerce-1", agreed: null, Token)).Price.ShouldBe(shown);
        sent.ShouldBeEmpty();
        (await service.OrderAsync(Connection, 13, "nopcommerce-1", shown, Token)).State.ShouldBe("Planned");
        sent.ShouldBe($$"""{"shop":"nop","product":"13","agreed":{{agreed}}}""");
    }

    [Fact]
    public async Task of_several_those_that_came_after_a_problem_of_the_connection_are_counted_as_not_tried()
    {
        var service = new ProductVideoService(new Answers(request =>
        {
            var path = request.RequestUri!.AbsolutePath;
            return path.EndsWith("/11/preview", StringComparison.Ordinal) ? Json("""{"price":{"amount":0.7,"currency":"USD"}}""")
                : path.EndsWith("/12/preview", StringComparison.Ordinal) ? Json("""{"detail":"Give the product a picture."}""", HttpStatusCode.BadRequest)
                : path.EndsWith("/14/preview", StringComparison.Ordinal) ? throw new HttpRequestException("down")
                : path.EndsWith("/preview", StringComparison.Ordinal) ? Json("""{"price":{"amount":0,"currency":"USD"}}""")
                : Json("""{"id":"0f9b2a64","state":"Planned"}""", HttpStatusCode.Created);
        }));
        var keys = 0;
        var orders = await service.OrderManyAsync(Connection, [11, 12, 13, 14, 15, 16], () => $"nopcommerce-{++keys}", new Dictionary<int, string>(), Token);
        (orders.Ordered, orders.NotTried, keys).ShouldBe((1, 2, 4));
        orders.Asked.ShouldBe([(11, "0.70 USD")]);
        orders.Failed.Select(one => (one.ProductId, one.Problem.Code)).ShouldBe([(12, ServiceProblem.Told), (14, ServiceProblem.Unreachable)]);

        (await service.OrderManyAsync(Connection, [13, 11], () => "nopcommerce-k", new Dictionary<int, string> { [11] = "0.70 USD" }, Token)).Ordered.ShouldBe(2);
    }

    [Theory]
    [InlineData(false, false, false, false, true)]
    [InlineData(true, false, false, false, false)]
    [InlineData(false, true, false, false, false)]
    [InlineData(false, false, true, false, false)]
    [InlineData(false, false, false, true, false)]
    public void only_what_is_sold_at_a_price_of_its_own_has_one(bool grouped, bool rental, bool asked, bool entered, bool has) =>
        new PriceTerms(grouped, rental, asked, entered).HavePrice.ShouldBe(has);

    [Theory]
    [InlineData(401, "{}", ServiceProblem.Refused)]
    [InlineData(200, "<html>", ServiceProblem.Strange)]
    [InlineData(400, """{"detail":"Give the product a picture."}""", ServiceProblem.Told)]
    [InlineData(404, "[]", ServiceProblem.Strange)]
    public async Task what_the_service_refuses_is_told_in_words(int status, string body, string code)
    {
        var told = await new ProductVideoService(new Answers(_ => Json(body, (HttpStatusCode)status))).LatestAsync(Connection, 13, Token);
        told.Problem.ShouldNotBeNull().Code.ShouldBe(code);
        told.Problem.Words.ShouldBe(code == ServiceProblem.Told ? "Give the product a picture." : null);
    }

    [Fact]
    public async Task a_service_that_can_not_be_reached_or_is_not_connected_is_told_as_such()
    {
        var service = new ProductVideoService(new Answers(_ => throw new HttpRequestException("down")));
        (await service.LatestAsync(Connection, 13, Token)).Problem!.Code.ShouldBe(ServiceProblem.Unreachable);
        (await service.LatestAsync(Connection with { ServiceKey = "" }, 13, Token)).Problem!.Code.ShouldBe(ServiceProblem.NotConnected);
        (await service.ProblemAsync(Connection, Token)).ShouldBe(ServiceProblem.Unreachable);
    }

    [Fact]
    public async Task how_a_video_stands_is_read()
    {
        var told = await new ProductVideoService(new Answers(_ => Json(
            """{"items":[{"id":"0f9b2a64","state":"Rendering","progress":0.429,"problem":{"merchantText":"It takes longer today."}}]}"""))).LatestAsync(Connection, 13, Token);
        (told.State, told.Percent, told.Moving, told.Problem!.Words).ShouldBe(("Rendering", 42, true, "It takes longer today."));
        (await new ProductVideoService(new Answers(_ => Json("""{"items":[]}"""))).LatestAsync(Connection, 13, Token)).ShouldBe(VideoState.None);
    }

    [Fact]
    public async Task changes_are_told_together_signed_and_again_until_they_are_heard()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow) { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var heard = System.Threading.Channels.Channel.CreateUnbounded<WebhookCall>();
        var refusals = 1;
        var connection = Connection;
        using var queue = new ChangeQueue();
        var sender = new ChangeSender(new Answers(request =>
        {
            request.RequestUri!.AbsoluteUri.ShouldBe("https://video.example/webhooks/shop/nop");
            if (refusals-- > 0)
                return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, null, Token);
            var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase);
            // Heard at the moment at which it was signed: the test's clock runs on by minutes while a thread waits for its turn.
            var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(headers[ChangeSender.TimestampHeader], CultureInfo.InvariantCulture));
            heard.Writer.TryWrite(new(headers, body.ToArray(), at));
            return new HttpResponseMessage(HttpStatusCode.OK);
        }), clock);
        using var post = new ChangePost(queue, sender, _ => Task.FromResult(connection), clock, NullLogger<ChangePost>.Instance);
        foreach (var (id, removed) in new[] { (13, false), (14, false), (13, false), (15, true) })
            queue.Add(id, removed);

        await post.StartAsync(Token);
        var calls = new List<WebhookCall>();
        while (calls.Count < 2)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            if (heard.Reader.TryRead(out var call))
                calls.Add(call);
            await Task.Yield();
        }

        await post.StopAsync(Token);
        calls.All(call => StandardWebhooks.Verify(call, connection.Secret)).ShouldBeTrue();
        calls.Select(call => Encoding.UTF8.GetString(call.Body.Span)).ShouldBe(
            ["""{"topic":"products.changed","product_ids":["13","14"]}""", """{"topic":"products.removed","product_ids":["15"]}"""]);
    }

    [Fact]
    public async Task a_shop_that_is_not_connected_tells_nobody() =>
        (await new ChangeSender(new Answers(_ => throw new HttpRequestException("asked")), TimeProvider.System).SendAsync(
            Connection with { ServiceUrl = "" }, ChangeBody.ProductsChanged, [1], Token)).ShouldBeTrue();

    private static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private sealed class Answers(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }
}
