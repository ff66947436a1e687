using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>An OpenAPI file of <c>/v1/videos</c> is held against what goes between clients and the fake. Our own client's whole job goes through it in <see cref="MainJobThroughProvidersTests"/>.</summary>
public sealed class OpenApiJudgedTests : IAsyncLifetime
{
    private readonly FakeVideosServer _fake = new(VideosSoftware.Generic) { FinishesAtOnce = true, LooksAtPictures = false, Clip = new byte[70_000] };
    private PrismProxy _prism = null!;

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        _prism = await PrismProxy.StartAsync("videos.openapi.yaml", _fake.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _prism.DisposeAsync();
        await _fake.DisposeAsync();
    }

    [Fact]
    public async Task what_the_fake_answers_npms_openai_is_in_the_file()
    {
        var answer = await ForeignClient.RunAsync("videos.mjs", _prism.Address.AbsoluteUri.TrimEnd('/'), FakeProvider.ApiKey, "film-1", "1280x720");
        answer.TryGetProperty("error", out _).ShouldBeFalse(answer.GetRawText());
        answer.GetProperty("bytes").GetInt32().ShouldBe(_fake.Clip.Length);
        answer.GetProperty("listed").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData(SubmitFault.Moderated, 400)]
    [InlineData(SubmitFault.RateLimited, 429)]
    [InlineData(SubmitFault.QuotaAs429, 429)]
    public async Task so_is_every_refusal(SubmitFault fault, int status)
    {
        _fake.SubmitFault = fault;
        var answer = await ForeignClient.RunAsync("videos.mjs", _prism.Address.AbsoluteUri.TrimEnd('/'), FakeProvider.ApiKey, "film-1", "1280x720");
        answer.GetProperty("status").GetInt32().ShouldBe(status, answer.GetRawText());
    }

    [Fact]
    public async Task a_failed_task_is_in_the_file()
    {
        _fake.CheckFault = CheckFault.Failed;
        var answer = await ForeignClient.RunAsync("videos.mjs", _prism.Address.AbsoluteUri.TrimEnd('/'), FakeProvider.ApiKey, "film-1", "1280x720");
        answer.GetProperty("read").GetProperty("status").GetString().ShouldBe("failed", answer.GetRawText());
    }

    [Theory]
    [InlineData("seconds", "5")]
    [InlineData("size", "1080x1080")]
    [InlineData("prompt", "")]
    public async Task the_judge_refuses_an_order_that_is_not(string field, string value)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["prompt"] = "A mug.", ["seconds"] = "4", ["size"] = "1280x720", [field] = value };
        using var form = new MultipartFormDataContent();
        foreach (var one in fields)
            form.Add(new StringContent(one.Value), one.Key);
        using var answer = await SendAsync(HttpMethod.Post, "/v1/videos", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        _fake.Tasks.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_judge_refuses_an_answer_that_is_not()
    {
        using var form = new MultipartFormDataContent { { new StringContent("film-1"), "model" }, { new StringContent("A mug."), "prompt" }, { new StringContent("4"), "seconds" }, { new StringContent("1280x720"), "size" } };
        _fake.Progress = "\"half\"";
        using var answer = await SendAsync(HttpMethod.Post, "/v1/videos", form);
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        said.GetProperty("validation")[0].GetProperty("location").EnumerateArray().Select(part => part.GetString()).ShouldBe(["response", "body", "progress"]);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent body)
    {
        using var http = new HttpClient { BaseAddress = _prism.Address };
        using var request = new HttpRequestMessage(method, path) { Content = body, Headers = { Authorization = new AuthenticationHeaderValue("Bearer", FakeProvider.ApiKey) } };
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
