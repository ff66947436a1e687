using System.Text;
using System.Xml.Linq;
using CsvHelper;
using ProductVideo.Feeds;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Feeds;

/// <summary>What is written is read again by somebody else's reader.</summary>
public sealed class FeedFormatTests
{
    private static readonly FeedItem[] Items =
    [
        new("mug", ["https://shop.example/a.mp4"]),
        new("tea & tin ä", ["https://shop.example/b.mp4?x=1&y=%22", "https://shop.example/c,d.mp4"]),
    ];

    private static async Task<string> WriteAsync(string file, IEnumerable<FeedItem> items, int columns = 2)
    {
        using var target = new MemoryStream();
        await FeedFormat.All.Single(format => format.File == file).WriteAsync(
            target, new FeedHead("Cups & more", "https://video.example/", columns), items.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(target.ToArray());
    }

    private static List<List<string>> Cells(string text, char separator)
    {
        using var reader = CsvReader.FromText(text, new CsvReaderOptions { Separator = separator, HasHeader = false });
        var rows = new List<List<string>>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i))]);
        return rows;
    }

    [Fact]
    public async Task google_reads_ids_and_addresses_parted_by_tabs()
    {
        var rows = Cells(await WriteAsync("google.tsv", [Items[0], Items[1] with { Videos = ["https://shop.example/b.mp4", "https://shop.example/c%2Cd.mp4"] }]), '\t');
        rows[0].ShouldBe(["id", "video_link"]);
        rows[1].ShouldBe(["mug", "https://shop.example/a.mp4"]);
        rows[2].ShouldBe(["tea & tin ä", "https://shop.example/b.mp4,https://shop.example/c%2Cd.mp4"]);
        rows.Count.ShouldBe(3);
    }

    [Fact]
    public async Task google_reads_each_address_in_its_own_element()
    {
        var feed = XDocument.Parse(await WriteAsync("google.xml", Items));
        XNamespace g = "http://base.google.com/ns/1.0";
        feed.Root!.Name.LocalName.ShouldBe("rss");
        feed.Root.Attribute("version")!.Value.ShouldBe("2.0");
        var channel = feed.Root.Element("channel")!;
        (channel.Element("title")!.Value, channel.Element("link")!.Value).ShouldBe(("Product videos of Cups & more", "https://video.example/"));
        channel.Elements("item").Select(item => item.Element(g + "id")!.Value).ShouldBe(["mug", "tea & tin ä"]);
        channel.Elements("item").Last().Elements(g + "video_link").Select(link => link.Value).ShouldBe(Items[1].Videos);
    }

    [Fact]
    public async Task meta_reads_each_address_in_its_own_column_and_every_row_has_all()
    {
        var rows = Cells(await WriteAsync("meta.csv", Items), ',');
        rows[0].ShouldBe(["id", "video[0].url", "video[1].url"]);
        rows[1].ShouldBe(["mug", "https://shop.example/a.mp4", ""]);
        rows[2].ShouldBe(["tea & tin ä", .. Items[1].Videos]);
    }

    [Fact]
    public async Task more_addresses_than_columns_are_cut()
    {
        // One more was published while the feed was being written.
        Cells(await WriteAsync("meta.csv", Items, columns: 1), ',').ShouldAllBe(row => row.Count == 2);
    }

    [Theory]
    [InlineData("google.tsv", "id\tvideo_link\n")]
    [InlineData("meta.csv", "id,video[0].url\r\n")]
    public async Task a_shop_without_clips_has_a_feed_without_rows(string file, string text) => (await WriteAsync(file, [], columns: 1)).ShouldBe(text);
}
