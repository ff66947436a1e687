using Bunit;
using MudBlazor;
using ProductVideo.Admin.Connecting;
using ProductVideo.Admin.Videos;
using ProductVideo.Catalog;
using ProductVideo.Changes;
using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ChangePagesTests : AdminPages
{
    private static readonly ProductRef Mug = new("test", "mug");

    [Fact]
    public async Task a_changed_product_is_told_on_its_page_and_its_videos_and_a_button_makes_a_new_one_for_a_price_that_is_named()
    {
        var published = await PublishedAsync();
        RenderVideo(published).FindAll("[data-testid=change-mark]").ShouldBeEmpty();
        Pipeline.Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        await LookAsync();

        RenderVideo(published).Find("[data-testid=change-mark]").TextContent.ShouldContain("other text");
        var dialogs = Render<MudDialogProvider>();
        var page = Render<ProductVideo.Admin.Products.ProductPage>(with => with.Add(p => p.Shop, "test").Add(p => p.Id, "mug"));
        page.WaitForElement("[data-testid=change-mark]").TextContent.ShouldContain("The product has changed since this video was made: other text.");

        var clicked = page.Find("[data-testid=make-anew]").ClickAsync();
        dialogs.WaitForElement("[data-testid=confirm]");
        dialogs.Markup.ShouldContain("It costs about $0.70.");
        (await Generations.ListAsync(new("test"), CancellationToken.None)).Count.ShouldBe(1);
        dialogs.Find("[data-testid=confirm]").Click();
        await clicked;

        var made = (await Generations.ListAsync(new("test"), CancellationToken.None))[0];
        (made.Order.ProductTitle, made.Order.RequestedBy, made.Order.Origin).ShouldBe(("Porcelain cup", "merchant", GenerationOrigin.Click));
        Navigation.Uri.ShouldEndWith($"/videos/{made.Id}");
        RenderVideo(published).Find("[data-testid=newer]").GetAttribute("href").ShouldBe($"/videos/{made.Id}");
    }

    [Fact]
    public async Task a_product_that_changed_back_meanwhile_is_told_and_nothing_is_ordered()
    {
        var published = await PublishedAsync();
        var before = Pipeline.Shop.Products["mug"];
        Pipeline.Shop.Edit("mug", mug => mug with { Title = "Porcelain cup" });
        await LookAsync();
        var page = RenderVideo(published);
        Pipeline.Shop.Products["mug"] = before;

        await page.Find("[data-testid=make-anew]").ClickAsync();

        page.Find("[data-testid=change-told]").TextContent.ShouldContain("Nothing that the video shows or says has changed");
        (await Generations.ListAsync(new("test"), CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_product_that_is_gone_is_told_and_offers_no_new_video()
    {
        var published = await PublishedAsync();
        Pipeline.Shop.Products.Remove("mug");
        await LookAsync();

        var page = RenderVideo(published);

        page.Find("[data-testid=change-mark]").TextContent.ShouldContain("lists this product no more");
        page.FindAll("[data-testid=make-anew]").ShouldBeEmpty();
        page.Find("[data-testid=standing]").TextContent.ShouldBe("Shoppers do not see it any more: its product is gone from the shop.");
        page.FindAll("[data-testid=listing-link]").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_video_of_a_product_that_is_not_published_is_said_to_be_seen_only_then()
    {
        var published = await PublishedAsync();
        var page = RenderVideo(published);
        page.Find("[data-testid=standing]").TextContent.ShouldBe("Shoppers see it now.");
        page.FindAll("[data-testid=listing-link]").ShouldHaveSingleItem();
        Pipeline.Shop.Edit("mug", mug => mug with { IsPublished = false });
        await LookAsync();

        page = RenderVideo(published);

        page.Find("[data-testid=standing]").TextContent.ShouldBe("It is on the product; shoppers see it once the product is published.");
        page.FindAll("[data-testid=listing-link]").ShouldBeEmpty();
    }

    [Fact]
    public async Task a_policy_is_saved_with_each_choice()
    {
        var page = Render<ShopPage>(with => with.Add(p => p.Shop, "test"));
        page.WaitForElement("[data-testid=change-tell]").HasAttribute("checked").ShouldBeTrue();

        await page.Find("[data-testid=change-remake]").ChangeAsync("on");
        await page.Find("[data-testid=change-withdraw]").ChangeAsync(true);

        var policy = await Pipeline.Get<WatchedShops>().PolicyAsync("test", CancellationToken.None);
        (policy.OnChange, policy.WithdrawRemovedPictures).ShouldBe((OnChange.Remake, true));
        var row = await Pipeline.Get<WatchedShops>().RowAsync("test", CancellationToken.None);
        row!.PolicyBy.ShouldBe("merchant");
    }

    [Fact]
    public async Task a_choice_leaves_what_was_chosen_elsewhere_meanwhile()
    {
        var policies = Pipeline.Get<WatchedShops>();
        await policies.PutAsync("test", new ChangePolicy { OnChange = OnChange.Remake }, "ann", CancellationToken.None);
        var page = Render<ShopPage>(with => with.Add(p => p.Shop, "test"));
        page.WaitForElement("[data-testid=change-remake]").HasAttribute("checked").ShouldBeTrue();
        await policies.PutAsync("test", new ChangePolicy { OnChange = OnChange.Tell }, "bo", CancellationToken.None);

        await page.Find("[data-testid=change-withdraw]").ChangeAsync(true);

        var policy = await policies.PolicyAsync("test", CancellationToken.None);
        (policy.OnChange, policy.WithdrawRemovedPictures).ShouldBe((OnChange.Tell, true));
        page.Find("[data-testid=change-tell]").HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public async Task a_change_that_another_one_overtook_is_made_on_what_is_there_then()
    {
        var policies = Pipeline.Get<WatchedShops>();
        await policies.PutAsync("test", new ChangePolicy { OnChange = OnChange.Remake }, "ann", CancellationToken.None);
        var overtaken = false;

        var policy = await policies.ChangeAsync(
            "test",
            policy =>
            {
                if (!overtaken)
                    policies.PutAsync("test", new ChangePolicy { OnChange = OnChange.Tell }, "bo", CancellationToken.None).GetAwaiter().GetResult();
                overtaken = true;
                return policy with { WithdrawRemovedPictures = true };
            },
            "ann",
            CancellationToken.None);

        policy.ShouldBe(new ChangePolicy { OnChange = OnChange.Tell, WithdrawRemovedPictures = true });
        (await policies.PolicyAsync("test", CancellationToken.None)).ShouldBe(policy);
    }

    [Fact]
    public void who_may_not_decide_what_is_paid_only_sees_the_policy() =>
        Render<ProductVideo.Admin.Changes.ChangePolicy>(with => with.Add(p => p.Shop, "test").Add(p => p.MayChange, false))
            .FindAll("input").ShouldAllBe(input => input.HasAttribute("disabled"));

    private IRenderedComponent<VideoPage> RenderVideo(Generation video) => Render<VideoPage>(with => with.Add(p => p.Id, video.Id));

    private async Task<Generation> PublishedAsync()
    {
        var review = await ForReviewAsync();
        await Generations.ApproveAsync(review.Id, "merchant", keepEarlier: null, CancellationToken.None);
        var published = await Pipeline.AdvanceAsync(review.Id);
        await LookAsync();
        return published;
    }

    private async Task LookAsync()
    {
        await Pipeline.Get<WatchedProducts>().HintAsync(Mug, CancellationToken.None);
        Pipeline.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Pipeline.Get<ProductLook>().LookNextAsync(CancellationToken.None)).ShouldBeTrue();
    }
}
