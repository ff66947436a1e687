using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Prompts;
using ProductVideo.PromptTemplates;
using ProductVideo.Spending;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Backfills;

public sealed class ItemOrdersTests : BackfillFixture
{
    private static readonly ListedImage Refused = new("elsewhere", new ImageSource.Remote("ftp://pictures.example/mug.jpg"), null);

    /// <summary>The turntable can't be written for a product whose title is odd.</summary>
    internal override void Add(IServiceCollection services) => services.AddSingleton(TemplateCatalog.Parse(
        TemplateFolder.Read(TemplateFolder.BuiltIn).Select(folder => folder.Key != "turntable" ? folder : folder with
        {
            Files = new Dictionary<string, string>(folder.Files, StringComparer.Ordinal)
            {
                ["prompt.liquid"] = "{% if product.title contains 'odd' %}{% for i in (1..9999) %}x{% endfor %}{% endif %}Scene: a mug.",
            },
        })));

    /// <summary>Started; orders one at a time, and two failures of the same kind pause it.</summary>
    private async Task<Backfill> StrictAsync(int products, BackfillSchedule? schedule = null, BackfillRecipe? recipe = null)
    {
        Stock(products);
        await ScanAsync();
        (Pipeline.Get<BackfillsOptions>().SameFailures, Pipeline.Get<BackfillsOptions>().Ahead) = (2, 1);
        return await StartedAsync(await QuotedAsync(recipe: recipe, schedule: schedule));
    }

    private static IEnumerable<string> First(int count) => Enumerable.Range(1, count).Select(i => $"p{i:000}");

