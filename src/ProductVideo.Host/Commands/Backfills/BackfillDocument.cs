using System.Text.Json.Serialization;
using ProductVideo.Api;
using ProductVideo.Backfills;
using ProductVideo.Host.Terminal;

namespace ProductVideo.Host.Commands.Backfills;

/// <summary>A backfill as the API tells it, with all of its videos where they were asked for.</summary>
internal sealed record BackfillDocument : BackfillAnswer
{
    private BackfillDocument(BackfillAnswer backfill, IAsyncEnumerable<BackfillItemAnswer>? items)
        : base(backfill) => Items = items;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IAsyncEnumerable<BackfillItemAnswer>? Items { get; }

    /// <summary>Writes the document where one is asked for; else only the list, a line for each.</summary>
    public static async Task TellAsync(IServiceProvider services, Screen screen, BackfillAnswer backfill, bool list, CancellationToken cancellationToken)
    {
        var items = list ? services.GetRequiredService<BackfillItems>().StreamAsync(backfill.Id, cancellationToken) : null;
        if (screen.IsJson)
        {
            await screen.DocumentAsync(new BackfillDocument(backfill, items?.Select(BackfillItemAnswer.Of)), cancellationToken);
            return;
        }

        if (items is null)
            return;
        await foreach (var item in items)
            screen.Row("item", BackfillLines.Of(item));
    }
}
