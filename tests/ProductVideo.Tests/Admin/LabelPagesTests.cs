using Bunit;
using ProductVideo.Admin.Connecting;
using ProductVideo.Admin.Videos;
using ProductVideo.Admin.Wishes;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class LabelPagesTests : AdminPages
{
    private ShopLabels Labels => Pipeline.Get<ShopLabels>();

    [Fact]
    public async Task the_label_is_off_at_first_and_saved_with_each_choice()
    {
        var page = Render<ShopPage>(with => with.Add(p => p.Shop, "test"));
        page.WaitForElement("[data-testid=label-drawn]").HasAttribute("checked").ShouldBeFalse();

        await page.Find("[data-testid=label-drawn]").ChangeAsync(true);
        var on = (await Labels.FindAsync("test", CancellationToken.None)).ShouldNotBeNull();
        (on.IsDrawn, on.By).ShouldBe((true, "merchant"));
        page.Find("[data-testid=label-drawn]").HasAttribute("checked").ShouldBeTrue();
        Render<ShopPage>(with => with.Add(p => p.Shop, "test")).WaitForElement("[data-testid=label-drawn]").HasAttribute("checked").ShouldBeTrue();

        await page.Find("[data-testid=label-drawn]").ChangeAsync(false);
        (await Labels.FindAsync("test", CancellationToken.None))!.IsDrawn.ShouldBeFalse();
    }

    [Fact]
    public void the_page_says_what_it_looks_like_and_what_it_does_not_change()
    {
        var panel = Render<LabelPanel>(with => with.Add(p => p.Shop, "test").Add(p => p.MayChange, true));
        panel.Markup.ShouldContain("Made with AI");
        panel.Markup.ShouldContain("Videos that are made already stay as they are");
        panel.Find("[data-testid=label-drawn]").GetAttribute("aria-describedby").ShouldBe(panel.Find("#label-looks").Id);
        panel.Find(".label-sample").GetAttribute("aria-hidden").ShouldBe("true");
    }

    [Fact]
    public async Task who_sees_one_shop_only_sees_the_choice_and_can_t_change_it()
    {
        await Labels.PutAsync("test", isDrawn: true, "tester", CancellationToken.None);
        Authorization.SetClaims(new System.Security.Claims.Claim(ProductVideo.Security.ProductVideoAuth.ShopClaim, "test"));
        var box = Render<ShopPage>(with => with.Add(p => p.Shop, "test")).WaitForElement("[data-testid=label-drawn]");
        (box.HasAttribute("checked"), box.HasAttribute("disabled")).ShouldBe((true, true));
    }

    [Fact]
    public async Task a_shop_that_is_gone_meanwhile_is_told()
    {
        var panel = Render<LabelPanel>(with => with.Add(p => p.Shop, "gone").Add(p => p.MayChange, true));
        await panel.Find("[data-testid=label-drawn]").ChangeAsync(true);
        panel.Find("[role=alert]").TextContent.ShouldContain("gone");
    }

    [Fact]
    public async Task a_video_s_page_says_what_shoppers_read_in_its_picture()
    {
        Pipeline.Shop.Edit("mug", mug => mug with { Locale = "de" });
        (await ReadOfAsync(new GenerationState.Planned())).ShouldBe("“Made with AI”, beside it on the listing");
        await Labels.PutAsync("test", isDrawn: true, "tester", CancellationToken.None);
        (await ReadOfAsync(new GenerationState.Planned())).ShouldBe("“Made with AI”, beside it on the listing; “Mit KI erstellt”, in the picture once it is made");
        (await ReadOfAsync(new GenerationState.AwaitingReview(WordsTests.Clip()))).ShouldBe("“Made with AI”, beside it on the listing", "it was made before");

        var made = await ForReviewAsync();
        await Labels.PutAsync("test", isDrawn: false, "tester", CancellationToken.None);
        Render<OrderFacts>(with => with.Add(facts => facts.Video, made)).Find("[data-testid=shoppers-read]").TextContent
            .ShouldBe("“Made with AI”, beside it on the listing; “Mit KI erstellt”, in the picture");
        Render<Checks>(with => with.Add(checks => checks.Clip, GenerationFacts.Clip(made)!)).Find(".checks-more").TextContent.ShouldContain("LabelMit KI erstellt");
    }

    private async Task<string> ReadOfAsync(GenerationState state)
    {
        var video = await InAsync(state);
        return Render<OrderFacts>(with => with.Add(facts => facts.Video, video)).Find("[data-testid=shoppers-read]").TextContent;
    }

    [Fact]
    public async Task the_form_says_when_a_label_will_be_drawn()
    {
        Form().FindAll("[data-testid=label-note]").ShouldBeEmpty();
        await Labels.PutAsync("test", isDrawn: true, "tester", CancellationToken.None);
        var form = Form();
        await SettleAsync(form.Find("[data-testid=made-by]").ChangeAsync("scripted"));
        form.Find("[data-testid=label-note]").TextContent.ShouldBe("The label “Made with AI” will be drawn into its picture.");
        await SettleAsync(form.Find("[data-testid=made-by]").ChangeAsync("local"));
        form.FindAll("[data-testid=label-note]").ShouldBeEmpty("a film of the merchant's photographs has none");
    }

    private IRenderedComponent<NewVideo> Form()
    {
        var form = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]));
        form.WaitForElement("[data-testid=price]");
        return form;
    }
}
