using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Changes;

/// <summary>A shop with a mug whose clip is on its listing; looks and scans happen when a test says so.</summary>
public abstract class ChangesFixture : IAsyncLifetime
{
    internal static readonly ProductRef Mug = new("test", "mug");

    /// <param name="others">Providers beside the scripted one.</param>
    protected ChangesFixture(params IVideoProvider[] others) => Pipeline = new PipelineFixture
    {
        Add = services =>
        {
            services.AddSingleton<IEnumerable<ShopBrand>>(Brands);
            foreach (var other in others)
                services.AddSingleton(other);
        },
    };

    internal PipelineFixture Pipeline { get; }

    /// <summary>How the shop's clips look, as configured; a test may change it.</summary>
    internal List<ShopBrand> Brands { get; } = [];

    internal MemoryShop Shop => Pipeline.Shop;

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        await Pipeline.InitializeAsync();
        var clip = await Pipeline.ReadyClipAsync();
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal Task<WatchedProductRow> RowAsync() => RowAsync(Mug);

    internal async Task<WatchedProductRow> RowAsync(ProductRef product) => (await Pipeline.Get<WatchedProducts>().RowAsync(product, Token)).ShouldNotBeNull();

    internal Task HintAsync(string product = "mug") => Pipeline.Get<WatchedProducts>().HintAsync(Mug with { ProductId = product }, Token);

    internal Task WantAsync(OnChange onChange, bool withdraw = false) => Pipeline.Get<WatchedShops>().PutAsync(
        "test", new ChangePolicy { OnChange = onChange, WithdrawRemovedPictures = withdraw }, "tester", Token);

    /// <summary>Lets the pause after a hint pass and looks at all that is due.</summary>
    internal async Task<int> LookAsync()
    {
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(2));
        return await LookNowAsync();
    }

    internal async Task<int> LookNowAsync()
    {
        var looks = 0;
        while (await Pipeline.Get<ProductLook>().LookNextAsync(Token))
            looks++;
        return looks;
    }

    /// <summary>Hints, waits and looks.</summary>
    internal async Task<WatchedProductRow> HintAndLookAsync()
    {
        await HintAsync();
        await LookAsync();
        return await RowAsync();
    }

    internal async Task<int> ScanAsync()
    {
        var pages = 0;
        while (await Pipeline.Get<CatalogScan>().ScanNextAsync(Token))
            pages++;
        return pages;
    }

    /// <summary>Orders, makes and publishes a clip of the mug, and looks at it once.</summary>
    internal async Task<Generation> PublishAsync(VideoWishes? wishes = null)
    {
        var published = await ApproveAsync(await Pipeline.OrderAsync(wishes));
        await LookAsync();
        (await RowAsync()).State.ShouldBe(nameof(WatchState.Current));
        return published;
    }

    internal async Task<Generation> ApproveAsync(Generation ordered)
    {
        (await Pipeline.AdvanceAsync(ordered.Id)).State.ShouldBeOfType<AwaitingReview>();
        await Pipeline.Get<VideoGenerations>().ApproveAsync(ordered.Id, "tester", keepEarlier: null, Token);
        var published = await Pipeline.AdvanceAsync(ordered.Id);
        published.State.ShouldBeOfType<Published>();
        return published;
    }

    internal Task<IReadOnlyList<Generation>> VideosAsync() => Pipeline.Get<VideoGenerations>().ListAsync(new GenerationFilter("test"), Token);

    internal Task<Generation> FindAsync(Guid id) => Pipeline.Get<VideoGenerations>().GetAsync(id, Token);
}
