using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenRouter;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>OpenRouter's own SDK takes the fake for the real service: its schemas refuse every field that is not where they say.</summary>
public sealed class OpenRouterJudgedTests : IAsyncLifetime
{
    private readonly FakeOpenRouter _fake = new() { FinishesAtOnce = true, Clip = new byte[1_234] };

    public ValueTask InitializeAsync() => new(_fake.StartAsync());

    public ValueTask DisposeAsync() => _fake.DisposeAsync();

    private Task<JsonElement> RunAsync(string key = FakeProvider.ApiKey, string model = OpenRouterModels.BySound) =>
        ForeignClient.RunAsync("openrouter.mjs", _fake.Base.AbsoluteUri, key, model);

    [Fact]
    public async Task it_gets_a_video_from_a_first_frame_and_knows_what_it_cost()
    {
        var answer = await RunAsync();
        answer.TryGetProperty("task", out var task).ShouldBeTrue(answer.GetRawText());
        answer.GetProperty("made").GetProperty("pollingUrl").GetString()!.ShouldEndWith(_fake.Tasks.ShouldHaveSingleItem().Id);
        (task.GetProperty("status").GetString(), task.GetProperty("usage").GetProperty("cost").GetDecimal()).ShouldBe(("completed", 0.15m));
        answer.GetProperty("bytes").GetInt32().ShouldBe(1_234);
    }

    [Fact]
    public async Task it_reads_every_model_of_the_list_and_the_keys_page()
    {
        var answer = await RunAsync();
        answer.TryGetProperty("listed", out var listed).ShouldBeTrue(answer.GetRawText());
        listed.GetArrayLength().ShouldBe(OpenRouterModels.All().Count);
        var veo = listed.EnumerateArray().Single(model => model.GetProperty("id").GetString() == OpenRouterModels.BySound);
        veo.GetProperty("pricingSkus").GetProperty("duration_seconds_without_audio_720p").GetString().ShouldBe("0.03");
        veo.GetProperty("supportedFrameImages")[0].GetString().ShouldBe("first_frame");
        answer.GetProperty("key").GetProperty("limitRemaining").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("another-key", OpenRouterModels.BySound, SubmitFault.None, "UnauthorizedResponseError")]
    [InlineData(FakeProvider.ApiKey, "nobody/nothing", SubmitFault.None, "NotFoundResponseError")]
    [InlineData(FakeProvider.ApiKey, OpenRouterModels.Upscaler, SubmitFault.None, "BadRequestResponseError")]
    [InlineData(FakeProvider.ApiKey, OpenRouterModels.BySound, SubmitFault.Moderated, "ForbiddenResponseError")]
    [InlineData(FakeProvider.ApiKey, OpenRouterModels.BySound, SubmitFault.QuotaAs429, "PaymentRequiredResponseError")]
    [InlineData(FakeProvider.ApiKey, OpenRouterModels.BySound, SubmitFault.RateLimited, "TooManyRequestsResponseError")]
    public async Task it_reads_a_refusal(string key, string model, SubmitFault fault, string error)
    {
        _fake.SubmitFault = fault;
        var answer = await RunAsync(key, model);
        (answer.TryGetProperty("error", out var read) ? read.GetString() : null).ShouldBe(error, answer.GetRawText());
        _fake.Tasks.ShouldBeEmpty();
    }

    [Fact]
    public async Task it_reads_a_task_that_failed()
    {
        _fake.CheckFault = CheckFault.Failed;
        var task = (await RunAsync()).GetProperty("task");
        (task.GetProperty("status").GetString(), task.GetProperty("error").GetString()).ShouldBe(("failed", "Something went wrong."));
    }
}
