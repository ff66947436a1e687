using Microsoft.EntityFrameworkCore;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Feeds;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>What the feeds read.</content>
public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task published_clips_come_product_by_product_each_once_and_its_newest_first()
    {
        // An engine that sorts by one rule and compares by another would skip some, or tear a product apart.
        string[] products = ["mug", "Mug", "mug-2", "mug 2", "mug_2", "Ärmel", "armel", "123", "有機"];
        var now = await NowAsync();
        var added = new List<Generation>();
        for (var i = 0; i < 450; i++)
            added.Add(await AddAsync(Orders.New(now.AddSeconds(i / 20), Published($"https://cdn.example/{i}.mp4"), product: products[i % products.Length]) with { DueAt = null }));
        await AddAsync(Orders.New(now, new GenerationState.Withdrawn(Orders.Clip, "merchant", now), product: "gone") with { DueAt = null });

        var seen = new List<PublishedProduct>();
        await foreach (var product in Database.Get<PublishedClips>().ReadAsync("sample", Token))
            seen.Add(product);

        seen.Select(product => product.ProductId).ShouldBe(products, ignoreOrder: true);
        foreach (var product in seen)
        {
            product.Clips.Select(clip => clip.ClipUrl).ShouldBe(added.Where(one => one.Product.ProductId == product.ProductId)
                .OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id).Select(one => ((GenerationState.Published)one.State).ClipUrl));
        }
    }

    [Fact]
    public async Task how_many_clips_are_published_and_when_that_changed_is_known()
    {
        var now = await NowAsync();
        (await Database.Get<PublishedClips>().StampAsync("sample", Token)).ShouldBe(new PublishedStamp(0, 0, ChangedAt: null));
        await AddAsync(Orders.New(now, Published("https://cdn.example/1.mp4"), product: "mug"));
        await AddAsync(Orders.New(now.AddSeconds(1), Published("https://cdn.example/2.mp4"), product: "mug"));
        await AddAsync(Orders.New(now.AddSeconds(2), Published("https://cdn.example/3.mp4"), product: "bowl"));
        await AddAsync(Orders.New(now.AddSeconds(3), new GenerationState.Withdrawn(Orders.Clip, "merchant", now), product: "jug"));
        await AddAsync(Orders.New(now.AddSeconds(4), new GenerationState.Cancelled("merchant"), product: "plate"));
        var stamp = await Database.Get<PublishedClips>().StampAsync("sample", Token);
        (stamp.Count, stamp.MostOfOne).ShouldBe((3, 2));
        stamp.ChangedAt!.Value.ShouldBe(now.AddSeconds(3), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task clips_of_a_product_that_is_gone_are_told_apart_and_not_counted()
    {
        var now = await NowAsync();
        await AddAsync(Orders.New(now, Published("https://cdn.example/1.mp4"), product: "mug"));
        await AddAsync(Orders.New(now, Published("https://cdn.example/2.mp4"), product: "gone"));
        await AddAsync(Orders.New(now, Published("https://cdn.example/3.mp4"), product: "gone"));
        foreach (var product in new[] { "mug", "gone", "never-filmed" })
            await Watched.HintAsync(new ProductRef("sample", product), Token);
        await using (var db = await Database.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(Token))
        {
            await db.WatchedProducts.Where(row => row.ProductId == "gone")
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, nameof(WatchState.Gone)).SetProperty(row => row.StateAt, now.AddMinutes(1)), Token);
            await db.WatchedProducts.Where(row => row.ProductId == "never-filmed").ExecuteUpdateAsync(set => set.SetProperty(row => row.StateAt, now.AddMinutes(2)), Token);
        }

        var seen = new List<(string, int, bool)>();
        await foreach (var product in Database.Get<PublishedClips>().ReadAsync("sample", Token))
            seen.Add((product.ProductId, product.Clips.Count, product.IsGone));
        seen.ShouldBe([("gone", 2, true), ("mug", 1, false)]);
        var stamp = await Database.Get<PublishedClips>().StampAsync("sample", Token);
        (stamp.Count, stamp.MostOfOne).ShouldBe((1, 1));
        stamp.ChangedAt!.Value.ShouldBe(now.AddMinutes(1), TimeSpan.FromMilliseconds(1));
    }

    private static GenerationState.Published Published(string clipUrl) => new(Orders.Clip, "pv-1", "media-1", "/shop/mug", Orders.Clip.MadeAt, clipUrl);
}
