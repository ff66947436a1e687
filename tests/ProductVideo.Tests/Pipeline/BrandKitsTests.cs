using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class BrandKitsTests : IAsyncLifetime
{
    private readonly BrandedShop _shop = new("branded"), _other = new("other");
    private readonly PipelineFixture _pipeline;

    public BrandKitsTests() => _pipeline = new PipelineFixture { Add = services => services.AddSingleton<IStorefront>(_shop).AddSingleton<IStorefront>(_other) };

    public async ValueTask InitializeAsync()
    {
        await _pipeline.InitializeAsync();
        _shop.Memory.Add("mug", ("front.jpg", PipelineFixture.Picture(800, 600)));
    }

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    [Fact]
    public async Task the_shops_logo_is_on_the_end_card()
    {
        _shop.Memory.Pictures["logo"] = PipelineFixture.Picture(400, 400);
        var order = (await PreviewAsync("local")).Order;
        order.Request.Plan.EndCard!.LogoBlobKey.ShouldNotBeNull();
        order.Notes.ShouldNotContain(note => note.Contains("logo", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_logo_of_no_use_stops_no_video_and_is_told_where_it_would_be_seen(bool isMissing)
    {
        _shop.LogoFault = isMissing ? new StorefrontException(StorefrontFault.InvalidData, "It isn't in the shop's folder.", "logo") : null;
        _shop.Memory.Pictures["logo"] = "GIF89a"u8.ToArray();

        var film = (await PreviewAsync("local")).Order;
        film.Request.Plan.EndCard!.LogoBlobKey.ShouldBeNull();
        film.Notes.ShouldContain(note => note.Contains("no logo", StringComparison.Ordinal));
        (await PreviewAsync("scripted")).Order.Notes.ShouldNotContain(note => note.Contains("logo", StringComparison.Ordinal), "it shows none anyway");
    }

    [Fact]
    public async Task a_shop_that_is_away_is_waited_for()
    {
        _shop.LogoFault = new StorefrontException(StorefrontFault.Unavailable, "It is away.", "logo");
        (await Should.ThrowAsync<RefusedException>(() => PreviewAsync("local"))).Kind.ShouldBe(RefusalKind.Unavailable);
    }

    [Theory]
    [InlineData("branded", "other")]
    [InlineData("other", "branded")]
    public async Task two_shops_with_one_logo_look_the_same_whichever_is_asked_for_first(string first, string second)
    {
        _shop.Memory.Pictures["logo"] = _other.Memory.Pictures["logo"] = PipelineFixture.Picture(400, 400);
        var kits = new BrandKits(_pipeline.Get<Shops>(), _pipeline.Get<IBlobStore>(), []);
        foreach (var shop in new[] { first, second })
        {
            var looks = await kits.ForAsync(shop, VideoWishes.None, CancellationToken.None);
            looks.LogoBlobKey.ShouldNotBeNull().ShouldStartWith($"{shop}/brand/");
            looks.ShouldBe(await new BrandKits(_pipeline.Get<Shops>(), _pipeline.Get<IBlobStore>(), []).ForAsync(shop, VideoWishes.None, CancellationToken.None), "as after a restart");
        }
    }

    private Task<VideoPreview> PreviewAsync(string provider) => _pipeline.Get<VideoGenerations>().PreviewAsync(
        new ProductRef("branded", "mug"), new VideoWishes { Provider = provider }, new Requester("tester", GenerationOrigin.Click), CancellationToken.None);

    /// <summary>A shop that shows itself with a logo.</summary>
    private sealed class BrandedShop(string shop) : IStorefront, IHoldImages, IHaveBrand
    {
        public MemoryShop Memory { get; } = new() { Shop = shop };

        /// <summary>Thrown instead of the logo.</summary>
        public StorefrontException? LogoFault { get; set; }

        public string Shop => Memory.Shop;

        public string DisplayName => Memory.DisplayName;

        public StorefrontCapabilities Capabilities => Memory.Capabilities;

        public Task<ListedBrand> ReadBrandAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new ListedBrand("Branded", Color: null, new ImageSource.Held("logo")));

        public Task<Stream> OpenImageAsync(ImageSource.Held image, CancellationToken cancellationToken) =>
            image.Key == "logo" && LogoFault is { } fault ? throw fault : Memory.OpenImageAsync(image, cancellationToken);

        public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) => Memory.ReadAsync(productId, cancellationToken);

        public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken) => Memory.ListAsync(query, cancellationToken);

        public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken) =>
            Memory.AttachAsync(productId, clip, cancellationToken);

        public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken) => Memory.DetachAsync(productId, attachKey, cancellationToken);
    }
}
