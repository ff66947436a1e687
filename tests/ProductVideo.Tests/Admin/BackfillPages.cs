using Bunit;
using MudBlazor;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;

namespace ProductVideo.Tests.Admin;

/// <summary>The pages of backfills over the real index, dry run and orders; the test moves them.</summary>
public abstract class BackfillPages : AdminPages
{
    internal BackfillDesk Desk => Pipeline.Get<BackfillDesk>();

    /// <summary>What the shop's list tells from now on.</summary>
    internal void Tell(ListedFacts facts) => Pipeline.Shop.Capabilities = Pipeline.Shop.Capabilities with { Tells = facts };

    /// <summary>Adds products with a picture to the shop.</summary>
    internal void Stock(int count, Func<ListedProduct, ListedProduct>? like = null)
    {
        var picture = Pipeline.Shop.Pictures["front.jpg"];
        for (var i = 0; i < count; i++)
        {
            var product = Pipeline.Shop.Add($"p{i:000}", ($"p{i}.jpg", picture)) with { Title = $"Product {i}" };
            Pipeline.Shop.Products[product.Ref.ProductId] = like?.Invoke(product) ?? product;
        }
    }

    /// <summary>Goes through the shop's products.</summary>
    internal async Task IndexAsync()
    {
        while (await Pipeline.Get<CatalogScan>().ScanNextAsync(CancellationToken.None))
        {
            // The next page.
        }
    }

    /// <summary>Moves backfills as far as they go now.</summary>
    internal async Task WorkAsync()
    {
        while (await Pipeline.Get<BackfillWork>().MoveNextAsync(CancellationToken.None))
        {
            // The next step.
        }
    }

    /// <summary>Lets the page look again.</summary>
    internal void Tick() => Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));

    internal async Task<Backfill> WriteDownAsync(BackfillPlan? plan = null, IReadOnlyList<string>? products = null, string name = "Mugs") =>
        await Desk.CreateAsync("test", name, plan ?? new BackfillPlan(), products, new Requester("merchant", GenerationOrigin.Click), CancellationToken.None);

    /// <summary>One whose dry run came to its end.</summary>
    internal async Task<Backfill> QuotedAsync(BackfillPlan? plan = null, IReadOnlyList<string>? products = null)
    {
        await IndexAsync();
        var made = await WriteDownAsync(plan, products);
        await Desk.QuoteAsync(made.Id, CancellationToken.None);
        await WorkAsync();
        return await Desk.GetAsync(made.Id, CancellationToken.None);
    }

    internal async Task<Backfill> StartedAsync(BackfillPlan? plan = null)
    {
        var quoted = await QuotedAsync(plan);
        return await Desk.StartAsync(quoted.Id, quoted.Quote!.Prices, "merchant", CancellationToken.None);
    }

    /// <summary>Started, ordered and made up to a person's look.</summary>
    internal async Task<Backfill> ForReviewAsync(BackfillPlan plan, int count, string? film = null)
    {
        var clip = film is null ? await Pipeline.ReadyClipAsync() : await Pipeline.ReadyClipAsync(film);
        Pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var started = await StartedAsync(plan);
        await WorkAsync();
        foreach (var ordered in await Generations.ListAsync(new GenerationFilter(State: nameof(GenerationState.Planned)), CancellationToken.None))
            await Pipeline.AdvanceAsync(ordered.Id);
        var waiting = await Generations.ListAsync(new GenerationFilter(State: nameof(GenerationState.AwaitingReview)), CancellationToken.None);
        waiting.Count(video => video.Order.Backfill == $"{started.Id}").ShouldBe(count);
        return started;
    }

    /// <summary>As <paramref name="change"/> would have it, whatever the work says.</summary>
    internal async Task<Backfill> ForceAsync(Backfill backfill, Func<Backfill, Backfill?> change) =>
        (await Pipeline.Get<BackfillStore>().FollowAsync(backfill.Id, change, together: null, CancellationToken.None))!;

    internal IRenderedComponent<MudDialogProvider> Dialogs()
    {
        var dialogs = Render<MudDialogProvider>();
        Render<MudPopoverProvider>();
        return dialogs;
    }
}
