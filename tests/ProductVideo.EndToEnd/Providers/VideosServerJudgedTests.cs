using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>npm's <c>openai</c>, written against OpenAI's specification, takes each of the fakes for a real server.</summary>
public sealed class VideosServerJudgedTests
{
    [Theory]
    [InlineData(VideosSoftware.Generic)]
    [InlineData(VideosSoftware.VllmOmni)]
    public async Task it_makes_finds_and_downloads_a_video(VideosSoftware software)
    {
        await using var fake = await StartAsync(software);
        await RunAsync(fake);
        var answer = await RunAsync(fake);
        var id = answer.GetProperty("made").GetProperty("id").GetString();
        answer.GetProperty("read").GetProperty("status").GetString().ShouldBe("completed", answer.GetRawText());
        answer.GetProperty("read").GetProperty("seconds").GetString().ShouldBe("4");
        answer.GetProperty("bytes").GetInt32().ShouldBe(fake.Clip.Length);
        // One by one: it follows has_more to the end.
        answer.GetProperty("listed").EnumerateArray().Select(one => one.GetString()).ShouldBe([id, fake.Tasks[0].Id]);
    }

    [Fact]
    public async Task it_makes_and_downloads_a_video_of_a_server_that_says_less()
    {
        await using var fake = await StartAsync(VideosSoftware.Sglang);
        var answer = await RunAsync(fake);
        answer.GetProperty("bytes").GetInt32().ShouldBe(fake.Clip.Length, answer.GetRawText());
    }

    [Fact]
    public async Task it_reads_a_refusal_of_a_picture_of_another_size()
    {
        await using var fake = await StartAsync(VideosSoftware.Generic);
        var answer = await RunAsync(fake, size: "1080x1080");
        answer.GetProperty("status").GetInt32().ShouldBe(400);
        answer.GetProperty("message").GetString()!.ShouldContain("must match the requested width and height");
    }

    [Fact]
    public async Task it_is_not_let_in_with_another_key()
    {
        await using var fake = await StartAsync(VideosSoftware.Generic);
        var answer = await RunAsync(fake, key: "another-key");
        (answer.GetProperty("error").GetString(), answer.GetProperty("code").GetString()).ShouldBe(("AuthenticationError", "invalid_api_key"));
    }

    [Fact]
    public async Task it_reads_a_task_that_failed()
    {
        await using var fake = await StartAsync(VideosSoftware.VllmOmni);
        fake.CheckFault = CheckFault.Failed;
        (await RunAsync(fake)).GetProperty("read").GetProperty("error").GetProperty("message").GetString().ShouldBe("CUDA out of memory");
    }

    private static async Task<FakeVideosServer> StartAsync(VideosSoftware software)
    {
        var fake = new FakeVideosServer(software) { FinishesAtOnce = true, Clip = new byte[70_000] };
        await fake.StartAsync();
        return fake;
    }

    private static Task<JsonElement> RunAsync(FakeVideosServer fake, string key = FakeProvider.ApiKey, string size = "1280x720") =>
        ForeignClient.RunAsync("videos.mjs", fake.Address.AbsoluteUri.TrimEnd('/'), key, "film-1", size);
}
