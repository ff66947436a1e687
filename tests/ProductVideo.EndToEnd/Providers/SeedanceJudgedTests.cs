using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Seedance;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>npm's <c>@ai-sdk/bytedance</c>, which checks every answer against a schema of its own, takes the fake for the real service.</summary>
public sealed class SeedanceJudgedTests : IAsyncLifetime
{
    private readonly FakeArk _fake = new() { FinishesAtOnce = true };

    public ValueTask InitializeAsync() => new(_fake.StartAsync());

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    private Task<JsonElement> RunAsync(string key = FakeProvider.ApiKey) =>
        ForeignClient.RunAsync("ark.mjs", new Uri(_fake.Address, "/api/v3").AbsoluteUri, key, "seedance-1-5-pro-251215");

    [Fact]
    public async Task it_gets_a_video_from_a_first_frame()
    {
        var answer = await RunAsync();
        answer.TryGetProperty("videos", out var videos).ShouldBeTrue(answer.GetRawText());
        videos[0].GetProperty("url").GetString()!.ShouldContain("/clips/" + _fake.Tasks.ShouldHaveSingleItem().Id);
    }

    [Fact]
    public async Task it_reads_a_refusal() => (await RunAsync("another-key")).GetProperty("status").GetInt32().ShouldBe(401);

    [Fact]
    public async Task it_reads_a_task_that_was_moderated_late()
    {
        _fake.CheckFault = CheckFault.LateModeration;
        (await RunAsync()).GetProperty("message").GetString()!.ShouldStartWith("Video generation failed");
    }
}
