using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>npm's <c>@ai-sdk/alibaba</c>, which checks every answer against a schema of its own, takes the fake for the real service.</summary>
public sealed class DashScopeJudgedTests : IAsyncLifetime
{
    private readonly FakeDashScope _fake = new() { FinishesAtOnce = true };

    public ValueTask InitializeAsync() => new(_fake.StartAsync());

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    private Task<System.Text.Json.JsonElement> RunAsync(string key = FakeProvider.ApiKey) =>
        ForeignClient.RunAsync("dashscope.mjs", _fake.Address.AbsoluteUri.TrimEnd('/'), key, "wan3.0-video");

    [Fact]
    public async Task it_gets_a_video_from_a_first_frame()
    {
        var answer = await RunAsync();
        answer.GetProperty("videos")[0].GetProperty("url").GetString()!.ShouldContain("/clips/" + _fake.Tasks.ShouldHaveSingleItem().Id, Case.Sensitive, answer.GetRawText());
        ((string?)_fake.Tasks[0].Order.Body["input"]!["media"]![0]!["type"]).ShouldBe("first_frame");
    }

    [Fact]
    public async Task it_reads_a_refusal() => (await RunAsync("another-key")).GetProperty("status").GetInt32().ShouldBe(401);

    [Fact]
    public async Task it_reads_a_task_that_was_moderated_late()
    {
        _fake.CheckFault = CheckFault.LateModeration;
        (await RunAsync()).GetProperty("message").GetString()!.ShouldContain("inappropriate");
    }
}
