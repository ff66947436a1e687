using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Feeds;

/// <summary>The real program films a product of the sample shop, and the feeds lead to the very file.</summary>
public sealed class FeedTests : IDisposable
{
    private readonly string _data = Checkout.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task from_order_to_the_feeds_of_google_and_meta()
    {
        // A feed takes no clip that is too small for it.
        var ended = await HostProcess.RunAsync(
            ["generate", "--shop", "sample", "--product", "stoneware-mug", "--provider", "local", "--seconds", "6", "--publish", "--wait", "--data", _data], HostProcess.FullSize);
        ended.ExitCode.ShouldBe(0, ended.Output + ended.Errors);
        var made = await File.ReadAllBytesAsync(ended.Output.Trim().Split('\n')[^1], Token);
        var key = (await HostProcess.RunAsync(["keys", "create", "--name", "feeds", "--scope", "videos:read", "--data", _data])).Output.Trim();

        await using var host = await HostProcess.ServeAsync(_data);
        using var channel = new HttpClient();
        var addresses = await AddressesAsync(host.Address, key);
        addresses.Count.ShouldBe(3);

        var rows = (await channel.GetStringAsync(addresses.Single(address => address.EndsWith("/google.tsv", StringComparison.Ordinal)), Token)).Split('\n');
        rows[0].ShouldBe("id\tvideo_link");
        var cells = rows[1].Split('\t');
        cells[0].ShouldBe("stoneware-mug");
        cells[1].ShouldStartWith(host.Address);
        (await channel.GetByteArrayAsync(cells[1], Token)).ShouldBe(made);
        (await channel.GetStringAsync(addresses.Single(address => address.EndsWith("/google.xml", StringComparison.Ordinal)), Token)).ShouldContain($"<g:video_link>{cells[1]}</g:video_link>");
        (await channel.GetStringAsync(addresses.Single(address => address.EndsWith("/meta.csv", StringComparison.Ordinal)), Token)).ShouldContain($"stoneware-mug,{cells[1]}\r\n");
    }

    private static async Task<List<string>> AddressesAsync(string server, string key)
    {
        using var caller = new HttpClient();
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var feeds = await caller.GetFromJsonAsync<JsonElement>($"{server}/api/v1/shops/sample/feeds", Token);
        return [.. feeds.GetProperty("channels").EnumerateArray().SelectMany(one => one.GetProperty("addresses").EnumerateArray()).Select(address => address.GetString()!)];
    }
}
