using System.Net;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Nodes;

/// <summary>Roles shared out among processes on PostgreSQL and a blob store.</summary>
public sealed class RolesTests(SharedStores stores) : IClassFixture<SharedStores>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_web_a_worker_and_a_render_process_make_a_clip_together()
    {
        await using var installation = await stores.NewInstallationAsync();
        installation.Set("Local__ShortSide", "256");
        var web = await installation.StartAsync("web", "web", ("Local__FfmpegPath", "/nowhere/ffmpeg"));
        using var client = await installation.ClientAsync(web);
        // Nobody is there yet to make it.
        var id = await client.OrderAsync("hand-cream", "local");
        var worker = await installation.StartAsync("worker", "worker");
        NodeClient.StateOf(await client.WatchAsync(id, "Rendering")).ShouldBe("Rendering", worker.Output);
        var render = await installation.StartAsync("render", "render");
        var published = await client.WatchAsync(id, "Published");
        NodeClient.StateOf(published).ShouldBe("Published", worker.Output + render.Output);

        render.Output.ShouldContain("finished in");
        foreach (var other in new[] { web, worker })
            other.Output.ShouldNotContain("finished in");
        await ShouldTellHealthOnlyAsync(worker, "worker");
        await ShouldTellHealthOnlyAsync(render, "render");

        var clip = await client.Http.GetByteArrayAsync($"/api/v1/clips/{id}/video.mp4", Token);
        var sha = Convert.ToHexStringLower(SHA256.HashData(clip));
        published.GetProperty("clip").GetProperty("sha256").GetString().ShouldBe(sha);
        var container = new BlobContainerClient(installation.Blobs, installation.Container, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_11_05));
        (await container.GetBlobClient($"sample/clips/{sha}.mp4").ExistsAsync(Token)).Value.ShouldBeTrue();
        foreach (var folder in new[] { "web", "worker", "render" })
            Directory.Exists(Path.Combine(installation.Folder(folder), "blobs")).ShouldBeFalse("the clips are in the blob store");
    }

    [Theory]
    [InlineData("Roles", "web,workers", "ProductVideo:Roles has 'workers', which is no role. Choose from web,worker,render.")]
    [InlineData("AzureBlobs__ServiceVersion", "2025-11-05", "ProductVideo:AzureBlobs:ServiceVersion is not a version that this program speaks. Write V2025_11_05")]
    [InlineData("AzureBlobs__Container", "My Videos", "ProductVideo:AzureBlobs:Container must have 3 to 63 of a-z")]
    [InlineData("Archive__After", "2", "ProductVideo:Archive:After is 2.00:00:00; it must be at least 30 days.")]
    public async Task a_mistake_in_the_settings_is_a_sentence_at_start(string setting, string value, string words)
    {
        await using var installation = await stores.NewInstallationAsync();
        installation.Set(setting, value);
        var ended = await installation.RunAsync("serve", "--port", "0");
        (ended.ExitCode, ended.Errors.Contains("   at ", StringComparison.Ordinal)).ShouldBe((2, false), ended.Errors);
        ended.Errors.ShouldContain(words);
    }

    [Fact]
    public async Task roles_on_the_command_line_come_before_those_in_the_settings()
    {
        await using var installation = await stores.NewInstallationAsync();
        installation.Set("Roles", "nonsense");
        await ShouldTellHealthOnlyAsync(await installation.StartAsync("one", "worker,render"), "worker, render");
    }

    private static async Task ShouldTellHealthOnlyAsync(HostProcess node, string roles)
    {
        node.Output.ShouldContain($"ProductVideo runs as {roles}.");
        node.Output.ShouldNotContain("sign-in");
        using var stranger = new HttpClient { BaseAddress = new Uri(node.Address) };
        (await stranger.GetStringAsync("/health/live", Token)).ShouldBe("live");
        (await stranger.GetStringAsync("/health/ready", Token)).ShouldBe("ready");
        foreach (var path in new[] { "/", "/api/v1/generations", "/shop/sample", "/sign-in" })
        {
            using var answer = await stranger.GetAsync(path, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }
}
