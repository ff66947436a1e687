using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Backfills;
using ProductVideo.Choosing;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

/// <summary>A shop of mugs with a paid provider at 0.70 USD a clip; scans, dry runs and orders happen when a test says so.</summary>
public abstract class BackfillFixture : IAsyncLifetime
{
    internal static readonly Money Clip = new(0.70m, "USD");

    protected BackfillFixture() => Pipeline = new() { Add = Add };

    internal PipelineFixture Pipeline { get; }

    internal MemoryShop Shop => Pipeline.Shop;

    internal BackfillDesk Desk => Pipeline.Get<BackfillDesk>();

    internal static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static readonly BackfillRecipe Scripted = new() { Providers = [new ProviderChoice { Provider = "scripted" }], Aspects = ["1:1"], Seconds = 5 };

    /// <summary>What a provider says that knows no price.</summary>
    internal static RefusedException Unpriced { get; } =
        new(RefusalKind.Invalid, new Problem("no_price_known", "The price of this video is not known. Choose another model.", "no row"), "model");

    /// <summary>Services in the place of the usual ones.</summary>
    internal virtual void Add(IServiceCollection services)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        await Pipeline.InitializeAsync();
        var clip = await Pipeline.ReadyClipAsync();
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        Shop.Products.Remove("mug");
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds products <c>p001</c> and so on, with a picture each.</summary>
    internal void Stock(int count, Func<int, ListedProduct, ListedProduct>? edit = null)
    {
        var picture = PipelineFixture.Picture(800, 600);
        for (var i = 1; i <= count; i++)
        {
            var id = $"p{i:000}";
            var product = Shop.Add(id, ($"{id}.jpg", [.. picture, .. System.Text.Encoding.ASCII.GetBytes(id)]));
            Shop.Products[id] = edit?.Invoke(i, product) ?? product;
        }
    }

    internal async Task ScanAsync()
    {
        Pipeline.Clock.Advance(TimeSpan.FromHours(7));
        while (await Pipeline.Get<CatalogScan>().ScanNextAsync(Token))
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    internal async Task<Backfill> DraftAsync(BackfillScope? scope = null, BackfillCaps? caps = null, BackfillRecipe? recipe = null, BackfillSchedule? schedule = null, IReadOnlyCollection<string>? products = null, bool autoApprove = false) =>
        await Desk.CreateAsync(
            "test", "Mugs", new BackfillPlan { Scope = scope ?? new(), Caps = caps ?? new(), Recipe = recipe ?? Scripted, Schedule = schedule ?? new(), AutoApprove = autoApprove },
            products, new Requester("tester", GenerationOrigin.Click), Token);

    internal async Task<Backfill> QuotedAsync(BackfillScope? scope = null, BackfillCaps? caps = null, BackfillRecipe? recipe = null, BackfillSchedule? schedule = null, IReadOnlyCollection<string>? products = null, bool autoApprove = false)
    {
        var draft = await DraftAsync(scope, caps, recipe, schedule, products, autoApprove);
        await Desk.QuoteAsync(draft.Id, Token);
        await MoveAsync();
        var quoted = await Desk.GetAsync(draft.Id, Token);
        quoted.State.ShouldBe(BackfillState.Quoted);
        return quoted;
    }

    internal async Task<Backfill> StartedAsync(Backfill quoted) => await Desk.StartAsync(quoted.Id, quoted.Quote!.Prices, "tester", Token);

    /// <summary>Moves backfills as long as one is due now.</summary>
    internal async Task<int> MoveAsync(int most = 1000)
    {
        var moved = 0;
        while (moved < most && await Pipeline.Get<BackfillWork>().MoveNextAsync(Token))
            moved++;
        return moved;
    }

    /// <summary>Lets what waits a second for something go on, a few times.</summary>
    internal async Task RunAsync(int rounds = 5)
    {
        for (var i = 0; i < rounds; i++)
        {
            await MoveAsync(most: 20);
            await AdvanceAllAsync();
            Pipeline.Clock.Advance(TimeSpan.FromSeconds(2));
        }
    }

    /// <summary>Makes and brings home all that is ordered.</summary>
    internal async Task AdvanceAllAsync()
    {
        foreach (var video in await VideosAsync())
            await Pipeline.AdvanceAsync(video.Id);
    }

    internal Task<IReadOnlyList<Generation>> VideosAsync() => Pipeline.Get<VideoGenerations>().ListAsync(new GenerationFilter("test", Take: 1000), Token);

    internal async Task<BackfillProgress> ProgressAsync(Backfill backfill) => await Desk.ProgressAsync(await Desk.GetAsync(backfill.Id, Token), Token);

    internal Task<IReadOnlyList<BackfillItem>> ItemsAsync(Backfill backfill, ItemState? state = null, SkipReason? reason = null) =>
        Desk.ItemsAsync(backfill.Id, new ItemFilter(state, reason, Take: 1000), Token);

    internal async Task<Backfill> NowAsync(Backfill backfill) => await Desk.GetAsync(backfill.Id, Token);

    internal async Task<T> ReadAsync<T>(Func<ProductVideoDb, Task<T>> read)
    {
        await using var db = await Pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token);
        return await read(db);
    }
}
