using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.EndToEnd.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Live;

/// <summary>The live mode itself, with a fake in the service's place: what it would do with real money and a real key.</summary>
public sealed class LiveRunTests : IDisposable
{
    private readonly string _recordings = Checkout.NewFolder();

    public void Dispose() => Directory.Delete(_recordings, recursive: true);

    [Fact]
    public async Task it_makes_one_paid_request_and_records_it_without_the_key()
    {
        await using var fake = new FakeDashScope { FinishesAtOnce = true, Clip = await TestClip.MakeAsync() };
        await fake.StartAsync();

        var exchanges = await LiveRun.RunAsync(Service(fake, limit: 5), _recordings, "--resolution", "720P", "--aspect", "1:1");

        (fake.Submits, fake.Tasks.Count).ShouldBe((1, 1));
        exchanges.Count(exchange => exchange.Method == "POST").ShouldBe(1);
        exchanges.ShouldContain(exchange => exchange.Status == 401);
        var files = Directory.GetFiles(_recordings, "*.json");
        files.Length.ShouldBe(exchanges.Count);
        foreach (var file in files)
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldNotContain(FakeProvider.ApiKey);
        var order = await File.ReadAllTextAsync(files.Single(file => file.Contains("POST", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
        order.ShouldContain("BASE64 of ");
        order.ShouldContain("happyhorse");
        (await File.ReadAllTextAsync(Path.Combine(_recordings, "spend.csv"), TestContext.Current.CancellationToken)).ShouldContain("settle", Case.Insensitive);
    }

    [Fact]
    public async Task nothing_is_sent_that_costs_more_than_the_limit()
    {
        await using var fake = new FakeDashScope { FinishesAtOnce = true };
        await fake.StartAsync();
        var ended = await Record.ExceptionAsync(() => LiveRun.RunAsync(Service(fake, limit: 0.01m), _recordings));
        ended.ShouldNotBeNull().Message.ShouldContain("only 0.01 USD is left");
        fake.Submits.ShouldBe(0);
    }

    [Fact]
    public void every_mistake_of_the_variables_is_named_at_once()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PRODUCTVIDEO_LIVE"] = "sora", ["PRODUCTVIDEO_LIVE_LIMIT"] = "lots" };
        var said = Should.Throw<InvalidOperationException>(() => LiveService.Read(variables.GetValueOrDefault)).Message;
        said.ShouldContain("one of happyhorse");
        said.ShouldContain("PRODUCTVIDEO_LIVE_KEY");
        said.ShouldContain("'2.50 USD'");
    }

    [Theory]
    [InlineData("""{"url":"https://oss.example/clip.mp4?Expires=1&Signature=abc"}""", """{"url":"https://oss.example/clip.mp4?REMOVED"}""")]
    [InlineData("""{"url":"https://oss.example/clip.mp4?Expires=1\u0026Signature=abc","n":1}""", """{"url":"https://oss.example/clip.mp4?REMOVED","n":1}""")]
    [InlineData("Bearer my-secret-key", "Bearer SECRET")]
    [InlineData("nothing to hide?", "nothing to hide?")]
    public void what_nobody_else_may_see_is_taken_out(string text, string cleaned) => new Redaction("my-secret-key").Clean(text).ShouldBe(cleaned);

    private static LiveService Service(FakeProvider fake, decimal limit) => new("happyhorse", "HappyHorse", fake.Address, FakeProvider.ApiKey, limit, "USD");
}
