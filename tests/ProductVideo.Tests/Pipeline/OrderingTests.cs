using Microsoft.Extensions.DependencyInjection;
using NetVips;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Planning;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class OrderingTests : IAsyncLifetime
{
    private readonly PipelineFixture _pipeline = new();

    public ValueTask InitializeAsync() => _pipeline.InitializeAsync();

    public ValueTask DisposeAsync() => _pipeline.DisposeAsync();

    private Task<RefusedException> RefusedAsync(VideoWishes wishes, string product = "mug") => Should.ThrowAsync<RefusedException>(
        () => _pipeline.Get<VideoGenerations>().PreviewAsync(new ProductRef("test", product), wishes with { Provider = wishes.Provider ?? "scripted" }, Anybody, CancellationToken.None));

    private static Requester Anybody => new("tester", GenerationOrigin.Click);

    private Task<VideoPreview> PreviewAsync(VideoWishes wishes, string product = "mug") => _pipeline.Get<VideoGenerations>().PreviewAsync(
        new ProductRef("test", product), wishes with { Provider = "scripted" }, Anybody, CancellationToken.None);

    [Fact]
    public async Task a_preview_shows_the_prompt_and_the_price_and_writes_no_generation()
    {
        var preview = await _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, Anybody, CancellationToken.None);

        preview.Order.Request.Prompt.ShouldContain("[Image 1]");
        preview.Order.Price.Amount.Amount.ShouldBe(0.70m);
        preview.Order.Request.Images.ShouldAllBe(image => image.ContentType == "image/jpeg");
        (await _pipeline.Get<GenerationStore>().ListAsync(new GenerationFilter(), CancellationToken.None)).ShouldBeEmpty();
        _pipeline.Provider.Submits.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_picture_on_which_the_clip_ends_is_sent_as_its_last_frame()
    {
        _pipeline.Provider.Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame;
        var preview = await _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted", LastImageId = "back.jpg" }, Anybody, CancellationToken.None);
        preview.Order.Request.Images.Select(image => image.Role).ShouldBe([ImageRole.FirstFrame, ImageRole.LastFrame]);
        preview.Order.Request.Images.Select(image => image.BlobKey).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task a_first_frame_that_is_followed_is_padded_to_a_format_that_the_model_names()
    {
        (_pipeline.Provider.Modes, _pipeline.Provider.FollowsImage) = (VideoModes.FirstFrame, true);
        var preview = await _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted", Aspect = "4:5" }, Anybody, CancellationToken.None);
        var frame = preview.Order.Request.Images.ShouldHaveSingleItem();
        (preview.Order.Request.Aspect, (double)frame.Width / frame.Height).ShouldBe(("1:1", 1.0));
    }

    [Theory]
    [InlineData(VideoModes.FirstFrame, "#ffffff", true)]
    [InlineData(VideoModes.FirstFrame, "#c0c0c0", false)]
    [InlineData(VideoModes.References, "#ffffff", true)]
    public async Task a_white_product_that_is_cut_out_is_told_to_vanish_on_a_white_background_before_it_is_paid_for(VideoModes mode, string background, bool told)
    {
        await using var pipeline = new PipelineFixture { Add = services => services.AddSingleton(new ShopBrand("test", new BrandKit { Background = background })) };
        await pipeline.InitializeAsync();
        (pipeline.Provider.Modes, pipeline.Provider.FollowsImage) = (mode, true);
        pipeline.Shop.Add("mug", ("mug.png", WhiteCutOut()));
        var preview = await pipeline.Get<VideoGenerations>().PreviewAsync(new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted" }, Anybody, CancellationToken.None);
        preview.Order.Notes.Any(note => note.StartsWith("Its picture shows next to nothing", StringComparison.Ordinal)).ShouldBe(told);
    }

    [Theory]
    [InlineData("cut-out", "#ffffff", true)]
    [InlineData("cut-out", "#c0c0c0", false)]
    [InlineData("black", "#ffffff", true)]
    public async Task a_film_of_a_picture_that_hardly_shows_the_product_is_named_before_it_is_ordered(string picture, string background, bool told)
    {
        await using var pipeline = new PipelineFixture { Add = services => services.AddSingleton(new ShopBrand("test", new BrandKit { Background = background })) };
        await pipeline.InitializeAsync();
        pipeline.Shop.Add("mug", ("mug.png", picture is "black" ? BlackOnBlack() : WhiteCutOut()));
        var preview = await pipeline.Get<VideoGenerations>().PreviewAsync(new ProductRef("test", "mug"), new VideoWishes { Provider = "local" }, Anybody, CancellationToken.None);
        preview.Order.Notes.Any(note => note.StartsWith("Its first picture hardly shows the product", StringComparison.Ordinal)).ShouldBe(told);
    }

    private static byte[] BlackOnBlack()
    {
        using var dark = Image.Black(300, 300, bands: 3).Linear([1, 1, 1], [5, 5, 5]).Cast(Enums.BandFormat.Uchar);
        using var framed = dark.Embed(150, 150, 600, 600, extend: Enums.Extend.Black);
        using var tagged = framed.Copy(interpretation: Enums.Interpretation.Srgb);
        return tagged.PngsaveBuffer();
    }

    private static byte[] WhiteCutOut()
    {
        using var white = Image.Black(300, 300, bands: 4).Linear([1, 1, 1, 1], [254, 254, 254, 255]).Cast(Enums.BandFormat.Uchar);
        using var framed = white.Embed(150, 150, 600, 600, extend: Enums.Extend.Black);
        using var tagged = framed.Copy(interpretation: Enums.Interpretation.Srgb);
        return tagged.PngsaveBuffer();
    }

    [Fact]
    public async Task a_clip_that_was_made_is_changed_by_the_first_provider_that_can()
    {
        var made = await MadeAsync();
        _pipeline.Provider.Modes = VideoModes.References | VideoModes.Edit;
        _pipeline.Provider.SourceClip = new SourceClipRule { MinSeconds = 3, MaxSeconds = 15, MaxBytes = 1_000_000, MinSide = 100, MaxSide = 4_096 };

        var preview = await _pipeline.Get<VideoGenerations>().PreviewAsync(
            made.Product, new VideoWishes { ChangeOf = made.Id, Wish = "a darker floor" }, Anybody, CancellationToken.None);

        var clip = GenerationFacts.Clip(made)!;
        preview.Order.Provider.ShouldBe("scripted");
        preview.Order.Request.Mode.ShouldBe(VideoModes.Edit);
        preview.Order.Request.SourceClip.ShouldBe(new RequestClip(clip.BlobKey, clip.Sha256, clip.Length, clip.Seconds, 320, 320, "1:1"));
        preview.Order.Request.Images.ShouldAllBe(image => image.Role == ImageRole.Reference);
        preview.Order.StandIns.ShouldBeNull();
    }

    [Fact]
    public async Task a_clip_that_nobody_can_change_or_that_is_another_products_is_refused_by_field()
    {
        var made = await MadeAsync();
        async Task<string?> FieldAsync(VideoWishes wishes, string product = "mug") => (await Should.ThrowAsync<RefusedException>(() => _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", product), wishes with { Wish = "a darker floor" }, Anybody, CancellationToken.None))).Field;

        (await FieldAsync(new VideoWishes { ChangeOf = made.Id })).ShouldBe("changeOf");
        (await FieldAsync(new VideoWishes { ChangeOf = made.Id, Provider = "scripted" })).ShouldBe("changeOf");
        (await FieldAsync(new VideoWishes { ChangeOf = Guid.NewGuid() })).ShouldBe("changeOf");
        _pipeline.Shop.Add("cup", ("front.jpg", PipelineFixture.Picture(800, 600)));
        (await FieldAsync(new VideoWishes { ChangeOf = made.Id }, "cup")).ShouldBe("changeOf");
        var unfinished = await _pipeline.OrderAsync(new VideoWishes { Again = true });
        (await FieldAsync(new VideoWishes { ChangeOf = unfinished.Id })).ShouldBe("changeOf");
    }

    private async Task<Generation> MadeAsync()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var ordered = await _pipeline.OrderAsync();
        return await _pipeline.AdvanceAsync(ordered.Id);
    }

    [Theory]
    [InlineData("scripted", true)]
    [InlineData("local", false)]
    public async Task what_a_model_draws_is_known_from_the_order_on(string provider, bool ai) => (await _pipeline.Get<VideoGenerations>().PreviewAsync(
        new ProductRef("test", "mug"), new VideoWishes { Provider = provider }, Anybody, CancellationToken.None)).Order.MadeWithAi.ShouldBe(ai);

    [Theory]
    [InlineData("1:1", 2.5, 1)]
    [InlineData("16:9", 2.5, 1.78)]
    [InlineData("16:9", 1.5, 1.33)]
    public async Task a_first_frame_has_the_ratio_that_is_ordered_where_the_model_takes_such_a_picture(string aspect, double widest, double expected)
    {
        (_pipeline.Provider.Modes, _pipeline.Provider.MaxRatio) = (VideoModes.FirstFrame, (decimal)widest);
        var preview = await _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted", Aspect = aspect }, Anybody, CancellationToken.None);
        preview.Order.Request.Aspect.ShouldBe(aspect);
        var frame = preview.Order.Request.Images.ShouldHaveSingleItem();
        ((double)frame.Width / frame.Height).ShouldBe(expected, 0.01);
    }

    [Fact]
    public async Task people_may_be_seen_only_where_they_were_wished_for()
    {
        async Task<VideoPreview> PreviewAsync(bool? people) => await _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted", AllowPeople = people, Template = "lifestyle" }, Anybody, CancellationToken.None);

        var (silent, forbidden, allowed) = (await PreviewAsync(people: null), await PreviewAsync(people: false), await PreviewAsync(people: true));
        silent.Order.Request.Prompt.ShouldContain("people, hands");
        allowed.Order.Request.Prompt.ShouldContain("An adult may use it calmly");
        allowed.Order.Request.Prompt.ShouldNotContain("people, hands");
        (silent.Composition.AllowsPeople, forbidden.Composition.AllowsPeople, allowed.Composition.AllowsPeople).ShouldBe((false, false, true));
        forbidden.Order.Fingerprint.ShouldBe(silent.Order.Fingerprint);
        allowed.Order.Fingerprint.ShouldNotBe(silent.Order.Fingerprint);
    }

    [Fact]
    public async Task letters_that_no_font_has_are_told_of_before_the_film_is_made()
    {
        _pipeline.Shop.Edit("mug", product => product with { Title = "𓀀 mug" });
        async Task<IReadOnlyList<string>> NotesAsync(string provider) => (await _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = provider }, Anybody, CancellationToken.None)).Order.Notes;

        (await NotesAsync("local")).ShouldContain(note => note.Contains("letters that cannot be drawn (𓀀)", StringComparison.Ordinal));
        (await NotesAsync("scripted")).ShouldNotContain(note => note.Contains("cannot be drawn", StringComparison.Ordinal), "it draws no titles");
    }

    [Fact]
    public async Task the_preview_is_what_is_ordered()
    {
        var preview = await _pipeline.Get<VideoGenerations>().PreviewAsync(
            new ProductRef("test", "mug"), new VideoWishes { Provider = "scripted", Aspect = "1:1", Seconds = 5 }, Anybody, CancellationToken.None);
        var ordered = await _pipeline.OrderAsync();
        ordered.Order.Fingerprint.ShouldBe(preview.Order.Fingerprint);
        ordered.Order.Request.Prompt.ShouldBe(preview.Order.Request.Prompt);
    }

    [Fact]
    public async Task the_same_order_twice_is_one_generation()
    {
        var orders = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _pipeline.OrderAsync())));
        orders.Select(order => order.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task an_unchanged_product_is_not_paid_for_again_and_a_changed_one_is()
    {
        var clip = await _pipeline.ReadyClipAsync();
        _pipeline.Provider.OnCheck = _ => new CheckOutcome.Ready([clip]);
        var first = await _pipeline.OrderAsync(new VideoWishes { AutoApprove = true });
        await _pipeline.AdvanceAsync(first.Id);

        (await _pipeline.OrderAsync()).Id.ShouldBe(first.Id);
        (await _pipeline.OrderAsync(new VideoWishes { Again = true })).Id.ShouldNotBe(first.Id);
        _pipeline.Shop.Pictures["front.jpg"] = PipelineFixture.Picture(900, 700);
        (await _pipeline.OrderAsync()).Order.Fingerprint.ShouldNotBe(first.Order.Fingerprint);
    }

    [Fact]
    public async Task one_idempotency_key_makes_one_generation_even_side_by_side()
    {
        var key = new IdempotencyKey("caller", "key-1");
        var orders = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _pipeline.OrderAsync(key: key))));
        orders.Select(order => order.Id).Distinct().Count().ShouldBe(1);
        (await _pipeline.Get<GenerationStore>().ListAsync(new GenerationFilter(), CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task an_idempotency_key_still_answers_after_its_generation_ended()
    {
        var key = new IdempotencyKey("caller", "key-1");
        var first = await _pipeline.OrderAsync(key: key);
        await _pipeline.Get<VideoGenerations>().CancelAsync(first.Id, "tester", CancellationToken.None);
        await _pipeline.AdvanceAsync(first.Id);
        (await _pipeline.OrderAsync(key: key)).Id.ShouldBe(first.Id);
    }

    [Fact]
    public async Task an_idempotency_key_with_other_wishes_is_refused()
    {
        var key = new IdempotencyKey("caller", "key-1");
        await _pipeline.OrderAsync(key: key);
        var refused = await Should.ThrowAsync<RefusedException>(() => _pipeline.OrderAsync(new VideoWishes { Wish = "warmer light" }, key));
        refused.Problem.Code.ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task an_unknown_product_is_refused_by_name()
    {
        var refused = await RefusedAsync(VideoWishes.None, "no-such-mug");
        refused.Kind.ShouldBe(RefusalKind.NotFound);
        refused.Problem.MerchantText.ShouldContain("no-such-mug");
    }

    [Fact]
    public async Task a_product_without_pictures_is_refused()
    {
        _pipeline.Shop.Add("bare");
        (await RefusedAsync(VideoWishes.None, "bare")).Problem.Code.ShouldBe("no_images");
    }

    [Fact]
    public async Task an_unreadable_picture_is_left_out_with_a_note_even_the_main_one_and_only_a_product_without_any_other_is_refused()
    {
        var good = PipelineFixture.Picture(800, 600);
        _pipeline.Shop.Add("bad-first", ("broken.jpg", good[..(good.Length / 2)]), ("good.jpg", good));
        _pipeline.Shop.Add("bad-second", ("good.jpg", good), ("broken2.jpg", "not a picture"u8.ToArray()));
        _pipeline.Shop.Add("bad", ("broken.jpg", good[..(good.Length / 2)]), ("broken2.jpg", "not a picture"u8.ToArray()));

        foreach (var (product, left) in new[] { ("bad-first", "Picture 1"), ("bad-second", "Picture 2") })
        {
            var preview = await PreviewAsync(VideoWishes.None, product);
            preview.Product.Images.ShouldHaveSingleItem().Id.ShouldBe("good.jpg");
            preview.Order.MadeFrom!.Pictures.ShouldHaveSingleItem().Id.ShouldBe("good.jpg");
            preview.Order.Notes.ShouldContain(note => note.Contains(left, StringComparison.Ordinal));
        }

        (await RefusedAsync(VideoWishes.None, "bad")).Problem.ShouldSatisfyAllConditions(
            problem => problem.Code.ShouldBe("image_unreadable"),
            problem => problem.MerchantText.ShouldContain("Picture 1"));
    }

    [Fact]
    public async Task a_main_picture_that_can_not_be_fetched_just_now_is_waited_for()
    {
        _pipeline.Shop.Pictures.Remove("front.jpg");
        (await RefusedAsync(VideoWishes.None)).Kind.ShouldBe(RefusalKind.Unavailable);
        (await PreviewAsync(new VideoWishes { ImageIds = ["back.jpg"] })).Product.Images.ShouldHaveSingleItem().Id.ShouldBe("back.jpg");
    }

    [Fact]
    public async Task pictures_are_chosen_wherever_they_stand_in_the_listing()
    {
        _pipeline.Shop.Add("many", [.. Enumerable.Range(1, 20).Select(i => ($"{i}.jpg", PipelineFixture.Picture(800 + i, 600)))]);
        var preview = await PreviewAsync(new VideoWishes { ImageIds = ["15.jpg", "2.jpg"] }, "many");
        preview.Order.MadeFrom!.Pictures.Select(picture => picture.Id).ShouldBe(["15.jpg", "2.jpg"]);
        preview.Product.Images.Count.ShouldBe(12);
        preview.Order.Notes.ShouldNotContain(note => note.StartsWith("The first 12", StringComparison.Ordinal));
        (await PreviewAsync(VideoWishes.None, "many")).Order.Notes.ShouldContain("Only 12 of 20 pictures are looked at. Choose pictures to have others.");

        _pipeline.Provider.Modes = VideoModes.FirstFrame | VideoModes.FirstLastFrame;
        preview = await PreviewAsync(new VideoWishes { LastImageId = "20.jpg" }, "many");
        preview.Order.MadeFrom!.Pictures.Select(picture => picture.Id).ShouldBe(["1.jpg", "20.jpg"]);
    }

    [Fact]
    public async Task a_picture_that_was_not_chosen_stops_nothing_and_a_chosen_one_of_no_use_is_named()
    {
        _pipeline.Shop.Add(
            "three", ("moving.gif", "GIF89a"u8.ToArray()), ("good.jpg", PipelineFixture.Picture(800, 600)), ("other.jpg", PipelineFixture.Picture(801, 600)));
        var preview = await PreviewAsync(new VideoWishes { ImageIds = ["good.jpg", "other.jpg"] }, "three");
        preview.Order.MadeFrom!.Pictures.Select(picture => picture.Id).ShouldBe(["good.jpg", "other.jpg"]);
        preview.Order.Notes.ShouldNotContain(note => note.Contains("Picture 1", StringComparison.Ordinal));

        var refused = await RefusedAsync(new VideoWishes { ImageIds = ["good.jpg", "moving.gif"] }, "three");
        (refused.Problem.Code, refused.Field).ShouldBe(("image_unreadable", "images"));
        refused.Problem.MerchantText.ShouldContain("Picture 1");
    }

    [Fact]
    public async Task a_second_picture_whose_address_no_name_server_can_take_is_left_out()
    {
        var product = _pipeline.Shop.Add("odd", ("good.jpg", PipelineFixture.Picture(800, 600)));
        _pipeline.Shop.Products["odd"] = product with { Images = [.. product.Images, new ListedImage("2", new ImageSource.Remote("https://é-.example/a.jpg"), null)] };
        var preview = await PreviewAsync(VideoWishes.None, "odd");
        preview.Product.Images.ShouldHaveSingleItem().Id.ShouldBe("good.jpg");
        preview.Order.Notes.ShouldContain(note => note.Contains("Picture 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_picture_address_inside_this_machine_is_not_fetched()
    {
        var product = _pipeline.Shop.Add("inside", ("unused.jpg", []));
        _pipeline.Shop.Products["inside"] = product with { Images = [new ListedImage("1", new ImageSource.Remote("https://127.0.0.1/a.jpg"), null)] };
        var refused = await RefusedAsync(VideoWishes.None, "inside");
        refused.Problem.Code.ShouldBe("image_unreachable");
        refused.Field.ShouldBe("images");
    }

    [Theory]
    [InlineData("provider")]
    [InlineData("model")]
    [InlineData("template")]
    public async Task a_wish_for_something_unknown_names_the_field_and_what_there_is(string field)
    {
        var wishes = field switch
        {
            "provider" => new VideoWishes { Provider = "nobody" },
            "model" => new VideoWishes { Model = "nothing" },
            _ => new VideoWishes { Template = "nowhere" },
        };
        var refused = await RefusedAsync(wishes);
        refused.Field.ShouldBe(field);
        refused.Problem.MerchantText.ShouldContain("no");
    }

    [Fact]
    public async Task a_retry_is_a_new_attempt_with_a_new_intent()
    {
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused."));
        var first = await _pipeline.OrderAsync(new VideoWishes { Wish = "warm evening light" });
        (await _pipeline.AdvanceAsync(first.Id)).State.ShouldBeOfType<GenerationState.Failed>();

        var second = await _pipeline.Get<VideoGenerations>().RetryAsync(first.Id, new Requester("tester", GenerationOrigin.Click), CancellationToken.None);
        second.Attempt.ShouldBe(2);
        second.Order.Request.Prompt.ShouldBe(first.Order.Request.Prompt);
        await _pipeline.AdvanceAsync(second.Id);
        _pipeline.Provider.Submits.Select(intent => intent.Nonce).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task a_retry_sent_twice_under_one_key_is_one_attempt_even_after_that_one_ended()
    {
        _pipeline.Provider.OnStart = _ => new StartOutcome.Refused(new ProviderFault(ProviderFaultCode.ContentRefused, "moderation", "Refused."));
        var first = await _pipeline.OrderAsync();
        await _pipeline.AdvanceAsync(first.Id);
        var requester = new Requester("tester", GenerationOrigin.Api);
        var key = new IdempotencyKey("caller", "retry-1");

        var second = await _pipeline.Get<VideoGenerations>().RetryAsync(first.Id, requester, CancellationToken.None, key);
        await _pipeline.AdvanceAsync(second.Id);
        (await _pipeline.Get<VideoGenerations>().RetryAsync(first.Id, requester, CancellationToken.None, key)).Id.ShouldBe(second.Id);
        _pipeline.Provider.Submits.Count.ShouldBe(2);
    }
}