    [Fact]
    public async Task no_job_is_made_for_each_product_of_a_run_and_one_for_a_click()
    {
        Stock(5);
        await ScanAsync();
        await StartedAsync(await QuotedAsync());
        await Pipeline.Get<BackfillWork>().MoveNextAsync(CancellationToken.None);
        (await Pipeline.Get<VideoGenerations>().ListAsync(new GenerationFilter(), CancellationToken.None)).Count.ShouldBe(5);
        Pipeline.Wakes.ShouldBeEmpty();

        Pipeline.Shop.Add("mug", ("front.jpg", PipelineFixture.Picture(800, 600)));
        var clicked = await Pipeline.OrderAsync();
        Pipeline.Wakes.ShouldBe([clicked.Id]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pv_other")]
    public async Task what_is_ordered_counts_against_the_caps_of_the_key_that_started_it_and_not_of_the_one_that_planned_it(string? starts)
    {
        Stock(1);
        await ScanAsync();
        var planned = await Desk.CreateAsync("test", "Mugs", new BackfillPlan { Recipe = Scripted }, products: null, new Requester("a program", GenerationOrigin.Api, "pv_plans"), Token);
        await Desk.QuoteAsync(planned.Id, Token);
        await MoveAsync();
        await Desk.StartAsync(planned.Id, [Clip], "tester", Token, starts);
        await MoveAsync(most: 2);
        (await VideosAsync()).Single().Order.ApiKey.ShouldBe(starts);
    }

    [Fact]
    public async Task products_that_were_deleted_since_the_dry_run_are_skipped_however_many_they_are()
    {
        var started = await StrictAsync(6);
        foreach (var id in First(4))
            Shop.Products.Remove(id);
        await RunAsync();

        var progress = await ProgressAsync(started);
        progress.Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.NotInShop] = 4 });
        (progress.Of(ItemState.Review), progress.Of(ItemState.Failed)).ShouldBe((2, 0));
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task products_that_lost_their_pictures_since_the_dry_run_are_skipped()
    {
        var started = await StrictAsync(6);
        foreach (var id in First(4))
            Shop.Edit(id, product => product with { Images = [] });
        await RunAsync();

        (await ProgressAsync(started)).Skipped.ShouldBe(new Dictionary<SkipReason, int> { [SkipReason.NoPictures] = 4 });
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task pictures_that_are_none_fail_their_products_and_pause_nothing()
    {
        var started = await StrictAsync(6);
        foreach (var id in First(4))
            Shop.Pictures[$"{id}.jpg"] = [1, 2, 3];
        await RunAsync();

        var progress = await ProgressAsync(started);
        (progress.Of(ItemState.Review), progress.Of(ItemState.Failed)).ShouldBe((2, 4));
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task pictures_that_lead_nowhere_fail_their_products_where_other_products_pictures_come()
    {
        var started = await StrictAsync(6);
        foreach (var id in First(4))
            Shop.Edit(id, product => product with { Images = [Refused] });
        await RunAsync();

        var progress = await ProgressAsync(started);
        (progress.Of(ItemState.Review), progress.Of(ItemState.Failed)).ShouldBe((2, 4));
        (await ItemsAsync(started, ItemState.Failed))[0].Problem!.Code.ShouldBe("image_unreachable");
        (await NowAsync(started)).State.ShouldBe(BackfillState.Done);
    }

    [Fact]
    public async Task a_shop_all_of_whose_pictures_lead_nowhere_pauses_it()
    {
        var started = await StrictAsync(6);
        foreach (var id in First(6))
            Shop.Edit(id, product => product with { Images = [Refused] });
        await RunAsync();

        var paused = await NowAsync(started);
        (paused.State, paused.Problem!.Code).ShouldBe((BackfillState.Paused, "backfill_same_failure"));
        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task what_the_shop_cant_tell_is_the_products_own_fault_where_it_lists_its_products(bool lists)
    {
        var started = await StrictAsync(6);
        for (var i = 0; i < 4; i++)
        {
            var wrong = new StorefrontException(StorefrontFault.InvalidData, "The product's price is no number. Mend it in the shop.", "a wrong price");
            Shop.ReadFaults.Enqueue(wrong);
            if (!lists)
                Shop.ListFaults.Enqueue(wrong);
        }

        await RunAsync(10);

        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(lists ? 4 : 2);
        (await NowAsync(started)).State.ShouldBe(lists ? BackfillState.Done : BackfillState.Paused);
    }

    [Fact]
    public async Task what_must_be_mended_in_a_listing_is_not_tried_again_night_after_night()
    {
        var schedule = await StrictAsync(3, new BackfillSchedule { Cron = "0 2 * * *" });
        foreach (var id in First(2))
            Shop.Pictures[$"{id}.jpg"] = [1, 2, 3];
        for (var night = 0; night < 2; night++)
        {
            Pipeline.Clock.Advance((await NowAsync(schedule)).DueAt!.Value - Pipeline.Clock.GetUtcNow());
            await RunAsync();
        }

        var runs = await Desk.ListAsync(new BackfillFilter(RunOf: schedule.Id), Token);
        runs.Select(run => run.State).ShouldBe([BackfillState.Done, BackfillState.Done]);
        (await ProgressAsync(runs[1])).Of(ItemState.Failed).ShouldBe(2);
        (runs[0].Quote!.Videos, runs[0].Quote!.Skipped[SkipReason.TriedBefore]).ShouldBe((0, 2));

        foreach (var id in First(2))
            Shop.Edit(id, product => product with { Price = new Money(5, "USD") });
        await ScanAsync();
        (await QuotedAsync()).Quote!.Skipped[SkipReason.TriedBefore].ShouldBe(2, "a sale mends no picture");
        Shop.Edit("p001", product => product with { Images = Shop.Products["p003"].Images });
        await ScanAsync();
        (await QuotedAsync()).Quote!.Videos.ShouldBe(1, "it has another picture now");
        (await QuotedAsync(new BackfillScope { TryAgain = true })).Quote!.Videos.ShouldBe(2);
    }

    [Fact]
    public async Task a_style_that_can_be_written_for_no_product_any_more_pauses_it_and_is_held_against_none()
    {
        var started = await StrictAsync(4, recipe: Scripted with { Template = "turntable" });
        foreach (var id in First(4))
            Shop.Edit(id, product => product with { Title = "An odd mug" });
        await RunAsync();

        (await NowAsync(started)).Problem!.Code.ShouldBe("backfill_same_failure");
        (await ProgressAsync(started)).Of(ItemState.Failed).ShouldBe(2);
        (await QuotedAsync()).Quote!.Videos.ShouldBe(4, "another style may do");
    }

    [Fact]
    public async Task pictures_that_one_provider_finds_too_large_pause_it_and_are_held_against_no_product()
    {
        var started = await StrictAsync(4);
        Pipeline.Provider.MaxBytes = 500;
        await RunAsync();

        (await NowAsync(started)).Problem!.Code.ShouldBe("backfill_same_failure");
        (await ItemsAsync(started, ItemState.Failed)).Select(item => item.Problem!.Code).ShouldBe(["image_unreadable", "image_unreadable"]);
        (await QuotedAsync()).Quote!.Videos.ShouldBe(4, "another provider may take them");
    }

    [Fact]
    public async Task what_no_product_is_to_blame_for_still_pauses_it()
    {
        var started = await StrictAsync(4);
        Pipeline.Provider.NoPrice = Unpriced;
        await RunAsync();
        (await NowAsync(started)).Problem!.Code.ShouldBe("backfill_same_failure");
        (await QuotedAsync()).Quote!.Skipped.Keys.ShouldNotContain(SkipReason.TriedBefore);
    }
}
