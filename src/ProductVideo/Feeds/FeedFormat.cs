using System.Text;
using System.Xml;

namespace ProductVideo.Feeds;

/// <summary>The files, each as its channel reads it. Rows are written as they come.</summary>
internal sealed record FeedFormat(string File, FeedChannel Channel, string ContentType, Func<Stream, FeedHead, IAsyncEnumerable<FeedItem>, CancellationToken, Task> WriteAsync)
{
    private const string Google = "http://base.google.com/ns/1.0";

    public static IReadOnlyList<FeedFormat> All { get; } =
    [
        new("google.tsv", FeedChannel.Google, "text/tab-separated-values; charset=utf-8", GoogleTextAsync),
        new("google.xml", FeedChannel.Google, "application/xml; charset=utf-8", GoogleXmlAsync),
        new("meta.csv", FeedChannel.Meta, "text/csv; charset=utf-8", MetaAsync),
    ];

    /// <summary>Several addresses stand in one cell with commas between them.</summary>
    private static async Task GoogleTextAsync(Stream target, FeedHead head, IAsyncEnumerable<FeedItem> items, CancellationToken cancellationToken)
    {
        await using var text = Text(target);
        await text.WriteAsync("id\tvideo_link\n");
        await foreach (var item in items.WithCancellation(cancellationToken))
            await text.WriteAsync($"{item.Id}\t{string.Join(',', item.Videos)}\n");
    }

    private static async Task GoogleXmlAsync(Stream target, FeedHead head, IAsyncEnumerable<FeedItem> items, CancellationToken cancellationToken)
    {
        await using var xml = XmlWriter.Create(target, new XmlWriterSettings
        {
            Async = true, Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            // A feed that breaks off must not look whole.
            WriteEndDocumentOnClose = false,
        });
        await xml.WriteStartDocumentAsync();
        await xml.WriteStartElementAsync(prefix: null, "rss", ns: null);
        await xml.WriteAttributeStringAsync("xmlns", "g", ns: null, Google);
        await xml.WriteAttributeStringAsync(prefix: null, "version", ns: null, "2.0");
        await xml.WriteStartElementAsync(prefix: null, "channel", ns: null);
        await xml.WriteElementStringAsync(prefix: null, "title", ns: null, $"Product videos of {head.Title}");
        await xml.WriteElementStringAsync(prefix: null, "link", ns: null, head.Link);
        await xml.WriteElementStringAsync(prefix: null, "description", ns: null, "The videos that are on the listings now.");
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            await xml.WriteStartElementAsync(prefix: null, "item", ns: null);
            await xml.WriteElementStringAsync("g", "id", Google, item.Id);
            foreach (var video in item.Videos)
                await xml.WriteElementStringAsync("g", "video_link", Google, video);
            await xml.WriteEndElementAsync();
        }

        await xml.WriteEndDocumentAsync();
    }

    /// <summary>Each address has a column, and each row all columns.</summary>
    private static async Task MetaAsync(Stream target, FeedHead head, IAsyncEnumerable<FeedItem> items, CancellationToken cancellationToken)
    {
        await using var text = Text(target);
        await text.WriteAsync("id" + string.Concat(Enumerable.Range(0, head.Columns).Select(i => FormattableString.Invariant($",video[{i}].url"))) + "\r\n");
        await foreach (var item in items.WithCancellation(cancellationToken))
            await text.WriteAsync(Cell(item.Id) + string.Concat(Enumerable.Range(0, head.Columns).Select(i => "," + Cell(item.Videos.ElementAtOrDefault(i) ?? ""))) + "\r\n");
    }

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\r\n ") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static StreamWriter Text(Stream target) => new(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 16_384, leaveOpen: true);
}

/// <param name="Title">The shop, as merchants know it.</param>
/// <param name="Link">Where the feed is from.</param>
/// <param name="Columns">Addresses of the item that has the most, 1 at least.</param>
internal sealed record FeedHead(string Title, string Link, int Columns);
