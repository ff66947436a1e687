using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Data;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Changes;

public sealed class CatalogScanTests : ChangesFixture
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(6);

    [Fact]
    public async Task a_change_that_nobody_told_of_is_found_by_the_next_scan()
    {
        await PublishAsync();
        await ScanAsync();
        (await LookAsync()).ShouldBe(0, "nothing has changed");
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        (await ScanAsync()).ShouldBe(0, "it is not time yet");

        Pipeline.Clock.Advance(Every);
        (await ScanAsync()).ShouldBe(1);
        (await LookAsync()).ShouldBe(1);

        (await RowAsync()).State.ShouldBe("Stale");
        Pipeline.Clock.Advance(Every);
        await ScanAsync();
        (await LookAsync()).ShouldBe(0, "it is known");
    }

    [Fact]
    public async Task a_page_that_the_shop_answers_with_too_much_is_asked_for_in_smaller_ones()
    {
        Shop.Add("bowl");
        Shop.Add("cup");
        StorefrontException TooMuch() => new(StorefrontFault.InvalidData, "too large", "too large", new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded));
        for (var take = 100; take > 1; take = (take + 1) / 2)
            Shop.ListFaults.Enqueue(TooMuch());

        (await ScanAsync()).ShouldBe(1);

        Shop.Listed.ShouldHaveSingleItem("each faulty answer was a smaller page, and the last held one product");
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        await ScanAsync();
        (await Pipeline.Get<CatalogProducts>().CountAsync("test", Token)).ShouldBe(3);
        (await Pipeline.Get<WatchedShops>().RowAsync("test", Token))!.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task a_product_that_no_database_can_hold_as_it_is_stops_no_scan()
    {
        Shop.Add("bowl");
        Shop.Edit("bowl", bowl => bowl with
        {
            Title = "Oak\0 bowl", Vendor = "\0", ProductType = "Bowl\0s", Tags = ["o\0ak"], Collections = ["Kit\0chen"], Price = new Money(1_000_000_000_000_000m, "EUR"),
        });
        (await ScanAsync()).ShouldBe(1);

        var bowl = (await Pipeline.Get<CatalogProducts>().FindAsync("test", ["bowl", "mug"], Token)).Single(product => product.Ref.ProductId == "bowl");
        (bowl.Title, bowl.Vendor, bowl.ProductType, bowl.Price).ShouldBe(("Oak bowl", "", "Bowls", null));
        (bowl.Tags.Single(), bowl.Collections.Single()).ShouldBe(("oak", "Kitchen"));
        (await Pipeline.Get<WatchedShops>().RowAsync("test", Token))!.ScannedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task products_without_a_clip_are_not_looked_at()
    {
        Shop.Add("bowl");
        await ScanAsync();
        (await LookAsync()).ShouldBe(0);
        (await Pipeline.Get<WatchedProducts>().FindAsync(Mug, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_product_that_is_not_listed_any_more_is_gone_and_comes_back()
    {
        await PublishAsync();
        var mug = Shop.Products["mug"];
        Shop.Add("bowl");
        Shop.Products.Remove("mug");
        await ScanAsync();
        (await LookAsync()).ShouldBe(1);
        (await RowAsync()).State.ShouldBe("Gone");

        Pipeline.Clock.Advance(Every);
        await ScanAsync();
        (await LookAsync()).ShouldBe(0, "that it is gone is known");
        Shop.Products["mug"] = mug;
        Pipeline.Clock.Advance(Every);
        await ScanAsync();
        (await LookAsync()).ShouldBe(1);
        (await RowAsync()).State.ShouldBe("Current");
    }

    [Fact]
    public async Task a_scan_goes_on_page_by_page_at_the_pace_that_was_set_and_where_it_stood()
    {
        Pipeline.Get<ChangesOptions>().FirstProductsPerMinute = 2;
        foreach (var id in new[] { "a", "b", "c", "d" })
            Shop.Add(id);

        (await ScanAsync()).ShouldBe(1);
        (await ScanAsync()).ShouldBe(0, "two a minute");
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ScanAsync()).ShouldBe(1);
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ScanAsync()).ShouldBe(1);

        Shop.Listed.ShouldBe([null, "b", "d"]);
        var row = await ShopAsync();
        (row.Cursor, row.ScanSince).ShouldBe((null, null));
        row.DueAt.ShouldBe(PipelineStart + Every, "it counts from the start of the scan before");
    }

    [Fact]
    public async Task a_large_catalogue_is_gone_through_in_time_however_slow_the_pace_that_was_set()
    {
        var options = Pipeline.Get<ChangesOptions>();
        for (var i = 0; i < 300; i++)
            Shop.Add($"p{i:000}");
        await WalkAsync();
        options.ProductsPerMinute = 1;
        options.ScanEvery = TimeSpan.FromHours(1);

        Pipeline.Clock.Advance(Every);
        (await WalkAsync()).ShouldBeLessThan(TimeSpan.FromHours(1));
        Pipeline.Clock.Advance(Every);
        options.FirstProductsPerMinute = 2;
        (await WalkAsync()).ShouldBeGreaterThan(TimeSpan.FromHours(2), "no faster than a shop is ever listed");
    }

    [Fact]
    public async Task between_two_scans_a_shop_is_asked_each_hour_what_changed()
    {
        Shop.Capabilities = Shop.Capabilities with { ListsChanges = true };
        await PublishAsync();
        Shop.Add("bowl");
        await ScanAsync();
        var scanned = Pipeline.Clock.GetUtcNow();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(30));
        (await ScanAsync()).ShouldBe(0);
        Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        Shop.Edited["mug"] = Pipeline.Clock.GetUtcNow();

        Pipeline.Clock.Advance(TimeSpan.FromMinutes(31));
        (await ScanAsync()).ShouldBe(1);
        (await LookAsync()).ShouldBe(1);
        (await RowAsync()).State.ShouldBe("Stale");
        (await Pipeline.Get<CatalogProducts>().FindAsync("test", ["mug"], Token)).Single().Title.ShouldBe("Porcelain cup");
        (await Pipeline.Get<CatalogProducts>().CountAsync("test", Token)).ShouldBe(2, "what was not named is still there");
        Shop.Asked.ShouldHaveSingleItem().ShouldBe(scanned - TimeSpan.FromMinutes(10));
        (await ShopAsync()).DueAt.ShouldBe(scanned + Every, "the next scan is not put off");
    }

    [Fact]
    public async Task what_changed_is_listed_page_by_page_and_what_the_shop_refuses_is_asked_again()
    {
        var options = Pipeline.Get<ChangesOptions>();
        Shop.Capabilities = Shop.Capabilities with { ListsChanges = true };
        Shop.Add("bowl");
        await ScanAsync();
        var scanned = Pipeline.Clock.GetUtcNow();
        options.ProductsPerMinute = 1;
        (Shop.Edited["mug"], Shop.Edited["bowl"]) = (scanned, scanned);
        Shop.Listed.Clear();

        Pipeline.Clock.Advance(TimeSpan.FromHours(1));
        Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503"));
        (await ScanAsync()).ShouldBe(1);
        ((await ShopAsync()).Problem, (await ShopAsync()).Tries).ShouldBe((null, 0), "a scan would tell");
        Pipeline.Clock.Advance(TimeSpan.FromHours(1));
        (await ScanAsync()).ShouldBe(1);
        var began = Pipeline.Clock.GetUtcNow();
        (await ScanAsync()).ShouldBe(0, "one a minute");
        (await ShopAsync()).ChangesCursor.ShouldBe("bowl");
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ScanAsync()).ShouldBe(1);
        ((await ShopAsync()).ChangesCursor, (await ShopAsync()).ChangesSince).ShouldBe((null, began), "what changed meanwhile is for the next time");

        Shop.Asked.ShouldBe([scanned - TimeSpan.FromMinutes(10), scanned - TimeSpan.FromMinutes(10)]);
        Shop.Listed.ShouldBeEmpty();
        Shop.Capabilities = Shop.Capabilities with { ListsChanges = false };
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(61));
        (await ScanAsync()).ShouldBe(1);
        (await ShopAsync()).ChangesDueAt.ShouldBeNull();
    }

    [Fact]
    public async Task a_shop_that_lists_all_whatever_it_is_asked_since_is_asked_no_more_often_than_it_is_gone_through()
    {
        Shop.Capabilities = Shop.Capabilities with { ListsChanges = true };
        for (var i = 0; i < 250; i++)
            Shop.Add($"p{i:000}");
        await WalkAsync();
        // As many as were truly edited in one hour are no reason.
        foreach (var id in Shop.Products.Keys.Take(120))
            Shop.Edited[id] = Pipeline.Clock.GetUtcNow();
        (await AskAsync()).ShouldBe((2, TimeSpan.FromHours(1)));
        foreach (var id in Shop.Products.Keys)
            Shop.Edited[id] = DateTimeOffset.MaxValue;

        (await AskAsync()).ShouldBe((3, Every));
        foreach (var id in Shop.Products.Keys.Skip(50).ToList())
            Shop.Products.Remove(id);
        await WalkAsync();
        (await AskAsync()).ShouldBe((1, TimeSpan.FromHours(1)), "all of a small one fit on a page");
    }

    [Fact]
    public async Task nodes_list_each_page_once()
    {
        Pipeline.Get<ChangesOptions>().FirstProductsPerMinute = 1;
        Shop.Add("bowl");
        Shop.Add("vase");
        for (var i = 0; i < 3; i++)
        {
            var scans = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Pipeline.Get<CatalogScan>().ScanNextAsync(Token), Token)));
            scans.Count(one => one).ShouldBe(1);
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Shop.Listed.ShouldBe([null, "bowl", "mug"]);
    }

    [Fact]
    public async Task a_shop_that_is_away_is_tried_later_with_growing_waits_and_as_late_as_it_asks()
    {
        var waits = new List<double>();
        for (var i = 0; i < 4; i++)
        {
            Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "The shop is away.", "503") { RetryAfter = i == 3 ? TimeSpan.FromMinutes(30) : null });
            (await ScanAsync()).ShouldBe(1);
            waits.Add(((await ShopAsync()).DueAt - Pipeline.Clock.GetUtcNow()).TotalMinutes);
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(waits[^1]));
        }

        waits.ShouldBe([1, 2, 4, 30]);
        (await ShopAsync()).Problem!.ShouldContain("The shop is away.");
        await ScanAsync();
        ((await ShopAsync()).Tries, (await ShopAsync()).Problem).ShouldBe((0, null));
    }

    [Fact]
    public async Task a_cursor_that_the_shop_keeps_refusing_is_given_up()
    {
        Pipeline.Get<ChangesOptions>().FirstProductsPerMinute = 1;
        Shop.Add("bowl");
        await ScanAsync();
        for (var i = 0; i < 4; i++)
        {
            Pipeline.Clock.Advance(TimeSpan.FromMinutes(10));
            Shop.ListFaults.Enqueue(new StorefrontException(StorefrontFault.InvalidData, "That page is not there.", "cursor"));
            await ScanAsync();
        }

        Pipeline.Clock.Advance(TimeSpan.FromMinutes(10));
        await ScanAsync();
        Shop.Listed.ShouldBe([null, null]);
    }

    [Fact]
    public async Task a_shop_that_has_other_products_now_is_gone_through_from_its_beginning_at_once_and_what_it_had_is_forgotten()
    {
        Pipeline.Get<ChangesOptions>().FirstProductsPerMinute = 1;
        Shop.Add("pot");
        await PublishAsync();
        (await ScanAsync()).ShouldBe(1, "it is in the midst of it");
        Shop.Products.Clear();
        Shop.Add("bowl");
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));

        await Pipeline.Get<WatchedShops>().ScanAnewAsync("test", Token);
        (await ScanAsync()).ShouldBe(1);
        (await Pipeline.Get<CatalogProducts>().FindAsync("test", ["bowl", "mug", "pot"], Token)).Single().Ref.ProductId.ShouldBe("bowl");
        await LookAsync();
        (await RowAsync()).State.ShouldBe("Gone");

        await Pipeline.Get<WatchedShops>().ScanAnewAsync("test", Token);
        (await ShopAsync()).ScannedAt.ShouldBeNull("nobody prices what another shop had");
        (await ScanAsync()).ShouldBe(1, "it was not due for hours");
    }

    [Fact]
    public async Task a_new_look_of_the_shop_is_found_and_told_and_orders_nothing()
    {
        await PublishAsync();
        await WantAsync(OnChange.Remake);
        await ScanAsync();
        Brands.Add(new ShopBrand("test", BrandKit.Plain with { Background = "#000000" }));

        Pipeline.Clock.Advance(Every);
        await ScanAsync();
        (await LookAsync()).ShouldBe(1);

        ((await RowAsync()).State, (await RowAsync()).Reasons).ShouldBe(("Stale", "Brand"));
        ChangeWords.Of(WatchedProduct.Of(await RowAsync())).ShouldBe("This video would be another one today: the shop looks different.");
        (await VideosAsync()).Count.ShouldBe(1);
        Pipeline.Clock.Advance(Every);
        await ScanAsync();
        (await LookAsync()).ShouldBe(0, "it is known");
    }

    /// <summary>Goes through all products, in however long that takes.</summary>
    private async Task<TimeSpan> WalkAsync()
    {
        var (began, before) = (Pipeline.Clock.GetUtcNow(), (await Pipeline.Get<WatchedShops>().FindAsync("test", Token))?.ScannedAt);
        await Pipeline.Get<CatalogScan>().ScanNextAsync(Token);
        while (await ShopAsync() is var row && row.ScannedAt == before)
        {
            Pipeline.Clock.Advance(row.DueAt - Pipeline.Clock.GetUtcNow());
            await Pipeline.Get<CatalogScan>().ScanNextAsync(Token);
        }

        return Pipeline.Clock.GetUtcNow() - began;
    }

    /// <summary>Waits until the shop is to be asked, and lists what it says.</summary>
    /// <returns>In how many pages, and how long after the last it is to be asked again.</returns>
    private async Task<(int Pages, TimeSpan Wait)> AskAsync()
    {
        Shop.Asked.Clear();
        do
        {
            var row = await ShopAsync();
            Pipeline.Clock.Advance(TimeSpan.FromTicks(Math.Max(0, (row.ChangesDueAt!.Value - Pipeline.Clock.GetUtcNow()).Ticks)));
            (await Pipeline.Get<CatalogScan>().ScanNextAsync(Token)).ShouldBeTrue();
        }
        while (Shop.Asked.IsEmpty || (await ShopAsync()).ChangesBegan is not null);
        return (Shop.Asked.Count, (await ShopAsync()).ChangesDueAt!.Value - Pipeline.Clock.GetUtcNow());
    }

    private static DateTimeOffset PipelineStart => new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private async Task<WatchedShopRow> ShopAsync() => (await Pipeline.Get<WatchedShops>().RowAsync("test", Token)).ShouldNotBeNull();

    [Fact]
    public async Task a_scan_that_is_broken_off_is_gone_on_with_at_once()
    {
        Shop.Listing = new TaskCompletionSource().Task;
        using var stop = new CancellationTokenSource();
        var scanning = Pipeline.Get<CatalogScan>().ScanNextAsync(stop.Token);
        while (await OwnerAsync() is null)
        {
            // It is about to be claimed.
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => scanning);
        (await OwnerAsync()).ShouldBeNull();

        Shop.Listing = Task.CompletedTask;
        (await ScanAsync()).ShouldBe(1);

        async Task<string?> OwnerAsync() => (await Pipeline.Get<WatchedShops>().RowAsync("test", Token))?.Owner;
    }
}
