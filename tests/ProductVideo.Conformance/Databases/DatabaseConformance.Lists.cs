using ProductVideo.Data;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>Order and pages.</content>
public abstract partial class DatabaseConformance
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task pages_hold_every_generation_once_newest_first_and_by_id_within_a_moment(int take)
    {
        var now = await NowAsync();
        var added = new List<Generation>();
        // Ids whose bytes begin anywhere, many of one moment: an engine that orders them in its own way would skip or repeat some.
        for (var i = 0; i < 30; i++)
            added.Add(await AddAsync(Orders.New(now.AddSeconds(i / 10)) with { Id = IdBeginningWith((byte)(i * 151)) }));

        var seen = new List<Generation>();
        while (await Store.ListAsync(new GenerationFilter(Before: seen.LastOrDefault(), Take: take), Token) is { Count: > 0 } page)
            seen.AddRange(page);

        seen.Select(one => one.Id).ShouldBe(added.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id).Select(one => one.Id));
    }

    [Fact]
    public async Task a_list_is_narrowed_by_shop_products_and_state()
    {
        var now = await NowAsync();
        var mug = await AddAsync(Orders.New(now, product: "mug"));
        var bowl = await AddAsync(Orders.New(now, new GenerationState.Cancelled("one"), product: "bowl"));
        await AddAsync(Orders.New(now, product: "MUG"));

        (await ListAsync(new GenerationFilter(ProductIds: ["mug", "bowl", "none"]))).ShouldBe([mug.Id, bowl.Id], ignoreOrder: true);
        (await ListAsync(new GenerationFilter(Shop: "sample", ProductIds: ["mug"]))).ShouldBe([mug.Id]);
        (await ListAsync(new GenerationFilter(State: nameof(GenerationState.Cancelled)))).ShouldBe([bowl.Id]);
        (await ListAsync(new GenerationFilter(Shop: "another"))).ShouldBeEmpty();
        (await ListAsync(new GenerationFilter(ProductIds: []))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("becher österreich", "gid-1_a")]
    [InlineData("ÖSTERR", "gid-1_a")]
    [InlineData("Чашка", "gid-2")]
    [InlineData("КРАСНАЯ чаш", "gid-2")]
    [InlineData("  mug \"BLUE\"", "gid-31a")]
    [InlineData("gid", "gid-31a,gid-2,gid-1_a")]
    [InlineData(" ", "gid-31a,gid-2,gid-1_a")]
    [InlineData("50%", "gid-1_a")]
    [InlineData("r%5", "")]
    [InlineData("1_a", "gid-1_a")]
    [InlineData("mug red", "")]
    public async Task a_search_finds_those_in_whose_name_or_id_every_word_stands_whatever_its_case(string search, string found)
    {
        var now = await NowAsync();
        (string Product, string Title)[] products = [("gid-1_a", "Österreich Becher 50%"), ("gid-2", "КРАСНАЯ Чашка"), ("gid-31a", "Mug \"Blue\" \u0001")];
        foreach (var (product, title) in products)
            await AddAsync(Orders.New(now = now.AddSeconds(1), new GenerationState.AwaitingReview(Orders.Clip), product, title: title));
        var ids = found.Split(',', StringSplitOptions.RemoveEmptyEntries);

        async Task<IEnumerable<string>> FoundAsync(GenerationFilter filter) => (await Store.ListAsync(filter with { Search = search }, Token)).Select(one => one.Product.ProductId);

        (await FoundAsync(new GenerationFilter())).ShouldBe(ids);
        (await FoundAsync(new GenerationFilter(Shop: "sample"))).ShouldBe(ids);
        (await FoundAsync(new GenerationFilter(State: nameof(GenerationState.AwaitingReview)))).ShouldBe(ids);
        (await FoundAsync(new GenerationFilter(ProductIds: ["gid-2"]))).ShouldBe(ids.Where(id => id == "gid-2"));
        (await FoundAsync(new GenerationFilter(Take: 1))).ShouldBe(ids.Take(1));
        (await FoundAsync(new GenerationFilter(Shop: "another"))).ShouldBeEmpty();
        (await FoundAsync(new GenerationFilter(State: nameof(GenerationState.Failed)))).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_search_goes_on_behind_a_page_and_takes_a_name_that_holds_anything()
    {
        var now = await NowAsync();
        var first = await AddAsync(Orders.New(now, title: "Mug \0 of nobody"));
        var second = await AddAsync(Orders.New(now.AddSeconds(1), title: new string('x', 5_000)));

        (await ListAsync(new GenerationFilter(Search: "mug", Take: 1))).ShouldBe([second.Id]);
        (await ListAsync(new GenerationFilter(Search: "mug", Before: second, Take: 1))).ShouldBe([first.Id]);
    }

    [Fact]
    public async Task each_products_newest_is_found()
    {
        var now = await NowAsync();
        var mugs = new List<Generation>();
        for (var i = 0; i < 5; i++)
            mugs.Add(await AddAsync(Orders.New(now.AddSeconds(i / 3), product: "mug")));
        var bowl = await AddAsync(Orders.New(now, product: "bowl"));
        await AddAsync(Orders.New(now, product: "plate"));

        var newest = mugs.OrderByDescending(one => one.CreatedAt).ThenByDescending(one => one.Id).First();
        (await Store.LatestAsync("sample", ["mug", "bowl", "none"], Token)).Select(one => one.Id).ShouldBe([newest.Id, bowl.Id], ignoreOrder: true);
        (await Store.LatestAsync("another", ["mug"], Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task the_newest_published_clip_of_a_fingerprint_is_found()
    {
        var now = await NowAsync();
        var published = new GenerationState.Published(Orders.Clip, "pv-1", "media-1", "/shop/mug", now);
        await AddAsync(Orders.New(now, published, fingerprint: "same"));
        var newer = await AddAsync(Orders.New(now.AddSeconds(1), published, fingerprint: "same"));
        await AddAsync(Orders.New(now.AddSeconds(2), new GenerationState.Cancelled("one"), fingerprint: "same"));
        (await Store.FindPublishedAsync("same", Token))!.Id.ShouldBe(newer.Id);
        (await Store.FindPublishedAsync("other", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task the_most_overdue_come_first()
    {
        var now = await NowAsync();
        var added = new List<Generation>();
        foreach (var minutes in new[] { 3, 9, 1, 7, 5 })
            added.Add(await AddAsync(Orders.New(now) with { DueAt = now.AddMinutes(-minutes) }));
        var overdue = added.OrderBy(one => one.DueAt).Select(one => one.Id).ToList();
        (await Store.DueAsync(3, Token)).ShouldBe(overdue.Take(3));
        await Store.ClaimAsync(overdue[0], "worker", Lease, Token);
        (await Store.DueAsync(10, Token)).ShouldBe(overdue.Skip(1));
    }

    private async Task<List<Guid>> ListAsync(GenerationFilter filter) => [.. (await Store.ListAsync(filter, Token)).Select(one => one.Id)];

    private static Guid IdBeginningWith(byte first)
    {
        var bytes = Guid.NewGuid().ToByteArray(bigEndian: true);
        bytes[0] = first;
        return new Guid(bytes, bigEndian: true);
    }
}
