using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Fal;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>fal's own client takes the fake for the real queue, and its types know every field that the fake takes.</summary>
public sealed class FalJudgedTests : IAsyncLifetime
{
    private const string Wan = "fal-ai/wan/v2.7/image-to-video";

    private readonly FakeFal _fake = new() { FinishesAtOnce = true };

    public ValueTask InitializeAsync() => new(_fake.StartAsync());

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    private Task<JsonElement> RunAsync(string key = FakeProvider.ApiKey, string model = Wan, params string[] more) =>
        ForeignClient.RunAsync("fal.mjs", [_fake.Address.AbsoluteUri.TrimEnd('/'), key, model, .. more]);

    [Fact]
    public async Task it_gets_a_video_from_a_first_frame()
    {
        var answer = await RunAsync();
        answer.TryGetProperty("result", out var result).ShouldBeTrue(answer.GetRawText());
        result.GetProperty("data").GetProperty("video").GetProperty("url").GetString()!.ShouldContain("/clips/" + _fake.Tasks.ShouldHaveSingleItem().Id);
        answer.GetProperty("made").GetProperty("status").GetString().ShouldBe("COMPLETED");
    }

    [Fact]
    public async Task it_asks_where_the_answers_say()
    {
        _fake.FinishesAtOnce = false;
        var answer = await RunAsync();
        // Its own address of the request and the one that it was told are the same.
        answer.GetProperty("made").GetProperty("status_url").GetString()
            .ShouldBe(new Uri(_fake.Address, $"/fal-ai/wan/requests/{_fake.Tasks[0].Id}/status").AbsoluteUri, answer.GetRawText());
        answer.GetProperty("status").GetProperty("status").GetString().ShouldBe("IN_QUEUE");
    }

    [Fact]
    public async Task it_cancels_what_waits()
    {
        _fake.FinishesAtOnce = false;
        var answer = await RunAsync(more: "cancel");
        answer.GetProperty("body").GetProperty("error_type").GetString().ShouldBe("client_cancelled", answer.GetRawText());
    }

    [Theory]
    [InlineData("another-key", Wan, 401)]
    [InlineData(FakeProvider.ApiKey, "fal-ai/no-such/model", 404)]
    public async Task it_reads_a_refusal(string key, string model, int status) => (await RunAsync(key, model)).GetProperty("status").GetInt32().ShouldBe(status);

    [Theory]
    [InlineData("fal-ai/kling-video/v3/pro/image-to-video", "image_url")]
    [InlineData("wan/v2.6/image-to-video", null)]
    public async Task it_finds_the_field_that_a_model_refused(string model, string? field)
    {
        if (field is null)
            _fake.CheckFault = CheckFault.LateModeration;
        var answer = await RunAsync(model: model);
        answer.GetProperty("error").GetString().ShouldBe("ValidationError", answer.GetRawText());
        var mistake = answer.GetProperty("fields")[0];
        (mistake.GetProperty("loc")[1].GetString(), mistake.GetProperty("type").GetString())
            .ShouldBe(field is null ? ("prompt", "content_policy_violation") : (field, "value_error"));
    }

    [Fact]
    public async Task its_types_know_every_field_that_the_fake_takes_with_the_same_values()
    {
        var types = await ForeignClient.RunAsync("fal-types.mjs", [.. FakeFalModels.All.Keys]);
        foreach (var (model, fields) in FakeFalModels.All)
        {
            foreach (var (name, values) in fields)
            {
                types.GetProperty(model).TryGetProperty(name, out var type).ShouldBeTrue($"{model} has no {name}");
                (type.ValueKind is JsonValueKind.Null ? [] : type.EnumerateArray().Select(value => value.GetString()))
                    .ShouldBe(values ?? [], ignoreOrder: true, $"{model}: {name}");
            }
        }
    }
}
