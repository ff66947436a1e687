using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using OpenAI.Videos;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenAiVideos;
using Shouldly;
using Xunit;

#pragma warning disable OPENAI001 // Marked as subject to change; the version is pinned, and a judge is all it is.

namespace ProductVideo.EndToEnd.Providers;

/// <summary>The vendor's own .NET client takes the fake for a real server.</summary>
public sealed class OpenAiNetJudgedTests
{
    [Fact]
    public async Task it_makes_reads_lists_downloads_and_deletes_a_video()
    {
        await using var fake = await StartAsync();
        var client = Client(fake, FakeProvider.ApiKey);
        using var form = new MultipartFormDataContent { { new StringContent("film-1"), "model" }, { new StringContent("A mug turns."), "prompt" }, { new StringContent("4"), "seconds" }, { new StringContent("1280x720"), "size" } };
        var made = Read(await client.CreateVideoAsync(
            BinaryContent.Create(await form.ReadAsStreamAsync(TestContext.Current.CancellationToken)), form.Headers.ContentType!.ToString()));
        var id = made.GetProperty("id").GetString()!;
        made.GetProperty("object").GetString().ShouldBe("video");

        Read(await client.GetVideoAsync(id)).GetProperty("status").GetString().ShouldBe("completed");
        (await client.DownloadVideoAsync(id)).GetRawResponse().Content.ToArray().Length.ShouldBe(fake.Clip.Length);
        var listed = new List<string?>();
        await foreach (var page in client.GetVideosAsync().GetRawPagesAsync())
            listed.AddRange(Read(page).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
        listed.ShouldBe([id]);
        Read(await client.DeleteVideoAsync(id)).GetProperty("deleted").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task it_reads_that_another_key_is_not_let_in()
    {
        await using var fake = await StartAsync();
        var refused = await Should.ThrowAsync<ClientResultException>(() => Client(fake, "another-key").GetVideoAsync("video_1"));
        refused.Status.ShouldBe(401);
        refused.Message.ShouldContain("invalid_api_key");
    }

    private static async Task<FakeVideosServer> StartAsync()
    {
        var fake = new FakeVideosServer(VideosSoftware.Generic) { FinishesAtOnce = true, Clip = new byte[70_000] };
        await fake.StartAsync();
        return fake;
    }

    private static VideoClient Client(FakeVideosServer fake, string key) => new(
        new ApiKeyCredential(key), new VideoClientOptions { Endpoint = new Uri(fake.Address, "v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) });

    private static JsonElement Read(ClientResult result) => JsonDocument.Parse(result.GetRawResponse().Content).RootElement;
}
