using ProductVideo.Catalog;
using ProductVideo.Changes;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>Products that changed, and the scans that find them.</content>
public abstract partial class DatabaseConformance
{
    private WatchedProducts Watched => Database.Get<WatchedProducts>();

    [Fact]
    public async Task hints_that_come_at_once_make_one_row_that_is_due_once()
    {
        Database.Get<ChangesOptions>().Quiet = TimeSpan.Zero;
        var product = new ProductRef("sample", "mug");
        await AtOnceAsync(50, async _ =>
        {
            await Watched.HintAsync(product, Token);
            return true;
        });
        var row = (await Watched.RowAsync(product, Token)).ShouldNotBeNull();
        row.Hints.ShouldBe(50);
        var claims = await AtOnceAsync(20, _ => Watched.ClaimNextAsync(Token));
        claims.Count(claim => claim is not null).ShouldBe(1);
    }

    [Fact]
    public async Task of_many_nodes_each_changed_product_goes_to_one()
    {
        Database.Get<ChangesOptions>().Quiet = TimeSpan.Zero;
        for (var i = 0; i < 10; i++)
            await Watched.HintAsync(new ProductRef("sample", $"product-{i}"), Token);
        var claims = await AtOnceAsync(30, _ => Watched.ClaimNextAsync(Token));
        var claimed = claims.Where(claim => claim is not null).Select(claim => claim!.ProductId).ToList();
        claimed.Count.ShouldBe(10);
        claimed.ShouldBeUnique();
    }

    [Fact]
    public async Task a_hint_during_a_look_counts_and_a_look_whose_claim_was_lost_writes_nothing()
    {
        Database.Get<ChangesOptions>().Quiet = TimeSpan.Zero;
        var product = new ProductRef("sample", "mug");
        await Watched.HintAsync(product, Token);
        var first = (await Watched.ClaimNextAsync(Token)).ShouldNotBeNull();
        await Watched.HintAsync(product, Token);
        (first.State, first.DueAt, first.ClipId) = ("Stale", null, Guid.NewGuid());
        (await Watched.EndAsync(first, Token)).ShouldBeTrue();

        var second = (await Watched.ClaimNextAsync(Token)).ShouldNotBeNull("the hint that came during the look still counts");
        (second.State, second.ClipId).ShouldBe(("Stale", first.ClipId));
        first.State = "Gone";
        (await Watched.EndAsync(first, Token)).ShouldBeFalse();
        second.DueAt = null;
        (await Watched.EndAsync(second, Token)).ShouldBeTrue();
        var row = (await Watched.RowAsync(product, Token)).ShouldNotBeNull();
        (row.State, row.DueAt, row.HintedAt, row.Owner).ShouldBe(("Stale", null, null, null));
        (await Watched.ClaimNextAsync(Token)).ShouldBeNull();
    }

    [Fact]
    public async Task many_hints_are_put_off_to_the_last_and_never_beyond_the_first_ones_bound()
    {
        var options = Database.Get<ChangesOptions>();
        (options.Quiet, options.Latest) = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2));
        var product = new ProductRef("sample", "mug");
        await Watched.HintAsync(product, Token);
        var first = (await Watched.RowAsync(product, Token))!;
        await Watched.HintAsync(product, Token);
        var second = (await Watched.RowAsync(product, Token))!;
        (second.HintedAt, second.DueAt).ShouldBe((first.HintedAt, first.HintedAt + options.Latest));
        options.Latest = TimeSpan.FromMinutes(15);
        await Watched.HintAsync(product, Token);
        (await Watched.RowAsync(product, Token))!.DueAt!.Value.ShouldBeGreaterThan(first.DueAt!.Value);
    }

    [Fact]
    public async Task of_many_nodes_one_scans_a_shop_and_goes_on_where_another_stood()
    {
        await using var node = new DatabaseUnderTest(_folder, _options!, services => services.AddSingleton<IStorefront>(new ShopOfOneProductAPage()));
        var scan = node.Get<CatalogScan>();
        node.Get<ChangesOptions>().FirstProductsPerMinute = 1;
        (await AtOnceAsync(10, _ => scan.ScanNextAsync(Token))).Count(one => one).ShouldBe(1);
        var shop = (await node.Get<WatchedShops>().RowAsync("paged", Token)).ShouldNotBeNull();
        (shop.Cursor, shop.Owner).ShouldBe(("1", null));
        (await scan.ScanNextAsync(Token)).ShouldBeFalse("one product a minute");
        await node.Get<WatchedShops>().PutAsync("paged", new ChangePolicy { OnChange = OnChange.Remake }, "tester", Token);
        (await node.Get<WatchedShops>().PolicyAsync("paged", Token)).OnChange.ShouldBe(OnChange.Remake);
        (await node.Get<WatchedShops>().RowAsync("paged", Token))!.Cursor.ShouldBe("1");
    }

    private sealed class ShopOfOneProductAPage : IStorefront
    {
        public string Shop => "paged";

        public string DisplayName => "Paged";

        public StorefrontCapabilities Capabilities { get; } = new();

        public Task<ListedProduct?> ReadAsync(string productId, CancellationToken cancellationToken) => Task.FromResult<ListedProduct?>(Product(productId));

        public Task<ProductPage> ListAsync(ProductQuery query, CancellationToken cancellationToken)
        {
            var page = int.Parse(query.Cursor ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult(new ProductPage([Product($"product-{page}")], $"{page + 1}"));
        }

        public Task<AttachedMedia> AttachAsync(string productId, ClipToAttach clip, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Nothing is attached here.");

        public Task DetachAsync(string productId, string attachKey, CancellationToken cancellationToken) => Task.CompletedTask;

        private ListedProduct Product(string id) => new() { Ref = new ProductRef(Shop, id), Title = id, Version = "1" };
    }
}
