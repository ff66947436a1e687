using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Replicate;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>The vendor's own npm client takes the fake for the real service.</summary>
public sealed class ReplicateJudgedTests : IAsyncLifetime
{
    private readonly FakeReplicate _fake = new() { PageSize = 1 };

    public ValueTask InitializeAsync() => new(_fake.StartAsync());

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    private Task<JsonElement> RunAsync(string model = FakeReplicate.Model, string key = FakeProvider.ApiKey) =>
        ForeignClient.RunAsync("replicate.mjs", new Uri(_fake.Address, "/v1").AbsoluteUri, key, model);

    private async Task<JsonElement> FinishedAsync(string model)
    {
        _fake.FinishesAtOnce = true;
        var answer = await RunAsync(model);
        answer.TryGetProperty("output", out _).ShouldBeTrue(answer.GetRawText());
        return answer;
    }

    [Theory]
    [InlineData(FakeReplicate.Model)]
    [InlineData($"{FakeReplicate.Model}:{FakeReplicate.Version}")]
    public async Task it_gets_a_video_and_finds_it_in_the_list(string model)
    {
        var answer = await FinishedAsync(model);
        var id = _fake.Tasks[0].Id;
        answer.GetProperty("output").GetString()!.ShouldEndWith($"/clips/{id}.mp4");
        answer.GetProperty("listed").GetRawText().ShouldBe($"""[["{id}","succeeded","A slow push-in on the lamp."]]""");
        (answer.GetProperty("ids")[0].GetString(), answer.GetProperty("account").GetString()).ShouldBe((id, "acme"));
    }

    [Fact]
    public async Task it_gets_the_first_of_several_files()
    {
        _fake.GivesList = true;
        (await FinishedAsync(FakeReplicate.Model)).GetProperty("output").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task it_reads_a_refusal() => (await RunAsync(key: "another-key")).GetProperty("status").GetInt32().ShouldBe(401);

    [Fact]
    public async Task it_reads_an_input_that_is_refused()
    {
        _fake.SubmitFault = SubmitFault.InvalidInput;
        (await RunAsync()).GetProperty("message").GetString()!.ShouldContain("Input validation failed");
    }

    [Fact]
    public async Task it_reads_a_task_that_failed()
    {
        _fake.CheckFault = CheckFault.LateModeration;
        (await RunAsync()).GetProperty("message").GetString().ShouldBe("Prediction failed: The output was flagged as sensitive.");
    }
}
