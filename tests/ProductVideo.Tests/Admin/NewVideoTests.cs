using Bunit;
using MudBlazor;
using ProductVideo.Generations;
using ProductVideo.Admin.Wishes;
using ProductVideo.Data;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class NewVideoTests : AdminPages
{
    [Fact]
    public void the_exact_prompt_the_plan_and_the_price_are_seen_before_anything_is_spent()
    {
        var panel = RenderPanel();

        panel.Find("[data-testid=prompt] pre").TextContent.ShouldContain("Stoneware mug");
        panel.FindAll(".timeline li").Count.ShouldBeGreaterThan(0);
        panel.Find("[data-testid=price]").TextContent.ShouldStartWith("$");
        Pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_is_ordered_is_what_was_previewed()
    {
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid='aspect-16:9']").ChangeAsync("16:9"));
        var seen = panel.Find("[data-testid=prompt] pre").TextContent;

        await panel.Find("[data-testid=generate]").ClickAsync();

        var made = (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
        made.Order.Request.Aspect.ShouldBe("16:9");
        made.Order.Request.Prompt.ShouldBe(seen);
    }

    [Fact]
    public async Task nothing_is_ordered_at_a_price_that_is_not_that_of_the_form()
    {
        var panel = RenderPanel();
        var clickedLate = panel.FindComponents<MudButton>().Single(button => button.Find("button").GetAttribute("data-testid") == "generate").Instance.OnClick;

        var change = panel.Find("[data-testid='aspect-16:9']").ChangeAsync("16:9");
        panel.WaitForAssertion(() => panel.FindAll("[data-testid=price]").ShouldBeEmpty("the price of another form"));
        panel.Find("[data-testid=generate]").HasAttribute("disabled").ShouldBeTrue();
        await panel.InvokeAsync(() => clickedLate.InvokeAsync());
        (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldBeEmpty();

        await SettleAsync(change);
        panel.Find("[data-testid=price]").TextContent.ShouldStartWith("$");
        await panel.Find("[data-testid=generate]").ClickAsync();
        (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldHaveSingleItem().Order.Request.Aspect.ShouldBe("16:9");
    }

    [Fact]
    public async Task a_model_of_several_resolutions_lets_the_merchant_choose()
    {
        RenderPanel().FindAll("[data-testid=resolution]").ShouldBeEmpty();
        Pipeline.Provider.Resolutions = ["1080P", "720P"];
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=resolution]").ChangeAsync("720P"));
        await panel.Find("[data-testid=generate]").ClickAsync();

        var made = (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
        made.Order.Request.Resolution.ShouldBe("720P");
    }

    [Fact]
    public async Task people_are_asked_for_with_a_switch_that_a_film_of_photographs_does_not_have()
    {
        var panel = RenderPanel();
        await SettleAsync(panel.Find("input[data-testid=allow-people], [data-testid=allow-people] input").ChangeAsync(true));
        await panel.Find("[data-testid=generate]").ClickAsync();
        (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldHaveSingleItem().Order.Wishes.AllowPeople.ShouldBe(true);

        panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=made-by]").ChangeAsync("local"));
        panel.FindAll("[data-testid=allow-people]").ShouldBeEmpty();
    }

    [Fact]
    public async Task where_the_model_can_the_merchant_chooses_the_picture_that_the_clip_ends_on()
    {
        RenderPanel().FindAll("[data-testid=last-picture]").ShouldBeEmpty();
        Pipeline.Provider.Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame;
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=last-picture]").ChangeAsync("back.jpg"));
        await panel.Find("[data-testid=generate]").ClickAsync();

        var made = (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).ShouldHaveSingleItem();
        made.Order.Request.Images[^1].Role.ShouldBe(ImageRole.LastFrame);
    }

    [Fact]
    public void a_provider_that_offers_no_model_now_is_not_in_the_form_and_does_not_break_it()
    {
        Pipeline.Provider.Models = [];
        var panel = RenderPanel();
        panel.FindAll("[data-testid=made-by]").ShouldBeEmpty("only the local renderer is left");
        panel.Find("[data-testid=price]").TextContent.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task a_provider_whose_models_go_while_the_form_is_open_is_told_of()
    {
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=made-by]").ChangeAsync("scripted"));
        Pipeline.Provider.Models = [];
        await SettleAsync(panel.Find("[data-testid='aspect-16:9']").ChangeAsync("16:9"));
        panel.Markup.ShouldContain("Scripted offers no model at the moment.");
    }

    [Fact]
    public async Task a_wish_is_counted_and_goes_into_the_prompt()
    {
        var panel = RenderPanel();

        await SettleAsync(panel.Find("[data-testid=wish]").InputAsync("Warm evening light"));

        panel.Find(".count").TextContent.ShouldBe("18 / 500");
        panel.Find("[data-testid=prompt] pre").TextContent.ShouldContain("Warm evening light");
    }

    [Fact]
    public async Task a_refusal_stands_at_its_field_and_closes_the_button()
    {
        var panel = RenderPanel();

        await SettleAsync(panel.Find("[data-testid=wish]").InputAsync(new string('a', 501)));

        panel.Find("#wish-hint .error").TextContent.ShouldContain("too long");
        panel.Find("[data-testid=generate]").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public async Task a_choice_is_told_beside_what_it_means()
    {
        var panel = RenderPanel();

        await SettleAsync(panel.Find("[data-testid=template]").ChangeAsync("slow-push-in"));

        panel.Find("#style-about").TextContent.ShouldContain("calm moves toward the product");
    }

    [Fact]
    public async Task a_video_is_changed_by_words_alone_and_its_price_is_seen_first()
    {
        var made = await ForReviewAsync();
        Pipeline.Provider.Modes = VideoModes.References | VideoModes.Edit;
        Pipeline.Provider.SourceClip = EditsAnything;
        var panel = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]).Add(p => p.ChangeOf, made.Id));

        panel.Find("h2").TextContent.ShouldBe("Change a video");
        panel.FindAll("[data-testid=template], [data-testid=price], .error").ShouldBeEmpty();
        panel.Find("[data-testid=generate]").HasAttribute("disabled").ShouldBeTrue();

        await SettleAsync(panel.Find("[data-testid=wish]").InputAsync("a darker floor"));
        panel.WaitForAssertion(() => panel.Find("[data-testid=price]").TextContent.ShouldStartWith("$"));
        panel.Find("[data-testid=prompt] pre").TextContent.ShouldContain("a darker floor");
        await panel.Find("[data-testid=generate]").ClickAsync();

        var ordered = (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).Single(one => one.Id != made.Id);
        (ordered.Order.Request.Mode, ordered.Order.Wishes.ChangeOf).ShouldBe((VideoModes.Edit, made.Id));
    }

    [Fact]
    public async Task a_form_that_begins_with_an_earlier_video_s_wishes_has_all_of_them()
    {
        Pipeline.Provider.Resolutions = ["1080P", "720P"];
        var wishes = VideoWishes.None with
        {
            Provider = "scripted", Model = "model-1", Resolution = "720P", Template = "slow-push-in", Aspect = "9:16", Seconds = 6, ShowTitle = false, ShowPrice = true,
            AllowPeople = true, Wish = "Warm evening light",
        };
        WishForm.Of(wishes).ToWishes().ShouldBe(wishes);
        var made = (await Generations.CreateAsync(new("test", "mug"), wishes, new("merchant", GenerationOrigin.Click), key: null, CancellationToken.None)).Generation;
        Pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "no", "It refuses these words."));
        (await Pipeline.AdvanceAsync(made.Id)).State.ShouldBeOfType<GenerationState.Failed>();
        var link = Render<ProductVideo.Admin.Videos.VideoPage>(with => with.Add(p => p.Id, made.Id)).Find("[data-testid=change-wishes]").GetAttribute("href").ShouldNotBeNull();
        link.ShouldBe($"/products/test/mug?like={made.Id}");

        Navigation.NavigateTo(link);
        var panel = Render<ProductVideo.Admin.Products.ProductPage>(with => with.Add(p => p.Shop, "test").Add(p => p.Id, "mug"));
        await SettleAsync(panel.WaitForElement("[data-testid=wish]").InputAsync("Cool morning light"));
        await panel.Find("[data-testid=generate]").ClickAsync();

        var again = (await Generations.ListAsync(new GenerationFilter("test"), CancellationToken.None)).Single(one => one.Id != made.Id);
        again.Order.Wishes.ShouldBe(wishes with { Wish = "Cool morning light" });
    }

    [Fact]
    public async Task wishes_of_a_change_lead_back_to_the_change()
    {
        var made = await ForReviewAsync();
        var change = made with { Order = made.Order with { Wishes = VideoWishes.None with { ChangeOf = made.Id, Wish = "a darker floor" } } };
        ProductVideo.Admin.Paths.Like(change).ShouldBe($"/products/test/mug?change={made.Id}&like={made.Id}");
    }

    [Fact]
    public async Task a_provider_that_is_gone_since_is_not_in_a_form_that_begins_with_its_video()
    {
        var made = (await Generations.CreateAsync(
            new("test", "mug"), VideoWishes.None with { Provider = "scripted", Wish = "Warm" }, new("merchant", GenerationOrigin.Click), key: null, CancellationToken.None)).Generation;
        Pipeline.Provider.Models = [];

        var panel = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]).Add(p => p.Like, made.Id));

        panel.WaitForElement("[data-testid=price]").TextContent.ShouldBe("Free");
        panel.Find("[data-testid=wish]").GetAttribute("value").ShouldBe("Warm");
    }

    [Fact]
    public void an_earlier_video_that_is_unknown_is_told_and_the_form_works()
    {
        var panel = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]).Add(p => p.Like, Guid.NewGuid()));

        panel.Find("[role=alert]").TextContent.ShouldContain("There is no such video");
        panel.WaitForElement("[data-testid=price]");
    }

    [Fact]
    public async Task a_model_that_only_changes_videos_is_not_offered_for_a_new_one()
    {
        Pipeline.Provider.ModelModes["model-2"] = VideoModes.Edit;
        Pipeline.Provider.Models = ["model-2", "model-1", "model-3"];
        var panel = RenderPanel();
        await SettleAsync(panel.Find("[data-testid=made-by]").ChangeAsync("scripted"));
        panel.FindAll("option").Select(option => option.TextContent).Where(text => text.StartsWith("model-", StringComparison.Ordinal)).ShouldBe(["model-1", "model-3"]);
        panel.Find("[data-testid=price]").TextContent.ShouldStartWith("$");
    }

    private static readonly SourceClipRule EditsAnything = new() { MinSeconds = 3, MaxSeconds = 15, MaxBytes = 1_000_000, MinSide = 100, MaxSide = 4_096 };

    [Fact]
    public void untouched_wishes_are_left_to_the_pipeline() => new WishForm { Wish = "  " }.ToWishes().ShouldBe(ProductVideo.Generations.VideoWishes.None);

    private IRenderedComponent<NewVideo> RenderPanel()
    {
        var panel = Render<NewVideo>(with => with.Add(p => p.Product, Pipeline.Shop.Products["mug"]));
        panel.WaitForAssertion(() => panel.FindAll("[data-testid=price]").Count.ShouldBe(1));
        return panel;
    }
}
