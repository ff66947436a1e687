using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using ProductVideo.Changes;
using ProductVideo.Choosing;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

public abstract partial class DatabaseConformance
{
    private readonly ShelfOfMugs _shelf = new();

    private async Task<DatabaseUnderTest> NodeAsync()
    {
        var node = new DatabaseUnderTest(_folder, _options!, services => services.AddSingleton<IStorefront>(_shelf));
        (node.Get<ChangesOptions>().FirstProductsPerMinute, node.Get<ChangesOptions>().ProductsPerMinute) = (100_000, 100_000);
        await ScanAsync(node);
        return node;
    }

    /// <summary>Begins a scan now and goes on until it has come to its end.</summary>
    private static async Task ScanAsync(DatabaseUnderTest node)
    {
        var before = (await node.Get<WatchedShops>().FindAsync(ShelfOfMugs.Key, Token))?.ScannedAt;
        do
        {
            await using var db = await node.OpenAsync();
            await db.WatchedShops.Where(row => row.Shop == ShelfOfMugs.Key).ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, DateTimeOffset.UnixEpoch), Token);
            await node.Get<CatalogScan>().ScanNextAsync(Token);
        }
        while ((await node.Get<WatchedShops>().FindAsync(ShelfOfMugs.Key, Token))?.ScannedAt == before);
    }

    [Fact]
    public async Task a_scan_fills_the_index_and_the_next_one_follows_the_shop()
    {
        _shelf.Mugs = 250;
        await using var node = await NodeAsync();
        var catalog = node.Get<CatalogProducts>();
        var standing = await catalog.StandingAsync(ShelfOfMugs.Key, Token);
        (standing.Products, standing.WithoutVideo, standing.Outdated).ShouldBe((250, 250, 0));
        var mug = (await catalog.FindAsync(ShelfOfMugs.Key, ["mug-007", "none"], Token)).Single();
        (mug.Title, mug.Price, mug.Stock, mug.Sold, mug.Pictures).ShouldBe(("Mug 7, “blue”", new Money(7.5m, "EUR"), 7, 70L, 1));
        mug.Collections.ShouldBe(["Kitchen", "Gifts"]);
        mug.Tags.ShouldBeEmpty();
        (await catalog.NamedAsync(ShelfOfMugs.Key, ["handle-7", "mug-008", "none"], Token)).Select(named => (named.Key, named.Value.Ref.ProductId))
            .ShouldBe([("handle-7", "mug-007"), ("mug-008", "mug-008")], ignoreOrder: true);

        (_shelf.Mugs, _shelf.Changed) = (240, 7);
        await ScanAsync(node);
        (await catalog.StandingAsync(ShelfOfMugs.Key, Token)).Products.ShouldBe(240);
        (await catalog.FindAsync(ShelfOfMugs.Key, ["mug-007"], Token)).Single().ChangedAt.ShouldBeGreaterThan(mug.ChangedAt);
        var other = (await catalog.FindAsync(ShelfOfMugs.Key, ["mug-008"], Token)).Single();
        other.ChangedAt.ShouldBeLessThan((await node.Get<WatchedShops>().FindAsync(ShelfOfMugs.Key, Token))!.ScannedAt!.Value, "it was there before, as it is");
        (await catalog.WordsAsync(ShelfOfMugs.Key, Token)).Collections.ShouldBe(["Kitchen", "Gifts"], ignoreOrder: true);
    }

    [Fact]
    public async Task what_lacks_a_video_is_found_page_by_page_and_none_twice()
    {
        _shelf.Mugs = 25;
        await using var node = await NodeAsync();
        await using (var db = await node.OpenAsync())
            await db.CatalogProducts.Where(row => row.ProductId == "mug-003").ExecuteUpdateAsync(set => set.SetProperty(row => row.Lacks, 0), Token);
        var found = new List<string>();
        string? after = null;
        while (await node.Get<CatalogProducts>().LackingAsync(ShelfOfMugs.Key, after, 10, Token) is { Count: > 0 } page)
        {
            found.AddRange(page.Select(product => product.Ref.ProductId));
            after = page[^1].Ref.ProductId;
        }

        found.ShouldBe(Enumerable.Range(1, 25).Where(i => i != 3).Select(ShelfOfMugs.IdOf));
    }

    [Fact]
    public async Task a_dry_run_writes_a_line_for_each_product_and_its_limits_trim_them()
    {
        _shelf.Mugs = 30;
        await using var node = await NodeAsync();
        var (desk, work) = (node.Get<BackfillDesk>(), node.Get<BackfillWork>());
        var plan = new BackfillPlan
        {
            Scope = new BackfillScope { MinPrice = 3, BestSellers = 10 },
            Recipe = new BackfillRecipe { Providers = [new ProviderChoice { Provider = "local" }], Aspects = ["1:1", "9:16"] },
            Caps = new BackfillCaps { Videos = 5 },
        };
        var backfill = await desk.CreateAsync(ShelfOfMugs.Key, "Mugs", plan, products: null, new Requester("tester", GenerationOrigin.Click), Token);
        await desk.QuoteAsync(backfill.Id, Token);
        (await AtOnceAsync(10, _ => work.MoveNextAsync(Token))).Count(one => one).ShouldBe(1);

        var quote = (await desk.GetAsync(backfill.Id, Token)).Quote.ShouldNotBeNull();
        (quote.Products, quote.Videos, quote.Prices.Count).ShouldBe((3, 5, 0));
        quote.Skipped[SkipReason.OutOfScope].ShouldBe(2);
        (await desk.ItemsAsync(backfill.Id, new ItemFilter(ItemState.Waiting), Token)).Select(item => (item.ProductId, item.Aspect))
            .ShouldBe([("mug-030", "1:1"), ("mug-030", "9:16"), ("mug-029", "1:1"), ("mug-029", "9:16"), ("mug-028", "1:1")]);
        (await desk.ItemsAsync(backfill.Id, new ItemFilter(Reason: SkipReason.NotBestSeller, Take: 250), Token)).Count.ShouldBe(36);
        (await desk.ItemsAsync(backfill.Id, new ItemFilter(Reason: SkipReason.OverCount, Take: 250), Token)).Count.ShouldBe(15);
    }

    [Fact]
    public async Task what_is_dearer_than_what_is_left_makes_room_for_what_is_not()
    {
        var id = Guid.CreateVersion7();
        await using var db = await Database.OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await db.WriteManyAsync(BackfillMapping.Items, [Waiting(id, 1, 600_000), Waiting(id, 2, 500_000), Waiting(id, 3, 400_000), Waiting(id, 4, 1)], Token);
        await TrimAsync(db, id, new BackfillPlan { Caps = new BackfillCaps { Money = new Money(1, "USD") } });
        (await db.BackfillItems.Where(row => row.State == nameof(ItemState.Waiting)).Select(row => row.Rank).ToListAsync(Token)).ShouldBe([1, 3], ignoreOrder: true);
        (await db.BackfillItems.Where(row => row.Reason == nameof(SkipReason.OverBudget)).Select(row => row.Rank).ToListAsync(Token)).ShouldBe([2, 4], ignoreOrder: true);
    }

    private static BackfillItemRow Waiting(Guid backfill, int rank, long price, string aspect = "") => new()
    {
        BackfillId = backfill, ProductId = ShelfOfMugs.IdOf(rank), Aspect = aspect, State = nameof(ItemState.Waiting), Rank = rank, Price = price, Currency = "USD",
    };

    private static async Task TrimAsync(ProductVideoDb db, Guid id, BackfillPlan plan)
    {
        var trimming = new Trimming(new Backfill { Id = id, Shop = "any", Name = "any", Plan = plan, CreatedBy = "tester", CreatedAt = DateTimeOffset.UnixEpoch });
        while (await trimming.DoSomeAsync(db, Token))
            db.ChangeTracker.HasChanges().ShouldBeFalse();
    }

    [Fact]
    public async Task a_crowd_is_trimmed_some_at_a_time_and_begun_anew_to_the_same_end()
    {
        const int Crowd = (2 * BackfillItems.Together) + 10;
        var id = Guid.CreateVersion7();
        await using var db = await Database.OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        await db.WriteManyAsync(
            BackfillMapping.Items, [.. Enumerable.Range(1, Crowd).SelectMany(rank => new[] { Waiting(id, rank, 1_000_000, "1:1"), Waiting(id, rank, 1_000_000, "9:16") })], Token);
        var plan = new BackfillPlan { Caps = new BackfillCaps { Videos = 7, Money = new Money(5, "USD") } };
        var cutOff = new Trimming(new Backfill { Id = id, Shop = "any", Name = "any", Plan = plan, CreatedBy = "tester", CreatedAt = DateTimeOffset.UnixEpoch });
        (await cutOff.DoSomeAsync(db, Token)).ShouldBeTrue();
        for (var i = 0; i < 2; i++)
        {
            await TrimAsync(db, id, plan);
            var left = await db.BackfillItems.AsNoTracking().Where(row => row.State == nameof(ItemState.Waiting)).OrderBy(row => row.Rank).ThenBy(row => row.Aspect).ToListAsync(Token);
            left.Select(row => (row.Rank, row.Aspect)).ShouldBe([(1, "1:1"), (1, "9:16"), (2, "1:1"), (2, "9:16"), (3, "1:1")]);
            (await db.BackfillItems.CountAsync(row => row.Reason == nameof(SkipReason.OverBudget), Token)).ShouldBe(2);
            (await db.BackfillItems.CountAsync(row => row.Reason == nameof(SkipReason.OverCount), Token)).ShouldBe((2 * Crowd) - 7);
        }

        for (var more = true; more;)
            more = await BackfillItems.DeleteSomeAsync(db, id, Token);
        (await db.BackfillItems.CountAsync(Token)).ShouldBe(0);
    }

    [Fact]
    public async Task the_shops_week_is_kept_though_two_backfills_order_at_the_same_moment()
    {
        _shelf.Mugs = 20;
        await using var node = await NodeAsync();
        var desk = node.Get<BackfillDesk>();
        var plan = new BackfillPlan
        {
            Recipe = new BackfillRecipe { Providers = [new ProviderChoice { Provider = "local" }] }, Caps = new BackfillCaps { VideosPerWeek = 3 },
        };
        var orders = new List<Generation>();
        foreach (var shelf in new[] { 1, 11 })
        {
            var run = await desk.CreateAsync(
                ShelfOfMugs.Key, "Mugs", plan, [.. Enumerable.Range(shelf, 10).Select(ShelfOfMugs.IdOf)], new Requester("tester", GenerationOrigin.Click), Token);
            await desk.QuoteAsync(run.Id, Token);
            // This one alone: the work would order the other one's already.
            (await node.Get<BackfillWork>().MoveAsync(run.Id, seen: null, Token)).ShouldBeTrue();
            await desk.StartAsync(run.Id, [], "tester", Token);
            foreach (var number in Enumerable.Range(shelf, 10))
            {
                var order = Orders.New(DateTimeOffset.UtcNow, product: ShelfOfMugs.IdOf(number));
                orders.Add(order with
                {
                    Product = new ProductRef(ShelfOfMugs.Key, order.Product.ProductId),
                    Order = order.Order with { Backfill = RunCaps.SubjectOf(run.Id), Origin = GenerationOrigin.Backfill },
                });
            }
        }

        var refusals = await AtOnceAsync(orders.Count, async i =>
        {
            try
            {
                await node.Get<GenerationStore>().AddAsync(orders[i], idempotency: null, Token);
                return null;
            }
            catch (RefusedException e)
            {
                return e.Problem.Code;
            }
        });
        await using var db = await node.OpenAsync();
        (await db.BackfillItems.CountAsync(row => row.OrderedAt != null, Token)).ShouldBe(3);
        refusals.Count(refusal => refusal is null).ShouldBe(3);
        refusals.Where(refusal => refusal is not null).ShouldAllBe(refusal => refusal == WeekQuota.IsFull);

        // Of the 17 that wait the last one takes the second place of the sixth week from now.
        var places = (await db.BackfillItems.Where(row => row.OrderedAt != null).Select(row => row.OrderedAt!.Value).ToListAsync(Token)).Order().ToList();
        (await new WeekQuota(3).AheadAsync(db, ShelfOfMugs.Key, waiting: 17, DateTimeOffset.UtcNow, Token)).ShouldBe(new WeekAhead(IsFull: true, places[1].AddDays(6 * 7)));
        (await new WeekQuota(20).AheadAsync(db, ShelfOfMugs.Key, waiting: 17, DateTimeOffset.UtcNow, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task what_cant_be_made_of_a_listing_is_remembered_for_its_version()
    {
        _shelf.Mugs = 2;
        await using var node = await NodeAsync();
        var before = await MugsAsync();
        await using (var db = await node.OpenAsync())
        {
            await CatalogVideos.FailAsync(db, before[0], Token);
            await CatalogVideos.FailAsync(db, before[1] with { Version = "as it was before it was mended" }, Token);
        }

        var mugs = await MugsAsync();
        var (failed, other) = (mugs.Single(mug => mug.EndedAs is not null), mugs.Single(mug => mug.EndedAs is null));
        (failed.Ref, failed.EndedAs, failed.EndedFor, failed.EndedAt).ShouldBe((before[0].Ref, VainEnd.Failed, failed.Version, failed.SeenAt));
        (other.EndedFor, other.EndedAt).ShouldBe((null, null));
        (failed with { Version = "another price" }).IsTried.ShouldBeTrue();

        Task<IReadOnlyList<CatalogProduct>> MugsAsync() => node.Get<CatalogProducts>().FindAsync(ShelfOfMugs.Key, [ShelfOfMugs.IdOf(1), ShelfOfMugs.IdOf(2)], Token);
    }

    [Fact]
    public async Task a_run_orders_nothing_for_a_product_whose_click_is_just_being_written()
    {
        _shelf.Mugs = 1;
        await using var node = await NodeAsync();
        var desk = node.Get<BackfillDesk>();
        var plan = new BackfillPlan { Recipe = new BackfillRecipe { Providers = [new ProviderChoice { Provider = "local" }] } };
        var run = await desk.CreateAsync(ShelfOfMugs.Key, "Mugs", plan, products: null, new Requester("tester", GenerationOrigin.Click), Token);
        await desk.QuoteAsync(run.Id, Token);
        (await node.Get<BackfillWork>().MoveAsync(run.Id, seen: null, Token)).ShouldBeTrue();
        await desk.StartAsync(run.Id, [], "tester", Token);
        var click = Orders.New(DateTimeOffset.UtcNow) with { Product = new ProductRef(ShelfOfMugs.Key, ShelfOfMugs.IdOf(1)) };
        var order = click with { Id = Guid.NewGuid(), Order = click.Order with { Fingerprint = "another", Backfill = RunCaps.SubjectOf(run.Id), Origin = GenerationOrigin.Backfill } };

        await using var db = await node.OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        db.Generations.Add(GenerationRows.ToRow(click));
        await db.SaveChangesAsync(Token);
        await node.Get<CatalogVideos>().WriteAsync(db, before: null, click, Token);
        var ordering = Task.Run(() => node.Get<GenerationStore>().AddAsync(order, idempotency: null, Token), Token);
        await Task.Delay(TimeSpan.FromMilliseconds(300), Token);
        ordering.IsCompleted.ShouldBeFalse();
        await transaction.CommitAsync(Token);

        (await Should.ThrowAsync<NotMissingException>(() => ordering)).Reason.ShouldBe(SkipReason.UnderWay);
        (await node.Get<GenerationStore>().FindAsync(order.Id, Token)).ShouldBeNull();
        (await desk.ItemsAsync(run.Id, new ItemFilter(), Token)).Single().State.ShouldBe(ItemState.Waiting);
    }

    [Fact]
    public async Task how_each_ratio_of_a_product_stands_is_known_for_itself()
    {
        var rejected = await EndedAsync(new GenerationState.Rejected(Orders.Clip, "merchant", "dull"), daysAgo: 2);
        var made = await EndedAsync(new GenerationState.Planned(), daysAgo: 1, product: "bowl");
        var product = CatalogProduct.Of(ShelfOfMugs.Mug(1, changed: false), rejected.CreatedAt - TimeSpan.FromDays(1));
        var (mug, bowl) = (product with { Ref = rejected.Product, EndedAs = VainEnd.Rejected, EndedAt = rejected.UpdatedAt }, product with { Ref = made.Product, UnderWay = made.Id });

        async Task<RatioVideos> FindAsync(Guid? but = null)
        {
            await using var db = await Database.OpenAsync();
            return await RatioVideos.FindAsync(db, rejected.Product.Shop, ["mug", "bowl", "cup"], Token, but);
        }

        var videos = await FindAsync();
        (videos.Of(mug, "1:1").IsTried, videos.Of(mug, "16:9").IsTried, videos.Of(mug, "16:9", made: "1:1").IsTried).ShouldBe((true, false, true));
        (videos.Of(bowl, "1:1").UnderWay, videos.Of(bowl, "16:9").UnderWay, videos.UnderWay("bowl", "5:4", made: "1:1")).ShouldBe((made.Id, null, made.Id));
        (await FindAsync(but: made.Id)).Of(bowl, "1:1").UnderWay.ShouldBeNull();
        videos.Of(product with { Ref = rejected.Product with { ProductId = "cup" }, EndedAs = VainEnd.Failed, EndedFor = product.Version }, "1:1")
            .IsTried.ShouldBeTrue("what ended is in the archive, and the index remembers it");
        var broken = mug with { EndedAs = VainEnd.Failed, EndedFor = mug.Version };
        (videos.Of(broken, "1:1").EndedAs, videos.Of(broken, "16:9").EndedAs).ShouldBe((VainEnd.Failed, VainEnd.Failed), "none could be ordered, in whatever ratio");
    }

    [Fact]
    public async Task a_bulk_write_twice_is_the_same_as_once_and_keeps_every_kind_of_value()
    {
        var seen = new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
        var product = CatalogProduct.Of(ShelfOfMugs.Mug(1, changed: false), seen) with { Vendor = null, Price = null, Stock = null, Sold = null, Title = "カップ \\ \"x\"\t'y'" };
        await using var db = await Database.OpenAsync();
        for (var i = 0; i < 2; i++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Token);
            await db.WriteManyAsync(CatalogRows.Table, [product], Token);
            await transaction.CommitAsync(Token);
        }

        var row = await db.CatalogProducts.AsNoTracking().SingleAsync(Token);
        (row.Title, row.Vendor, row.Price, row.Stock, row.Sold, row.IsPublished, row.ChangedAt).ShouldBe((product.Title, null, null, null, null, true, seen));
    }

    private sealed class ShelfOfMugs : IStorefront
    {
        public const string Key = "mugs";

        public int Mugs { get; set; } = 10;

        /// <summary>The number of the one that has another text now.</summary>
        public int? Changed { get; set; }

        public string Shop => Key;

        public string DisplayName => "Mugs";

        public StorefrontCapabilities Capabilities { get; } = new() { Tells = ListedFacts.Collections | ListedFacts.Stock | ListedFacts.Sold };

        public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"mug-{number:000}");

        public static ListedProduct Mug(int number, bool changed) => new()
        {
            Ref = new ProductRef(Key, IdOf(number)),
            Title = string.Create(CultureInfo.InvariantCulture, $"Mug {number}, “{(changed ? "green" : "blue")}”"),
            Handle = string.Create(CultureInfo.InvariantCulture, $"handle-{number}"),
            Collections = ["Kitchen", "Gifts"],
            Price = new Money(number + 0.5m, "EUR"),
            Stock = number,
            Sold = number * 10,
            Images = [new ListedImage("1", new ImageSource.Held("1"), AltText: null)],
            Version = changed ? "2" : "1",
        };

        public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) => Task.FromResult(
            Enumerable.Range(1, Mugs).Where(number => IdOf(number) == productId).Select(number => Mug(number, number == Changed)).FirstOrDefault());

        public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
        {
            var from = int.Parse(query.Cursor ?? "1", CultureInfo.InvariantCulture);
            var count = Math.Min(query.Take, Mugs - from + 1);
            var next = from + count <= Mugs ? (from + count).ToString(CultureInfo.InvariantCulture) : null;
            return Task.FromResult(new ProductPage([.. Enumerable.Range(from, count).Select(number => Mug(number, number == Changed))], next));
        }

        public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is attached here.");

        public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
