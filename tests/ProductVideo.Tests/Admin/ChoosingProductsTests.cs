using Bunit;
using ProductVideo.Admin.Products;
using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.CatalogIndex;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ChoosingProductsTests : BackfillPages
{
    [Fact]
    public async Task ticked_products_become_one_order_that_is_priced_first()
    {
        Stock(3);
        await IndexAsync();
        var page = Render<ProductsPage>();
        page.FindAll("[data-testid=selection]").ShouldBeEmpty();
        foreach (var product in new[] { "p000", "p002" })
            await page.Find($"[data-product={product}] [data-testid=choose]").ChangeAsync(true);
        page.Find("[data-testid=make-of-chosen]").TextContent.Trim().ShouldBe("Make videos of 2 products");
        await page.Find("[data-testid=make-of-chosen]").ClickAsync();

        var made = (await Desk.ListAsync(new BackfillFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
        new Uri(Navigation.Uri).AbsolutePath.ShouldBe($"/backfills/{made.Id}");
        made.State.ShouldBe(BackfillState.Quoting);
        await WorkAsync();
        (await Desk.ItemsAsync(made.Id, new ItemFilter(), CancellationToken.None)).Select(item => (item.ProductId, item.State)).ShouldBe([("p000", ItemState.Waiting), ("p002", ItemState.Waiting)]);
        Pipeline.Provider.Submits.ShouldBeEmpty();
        page.FindAll("[data-testid=selection]").ShouldBeEmpty("they have become a backfill");
    }

    [Fact]
    public async Task a_tick_can_be_taken_away()
    {
        var page = Render<ProductsPage>();
        await page.Find("[data-testid=choose]").ChangeAsync(true);
        page.FindAll("[data-testid=selection]").Count.ShouldBe(1);
        await page.Find("[data-testid=choose]").ChangeAsync(false);
        page.FindAll("[data-testid=selection]").ShouldBeEmpty();
    }

    [Fact]
    public async Task products_that_need_a_video_are_listed_from_the_index_and_ticked_at_once()
    {
        Stock(60);
        await IndexAsync();
        Navigation.NavigateTo("/?needs=video");
        var page = Render<ProductsPage>();
        page.WaitForAssertion(() => page.FindAll("[data-testid=lacking-row]").Count.ShouldBe(50));
        page.Find("[data-testid=lacking-row]").TextContent.ShouldContain("No video");
        await page.FindAll("button").Single(button => button.TextContent.Trim() == "Load more").ClickAsync();
        page.FindAll("[data-testid=lacking-row]").Count.ShouldBe(61);
        await page.Find("[data-testid=choose-all]").ChangeAsync(true);
        page.Find("[data-testid=make-of-chosen]").TextContent.Trim().ShouldBe("Make videos of 61 products");
    }

    [Fact]
    public async Task products_that_need_a_video_are_searched_as_all_are()
    {
        Stock(60);
        await IndexAsync();
        Navigation.NavigateTo("/?needs=video&search=PRODUCT 5");
        var page = Render<ProductsPage>();
        page.WaitForAssertion(() => page.FindAll("[data-testid=lacking-row]").Count.ShouldBe(15));

        Navigation.NavigateTo("/?needs=video&search=varnmoor mugs");
        var other = Render<ProductsPage>();
        other.WaitForAssertion(() => other.FindAll("[data-testid=lacking-row]").ShouldHaveSingleItem().GetAttribute("data-product").ShouldBe("mug"));
        Navigation.NavigateTo("/?needs=video&search=100%");
        Render<ProductsPage>().WaitForElement("[data-testid=none-lacking]").TextContent.ShouldContain("Nothing found for “100%”");
    }

    [Fact]
    public async Task those_without_a_video_and_those_with_an_old_one_are_told_apart()
    {
        Stock(2);
        await IndexAsync();
        var made = await ForReviewAsync();
        await Generations.ApproveAsync(made.Id, "merchant", keepEarlier: false, CancellationToken.None);
        await Pipeline.AdvanceAsync(made.Id);
        await using (var db = await Pipeline.Get<Microsoft.EntityFrameworkCore.IDbContextFactory<ProductVideo.Data.ProductVideoDb>>().CreateDbContextAsync())
            await CatalogVideos.LackAsync(db, new ProductRef("test", "mug"), made.Id, [ProductVideo.Changes.ChangeReason.Text], CancellationToken.None);
        var catalog = Pipeline.Get<CatalogProducts>();

        (await catalog.LackingAsync("test", after: null, 10, CancellationToken.None)).Count.ShouldBe(3);
        (await catalog.LackingAsync("test", after: null, 10, CancellationToken.None, Lacking.Video)).Select(product => product.Ref.ProductId).ShouldBe(["p000", "p001"]);
        Navigation.NavigateTo("/?needs=newer");
        Render<ProductsPage>().Find("[data-testid=lacking-row]").TextContent.ShouldContain("Its words changed");
    }

    [Fact]
    public async Task where_nothing_is_lacking_the_page_says_so()
    {
        await IndexAsync();
        Navigation.NavigateTo("/?needs=newer");
        Render<ProductsPage>().Find("[data-testid=none-lacking]").TextContent.ShouldContain("No product stands there now");
    }
}
