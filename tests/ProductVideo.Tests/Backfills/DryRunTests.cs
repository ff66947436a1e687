using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class DryRunTests : BackfillFixture
{
    [Fact]
    public async Task a_draft_spends_and_finds_out_nothing()
    {
        Stock(3);
        await ScanAsync();
        var draft = await DraftAsync();
        await MoveAsync();
        (await NowAsync(draft)).State.ShouldBe(BackfillState.Draft);
        (await VideosAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task it_waits_until_all_products_are_known()
    {
        Stock(3);
        var draft = await DraftAsync();
        await Desk.QuoteAsync(draft.Id, Token);
        await MoveAsync();
        var waiting = await NowAsync(draft);
        (waiting.State, waiting.Problem!.Code).ShouldBe((BackfillState.Quoting, "catalogue_not_ready"));

        await ScanAsync();
        await MoveAsync();
        (await NowAsync(draft)).Quote!.Videos.ShouldBe(3);
    }

    [Fact]
    public async Task it_says_what_would_be_made_for_how_much_and_why_each_other_product_is_skipped()
    {
        Stock(6, (i, product) => i switch
        {
            1 => product with { IsPublished = false },
            2 => product with { Images = [] },
            3 => product with { ProductType = "Vases" },
            _ => product with { ProductType = "Mugs" },
        });
        await ScanAsync();
        await Pipeline.Get<VideoGenerations>().CreateAsync(new("test", "p004"), new VideoWishes { Provider = "scripted" }, new Requester("tester", GenerationOrigin.Click), key: null, Token);

        var quoted = await QuotedAsync(new BackfillScope { ProductTypes = ["mugs", "Vases"] });
        await QuotedAsync(new BackfillScope { ProductTypes = ["mugs"] });

        var quote = quoted.Quote!;
        (quote.Products, quote.Videos).ShouldBe((3, 3));
        quote.Prices.ShouldBe([Clip * 3]);
        quote.Shares.ShouldBe([new ProviderShare("scripted", 3, Clip * 3, 15)]);
        quote.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.OutOfScope] = 2, [SkipReason.UnderWay] = 1 }, ignoreOrder: true);
        (await ItemsAsync(quoted, ItemState.Waiting)).Select(item => (item.ProductId, item.Price, item.Provider, item.Title))
            .ShouldBe([("p003", Clip, "scripted", "Stoneware mug"), ("p005", Clip, "scripted", "Stoneware mug"), ("p006", Clip, "scripted", "Stoneware mug")]);
        (await ItemsAsync(quoted, reason: SkipReason.UnderWay)).Single().ProductId.ShouldBe("p004");
        (await VideosAsync()).Count.ShouldBe(1, "a dry run orders nothing");
    }

    [Fact]
    public async Task drafts_and_products_without_pictures_are_named()
    {
        Stock(3, (i, product) => i switch { 1 => product with { IsPublished = false }, 2 => product with { Images = [] }, _ => product });
        await ScanAsync();
        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.NotPublished] = 1, [SkipReason.NoPictures] = 1 }, ignoreOrder: true);
    }

    [Fact]
    public async Task best_sellers_come_first_and_only_so_many_are_taken()
    {
        Shop.Capabilities = Shop.Capabilities with { Tells = ListedFacts.Sold };
        Stock(5, (i, product) => product with { Sold = i * 10 });
        await ScanAsync();

        var quoted = await QuotedAsync(new BackfillScope { BestSellers = 2 });

        (await ItemsAsync(quoted, ItemState.Waiting)).Select(item => item.ProductId).ShouldBe(["p005", "p004"]);
        quoted.Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.NotBestSeller] = 3 });
        (await ItemsAsync(await QuotedAsync(), ItemState.Waiting)).Select(item => item.ProductId).ShouldBe(["p005", "p004", "p003", "p002", "p001"]);
    }

    [Fact]
    public async Task what_was_never_sold_is_nobodys_best_seller()
    {
        Shop.Capabilities = Shop.Capabilities with { Tells = ListedFacts.Sold };
        Stock(3, (i, product) => product with { Sold = i == 2 ? 4 : 0 });
        await ScanAsync();
        (await ItemsAsync(await QuotedAsync(new BackfillScope { BestSellers = 2 }), ItemState.Waiting)).Single().ProductId.ShouldBe("p002");
    }

    [Fact]
    public async Task no_more_videos_than_were_allowed_and_no_more_money()
    {
        Stock(5);
        await ScanAsync();

        var few = await QuotedAsync(caps: new BackfillCaps { Videos = 2 });
        (few.Quote!.Videos, few.Quote.Skipped[SkipReason.OverCount]).ShouldBe((2, 3));
        var cheap = await QuotedAsync(caps: new BackfillCaps { Money = new Money(2.79m, "USD") });
        (cheap.Quote!.Prices.Single(), cheap.Quote.Skipped[SkipReason.OverBudget]).ShouldBe((Clip * 3, 2));
        var foreign = await QuotedAsync(caps: new BackfillCaps { Money = new Money(100, "EUR") });
        (foreign.Quote!.Videos, foreign.Quote.Skipped[SkipReason.OtherCurrency]).ShouldBe((0, 5));
    }

    [Fact]
    public async Task each_ratio_is_a_video_of_its_own()
    {
        Stock(2);
        await ScanAsync();
        var quoted = await QuotedAsync(recipe: Scripted with { Aspects = ["1:1", "16:9"] });
        (quoted.Quote!.Products, quoted.Quote.Videos, quoted.Quote.Prices.Single()).ShouldBe((2, 4, Clip * 4));
        (await ItemsAsync(quoted)).Select(item => (item.ProductId, item.Aspect)).ShouldBe([("p001", "16:9"), ("p001", "1:1"), ("p002", "16:9"), ("p002", "1:1")]);
    }

    [Fact]
    public async Task a_style_that_was_edited_counts_at_once_where_that_is_asked_for()
    {
        Stock(2);
        await ScanAsync();
        await ReadAsync(async db =>
        {
            var (old, now) = (db.CatalogProducts.First(row => row.ProductId == "p001"), db.CatalogProducts.First(row => row.ProductId == "p002"));
            (old.Video, old.Template, old.Lacks) = (Guid.NewGuid(), "turntable@0-old", 0);
            (now.Video, now.Template, now.Lacks) = (Guid.NewGuid(), Pipeline.Get<TemplateCatalog>().Get("turntable").Id, 0);
            return await db.SaveChangesAsync(Token);
        });

        var quoted = await QuotedAsync(new BackfillScope { WithoutVideo = false, Restyled = true });
        (await ItemsAsync(quoted, ItemState.Waiting)).Single().ProductId.ShouldBe("p001");
        (await QuotedAsync()).Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.HasVideo] = 2 });
    }

    [Fact]
    public async Task named_products_are_taken_and_unknown_ones_told()
    {
        Stock(4);
        await ScanAsync();
        var quoted = await QuotedAsync(products: ["p002", "nonesuch", "p004", "p002"]);
        (quoted.Quote!.Videos, quoted.Quote.Skipped[SkipReason.NotInShop]).ShouldBe((2, 1));
        quoted.Quote.Skipped.Count.ShouldBe(1, "nobody asked for the others");
    }

    [Fact]
    public async Task products_are_named_by_their_handles_too_and_none_is_made_twice()
    {
        // As numbers of a shop whose export names handles only; one product's handle is another one's id.
        Stock(4, (i, product) => product with { Handle = i == 4 ? "p001" : $"mug-{i}" });
        await ScanAsync();
        var quoted = await QuotedAsync(products: ["mug-1", "p001", "mug-2", "nonesuch", "gid://shopify/Product/p003"]);
        (await ItemsAsync(quoted, ItemState.Waiting)).Select(item => item.ProductId).ShouldBe(["p001", "p002", "p003"]);
        (await ItemsAsync(quoted, reason: SkipReason.NotInShop)).Single().ProductId.ShouldBe("nonesuch");
        quoted.Quote!.Videos.ShouldBe(3);
    }

    [Fact]
    public async Task named_products_are_looked_at_in_the_shop_and_not_in_what_the_last_scan_saw()
    {
        Stock(3);
        await ScanAsync();
        var made = await StartedAsync(await QuotedAsync(products: ["p001", "p002"], autoApprove: true));
        await RunAsync();
        (await NowAsync(made)).State.ShouldBe(BackfillState.Done);
        // A program pushes a new photograph, adds one product and takes another away, and asks for videos at once.
        Shop.Pictures["new.jpg"] = PipelineFixture.Picture(640, 640);
        Shop.Edit("p001", product => product with { Images = [new ListedImage("new.jpg", new ImageSource.Held("new.jpg"), null)] });
        Shop.Add("p004", ("p004.jpg", PipelineFixture.Picture(800, 600)));
        Shop.Products.Remove("p003");

        var quoted = await QuotedAsync(new BackfillScope { Changed = true }, products: ["p001", "p002", "p003", "p004"]);

        (await ItemsAsync(quoted, ItemState.Waiting)).Select(item => item.ProductId).ShouldBe(["p001", "p004"]);
        quoted.Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.HasVideo] = 1, [SkipReason.NotInShop] = 1 }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_dry_run_of_named_products_neither_orders_nor_takes_off_and_the_look_after_the_quiet_does(bool isHinted)
    {
        var (watched, options) = (Pipeline.Get<WatchedProducts>(), Pipeline.Get<ChangesOptions>());
        Stock(1);
        await ScanAsync();
        await StartedAsync(await QuotedAsync(products: ["p001"], autoApprove: true));
        await RunAsync();
        await LookAfterQuietAsync();
        await Pipeline.Get<WatchedShops>().PutAsync("test", new ChangePolicy { OnChange = OnChange.Remake, WithdrawRemovedPictures = true }, "tester", Token);
        // The merchant is in the midst of it: the photograph is another one already, and the title is not yet.
        Shop.Pictures["new.jpg"] = PipelineFixture.Picture(640, 640);
        Shop.Edit("p001", product => product with { Images = [new ListedImage("new.jpg", new ImageSource.Held("new.jpg"), null)] });
        if (isHinted)
            await watched.HintAsync(new ProductRef("test", "p001"), Token);
        var hinted = Pipeline.Clock.GetUtcNow();
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(1));

        var quoted = await QuotedAsync(new BackfillScope { Changed = true }, products: ["p001"]);

        quoted.Quote!.Videos.ShouldBe(1, "the change counts");
        (await VideosAsync()).ShouldHaveSingleItem().State.Name.ShouldBe(nameof(GenerationState.Published));
        var row = (await watched.RowAsync(new ProductRef("test", "p001"), Token)).ShouldNotBeNull();
        row.DueAt.ShouldBe((isHinted ? hinted : Pipeline.Clock.GetUtcNow()) + options.Quiet);
        row.HintedAt.ShouldBe(isHinted ? hinted : null, "an edit that follows puts the look off no further than from here");
        await LookAsync();
        (await VideosAsync()).Count.ShouldBe(1, "it is not time yet");

        await LookAfterQuietAsync();

        var videos = await VideosAsync();
        videos.Count.ShouldBe(2);
        videos[0].Order.Origin.ShouldBe(GenerationOrigin.Regeneration);
        videos[1].State.Name.ShouldBe(nameof(GenerationState.Withdrawing));

        Task LookAfterQuietAsync()
        {
            Pipeline.Clock.Advance(options.Quiet);
            return LookAsync();
        }

        async Task LookAsync()
        {
            while (await Pipeline.Get<ProductLook>().LookNextAsync(Token))
            {
            }
        }
    }

    [Fact]
    public async Task named_products_are_looked_at_for_each_dry_run_and_once_for_one()
    {
        Stock(2);
        await ScanAsync();
        var quoted = await QuotedAsync(products: ["p001", "p002"]);
        quoted.Quote!.Videos.ShouldBe(2);
        Shop.Edit("p002", product => product with { Images = [] });
        Pipeline.Clock.Advance(TimeSpan.FromDays(1));
        var reads = Shop.Reads;

        await Desk.QuoteAsync(quoted.Id, Token);
        Pipeline.Clock.Advance(TimeSpan.FromSeconds(1));
        var mended = await NowAsync(quoted);
        (mended.QuotingSince, mended.QuotedAt).ShouldBe((Pipeline.Clock.GetUtcNow() - TimeSpan.FromSeconds(1), null), "a node that goes on with it knows since when");
        await MoveAsync();

        mended = await NowAsync(quoted);
        (mended.QuotingSince, mended.QuotedAt).ShouldBe((null, Pipeline.Clock.GetUtcNow()));
        mended.Quote!.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.NoPictures] = 1 });
        (Shop.Reads - reads).ShouldBe(2);
    }

    [Fact]
    public async Task a_shop_that_is_away_is_waited_for_and_what_was_looked_at_is_not_read_again()
    {
        Stock(40);
        await ScanAsync();
        var away = new StorefrontException(StorefrontFault.Unavailable, "The shop does not answer.", "503");
        var draft = await DraftAsync(products: [.. Enumerable.Range(1, 40).Select(i => $"p{i:000}")]);
        await Desk.QuoteAsync(draft.Id, Token);
        await MoveAsync(most: 1);
        var before = Shop.Reads;
        for (var i = 0; i < 100; i++)
        {
            Shop.ReadFaults.Enqueue(away);
            Shop.ListFaults.Enqueue(away);
        }

        var waits = new List<TimeSpan>();
        for (var i = 0; i < 3; i++)
        {
            await MoveAsync();
            var waiting = await NowAsync(draft);
            (waiting.State, waiting.Problem!.Code).ShouldBe((BackfillState.Quoting, "shop_unavailable"));
            waits.Add(waiting.DueAt!.Value - Pipeline.Clock.GetUtcNow());
            Pipeline.Clock.Advance(waits[^1]);
        }

        waits.ShouldBe([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)]);
        Shop.ReadFaults.Clear();
        Shop.ListFaults.Clear();
        var reads = Shop.Reads;
        await MoveAsync();

        (await NowAsync(draft)).Quote!.Videos.ShouldBe(40);
        before.ShouldBeLessThan(40, "it is gone through some at a time");
        (before + Shop.Reads - reads).ShouldBe(40);
        Shop.MostReadsAtOnce.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task a_named_product_that_the_shop_cant_read_holds_up_no_other()
    {
        Stock(3);
        await ScanAsync();
        var draft = await DraftAsync(products: ["p001", "p002", "p003"]);
        await Desk.QuoteAsync(draft.Id, Token);
        Shop.ReadFaults.Enqueue(new StorefrontException(StorefrontFault.Unavailable, "This product can't be read.", "500"));
        await MoveAsync();
        (await NowAsync(draft)).Quote!.Videos.ShouldBe(3, "what is known of it counts");
    }

    [Fact]
    public async Task with_several_ratios_each_is_made_that_the_product_lacks_itself()
    {
        Stock(2);
        await ScanAsync();
        await StartedAsync(await QuotedAsync(products: ["p001"], autoApprove: true));
        await RunAsync();

        var both = await QuotedAsync(recipe: Scripted with { Aspects = ["1:1", "16:9"] });
        (await ItemsAsync(both)).Select(item => (item.ProductId, item.Aspect, item.State)).ShouldBe(
            [("p001", "16:9", ItemState.Waiting), ("p002", "16:9", ItemState.Waiting), ("p002", "1:1", ItemState.Waiting)]);
        (both.Quote!.Products, both.Quote.Videos, both.Quote.Skipped.Count).ShouldBe((2, 3, 0), "nothing is left out of a product that gets what it lacks");
        (await QuotedAsync(recipe: Scripted with { Aspects = ["16:9"] })).Quote!.Skipped
            .ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.HasVideo] = 1 }, "with one ratio a product with a video of another has one");
    }

    [Fact]
    public async Task with_several_ratios_and_too_little_money_each_product_counts_once()
    {
        Stock(4, (i, product) => product with { IsPublished = i != 4 });
        await ScanAsync();

        var quote = (await QuotedAsync(caps: new BackfillCaps { Money = Clip * 3 }, recipe: Scripted with { Aspects = ["1:1", "16:9"] })).Quote!;

        (quote.Products, quote.Videos, quote.InPart).ShouldBe((2, 3, 1));
        quote.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.OverBudget] = 1, [SkipReason.NotPublished] = 1 }, ignoreOrder: true);
        (quote.Products + quote.Skipped.Values.Sum()).ShouldBe(4);
    }

    [Fact]
    public async Task what_failed_of_one_ratio_is_made_again_where_that_is_asked_for_and_not_by_itself()
    {
        Stock(1);
        await ScanAsync();
        var clip = await Pipeline.ReadyClipAsync();
        Pipeline.Provider.OnCheck = operation => Pipeline.Provider.Requests[operation.RemoteId].Aspect == "1:1" ? new CheckOutcome.Ready([clip])
            : new CheckOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "The provider refuses these pictures."));
        var several = Scripted with { Aspects = ["1:1", "16:9"] };
        var first = await StartedAsync(await QuotedAsync(recipe: several));
        await RunAsync();
        (await ItemsAsync(first)).Select(item => (item.Aspect, item.State)).ShouldBe([("16:9", ItemState.Failed), ("1:1", ItemState.Review)], ignoreOrder: true);

        var neither = await QuotedAsync(recipe: several);
        neither.Quote!.Skipped.Values.Sum().ShouldBe(1, "it is one product, for whatever reasons");
        var reasons = (await ItemsAsync(neither)).Select(item => (item.Aspect, item.Reason)).ToList();
        reasons.ShouldBe([("16:9", SkipReason.TriedBefore), ("1:1", SkipReason.UnderWay)], ignoreOrder: true);
        var again = await QuotedAsync(new BackfillScope { TryAgain = true }, recipe: several, products: ["p001"]);
        (await ItemsAsync(again, ItemState.Waiting)).ShouldHaveSingleItem().Aspect.ShouldBe("16:9");
    }

    [Fact]
    public async Task what_the_local_renderer_makes_costs_nothing()
    {
        Stock(2);
        await ScanAsync();
        var quoted = await QuotedAsync(recipe: new BackfillRecipe { Providers = [new ProviderChoice { Provider = "local" }] });
        (quoted.Quote!.Videos, quoted.Quote.Prices.Count).ShouldBe((2, 0));
    }

    [Fact]
    public async Task the_price_is_that_of_the_orders()
    {
        Stock(3, (i, product) => product with { Title = i == 1 ? "Summer candle" : "Unboxing gift set", Images = [.. Enumerable.Repeat(product.Images[0], i)] });
        await ScanAsync();
        var quoted = await QuotedAsync(recipe: new BackfillRecipe { Providers = [new ProviderChoice { Provider = "scripted" }] });
        await StartedAsync(quoted);
        await RunAsync(2);
        (await VideosAsync()).Select(video => video.Order.Price.Amount).Aggregate((a, b) => a + b).ShouldBe(quoted.Quote!.Prices.Single());
    }

    [Fact]
    public async Task a_dry_run_that_was_cut_off_goes_on_where_it_was_and_one_begun_anew_forgets_the_first()
    {
        Stock(3);
        await ScanAsync();
        var quoted = await QuotedAsync();
        Stock(5);
        await ScanAsync();
        await Desk.QuoteAsync(quoted.Id, Token);
        await MoveAsync();
        (await NowAsync(quoted)).Quote!.Videos.ShouldBe(5);
    }
}
