using System.Text;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Exports;
using ProductVideo.Generations;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Exports;

public sealed class ListedClipsTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private async Task PublishAsync(string shop, string product, string title, string? address, int second)
    {
        var order = Some.Generation(new GenerationState.AwaitingReview(Some.Clip));
        var at = new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero).AddSeconds(second);
        await _pipeline.Get<GenerationStore>().AddAsync(
            order with
            {
                Id = Guid.CreateVersion7(at), Product = new ProductRef(shop, product), CreatedAt = at, DueAt = null,
                Order = order.Order with { ProductTitle = title, Fingerprint = $"{shop}-{product}-{second}" },
                State = new GenerationState.Published(Some.Clip, "key", "media", address, at),
            },
            idempotency: null, CancellationToken.None);
    }

    [Fact]
    public async Task every_clip_on_a_listing_is_there_once_however_many_pages_they_are()
    {
        for (var i = 0; i < 251; i++)
            await PublishAsync("test", $"p-{i:000}", "A mug", address: null, second: i / 100);
        await PublishAsync("other", "vase", "A vase", address: null, second: 500);
        await _pipeline.Get<GenerationStore>().AddAsync(Some.Generation(new GenerationState.AwaitingReview(Some.Clip)), idempotency: null, CancellationToken.None);

        var clips = await _pipeline.Get<ListedClips>().StreamAsync("test", CancellationToken.None).Select(clip => clip.Product).ToListAsync();
        (clips.Count, clips.Distinct().Count()).ShouldBe((251, 251));
        (await _pipeline.Get<ListedClips>().StreamAsync(shop: null, CancellationToken.None).CountAsync()).ShouldBe(252);
    }

    [Fact]
    public async Task a_title_is_no_formula_to_a_spreadsheet()
    {
        await PublishAsync("test", "mug", "=HYPERLINK(\"x\")", "/listing/mug", second: 0);
        await using var file = new MemoryStream();
        await ListedClipsCsv.WriteAsync(file, _pipeline.Get<ListedClips>().StreamAsync("test", CancellationToken.None), CancellationToken.None);
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("shop,product,title,generation,address,seconds,provider,cost,currency,published_at");
        lines[1].ShouldStartWith("test,mug,\"'=HYPERLINK(\"\"x\"\")\",");
        lines[1].ShouldContain(",/listing/mug,");
        lines[1].ShouldEndWith(",2026-11-01T08:00:00Z");
    }
}
