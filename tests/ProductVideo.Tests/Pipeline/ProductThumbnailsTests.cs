using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Imaging;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class ProductThumbnailsTests : IAsyncLifetime
{
    private static readonly ProductRef Mug = new("test", "mug");

    private readonly PipelineFixture _pipeline = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task a_picture_that_was_made_asks_nothing_of_the_shop_also_after_a_restart()
    {
        var first = await SizeAsync(New(), "front.jpg", "1");
        for (var time = 0; time < 3; time++)
            (await SizeAsync(New(), "front.jpg", "1")).ShouldBe(first);
        (_pipeline.Shop.Reads, _pipeline.Shop.PictureReads).ShouldBe((1, 1));
    }

    [Fact]
    public async Task a_changed_product_shows_its_new_picture_at_its_new_address()
    {
        (await SizeAsync(New(), "front.jpg", "1")).ShouldBe((640, 480));
        _pipeline.Shop.Pictures["front.jpg"] = PipelineFixture.Picture(600, 800);
        var edited = _pipeline.Shop.Edit("mug", mug => mug);
        (await SizeAsync(New(), "front.jpg", edited.Version)).ShouldBe((480, 640));
        (await SizeAsync(New(), "front.jpg", "1")).ShouldBe((640, 480), "that is what it was made of");
    }

    [Fact]
    public async Task nothing_is_kept_under_a_version_that_the_product_does_not_have()
    {
        for (var time = 0; time < 2; time++)
            (await SizeAsync(New(), "front.jpg", "made up")).ShouldBe((640, 480));
        (_pipeline.Shop.Reads, _pipeline.Shop.PictureReads).ShouldBe((2, 1), "it is made once, under the version that it has");
        (await New().OpenAsync(Mug, "side.jpg", "1", Token)).ShouldBeNull();
        (await New().OpenAsync(Mug with { ProductId = "cup" }, "front.jpg", version: null, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_page_full_of_pictures_asks_the_shop_for_four_at_once()
    {
        var thumbnails = New();
        _pipeline.Shop.ReadTakes = TimeSpan.FromMilliseconds(5);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => SizeAsync(thumbnails, "front.jpg", version: null), Token)));
        _pipeline.Shop.MostReadsAtOnce.ShouldBeLessThanOrEqualTo(4);
    }

    private ProductThumbnails New() =>
        new(_pipeline.Get<Shops>(), _pipeline.Get<ProductSnapshots>(), _pipeline.Get<ImageFitter>(), _pipeline.Get<IBlobStore>());

    private static async Task<(int Width, int Height)> SizeAsync(ProductThumbnails thumbnails, string image, string? version)
    {
        await using var jpeg = (await thumbnails.OpenAsync(Mug, image, version, Token)).ShouldNotBeNull();
        using var bytes = new MemoryStream();
        await jpeg.CopyToAsync(bytes, Token);
        var found = ImageChecker.Check(bytes.ToArray());
        return (found.Width, found.Height);
    }
}
