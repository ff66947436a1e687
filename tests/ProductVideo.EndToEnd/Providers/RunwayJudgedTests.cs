using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Runway;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>Runway's own SDK takes the fake for the real service, and finds each field where its types say that it is.</summary>
public sealed class RunwayJudgedTests : IAsyncLifetime
{
    private readonly FakeRunway _fake = new() { FinishesAtOnce = true };

    public ValueTask InitializeAsync() => new(_fake.StartAsync());

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    private Task<JsonElement> RunAsync(string key = FakeProvider.ApiKey, string model = "gen4.5") =>
        ForeignClient.RunAsync("runway.mjs", _fake.Address.AbsoluteUri.TrimEnd('/'), key, model);

    [Fact]
    public async Task it_gets_a_video_from_a_first_frame_and_knows_what_it_cost()
    {
        var answer = await RunAsync();
        answer.TryGetProperty("task", out var task).ShouldBeTrue(answer.GetRawText());
        task.GetProperty("status").GetString().ShouldBe("SUCCEEDED");
        task.GetProperty("output")[0].GetString()!.ShouldContain("/clips/" + _fake.Tasks.ShouldHaveSingleItem().Id);
        answer.GetProperty("made").GetProperty("estimatedCost").GetProperty("credits").GetDecimal().ShouldBe(60);
        task.GetProperty("cost").GetProperty("credits").GetDecimal().ShouldBe(60);
        answer.GetProperty("account").GetProperty("creditBalance").GetDecimal().ShouldBe(1_000);
    }

    [Fact]
    public async Task it_cancels_what_waits()
    {
        _fake.FinishesAtOnce = false;
        var answer = await RunAsync();
        answer.TryGetProperty("after", out var after).ShouldBeTrue(answer.GetRawText());
        (after.GetProperty("status").GetString(), after.GetProperty("cost").GetProperty("credits").GetDecimal()).ShouldBe(("CANCELLED", 0m));
    }

    [Theory]
    [InlineData("another-key", "gen4.5", "AuthenticationError")]
    [InlineData(FakeProvider.ApiKey, "gen9", "BadRequestError")]
    public async Task it_reads_a_refusal(string key, string model, string error)
    {
        var answer = await RunAsync(key, model);
        answer.GetProperty("error").GetString().ShouldBe(error, answer.GetRawText());
        _fake.Tasks.ShouldBeEmpty();
    }

    [Fact]
    public async Task it_reads_a_task_that_was_moderated_late()
    {
        _fake.CheckFault = CheckFault.LateModeration;
        var task = (await RunAsync()).GetProperty("task");
        (task.GetProperty("status").GetString(), task.GetProperty("failureCode").GetString()).ShouldBe(("FAILED", "SAFETY.OUTPUT.VIDEO"));
    }
}
