using System.Globalization;
using ProductVideo.Conformance.Providers.OpenRouter;
using ProductVideo.Planning;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenRouter;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.OpenRouter;

public sealed class OpenRouterPricesTests
{
    private static readonly FrameSize Square = new("720p", "1:1", 960, 960);

    private static decimal? PriceOf(string resolution, bool sound, params (string Name, string Value)[] prices) =>
        new OpenRouterPrices([.. prices.Select(price => OpenRouterSku.Read(price.Name, price.Value).ShouldNotBeNull(price.Name))]).Of(5, resolution, Square, sound);

    [Theory]
    [InlineData("duration_seconds", SkuUnit.Second, 2, null, null, false)]
    [InlineData("duration_seconds_1080p", SkuUnit.Second, 2, "1080p", null, false)]
    [InlineData("duration_seconds_with_audio_4k", SkuUnit.Second, 2, "4k", true, false)]
    [InlineData("duration_seconds_without_audio", SkuUnit.Second, 2, null, false, false)]
    [InlineData("image_to_video_duration_seconds_720p", SkuUnit.Second, 2, "720p", null, true)]
    [InlineData("text_to_video_duration_seconds_720p", SkuUnit.OtherOrders, 2, "720p", null, false)]
    [InlineData("reference_duration_seconds_480p", SkuUnit.OtherOrders, 2, "480p", null, false)]
    [InlineData("cents_per_second_output", SkuUnit.Second, 0.02, null, null, false)]
    [InlineData("cents_per_second_output_720p", SkuUnit.Second, 0.02, "720p", null, false)]
    [InlineData("cents_per_video_output_second_480p", SkuUnit.Second, 0.02, "480p", null, false)]
    [InlineData("cents_per_second_video_continuation_720p", SkuUnit.OtherOrders, 0.02, "720p", null, false)]
    [InlineData("cents_per_image_input", SkuUnit.Picture, 0.02, null, null, false)]
    [InlineData("reference_images", SkuUnit.Picture, 2, null, null, false)]
    [InlineData("minimum_cents_per_generation", SkuUnit.Least, 0.02, null, null, false)]
    [InlineData("video_tokens", SkuUnit.Token, 2, null, null, false)]
    [InlineData("video_tokens_4k_without_audio", SkuUnit.Token, 2, "4k", false, false)]
    [InlineData("video_tokens_1080p_with_video_input", SkuUnit.OtherOrders, 2, "1080p", null, false)]
    public void what_a_price_is_of_stands_in_its_name(string name, object unit, double amount, string? resolution, bool? sound, bool pictures) =>
        OpenRouterSku.Read(name, "2").ShouldBe(new OpenRouterSku((SkuUnit)unit, (decimal)amount, resolution, sound, pictures));

    [Theory]
    [InlineData("cents_per_megapixel_second_precise", "2")]
    [InlineData("duration_minutes", "2")]
    [InlineData("duration_seconds_upscaled", "2")]
    [InlineData("DURATION_SECONDS", "2")]
    [InlineData("", "2")]
    [InlineData("duration_seconds", "-1")]
    [InlineData("duration_seconds", "0")]
    [InlineData("video_tokens", "0.0")]
    [InlineData("duration_seconds", "free")]
    [InlineData("duration_seconds", null)]
    public void a_name_or_an_amount_that_says_nothing_known_is_no_price(string name, string? value) => OpenRouterSku.Read(name, value).ShouldBeNull();

    [Fact]
    public void an_amount_may_be_written_with_an_exponent() => OpenRouterSku.Read("video_tokens", "7e-6")!.Amount.ShouldBe(0.000007m);

    [Fact]
    public void the_line_of_the_very_resolution_and_sound_counts()
    {
        (string, string)[] prices =
        [
            ("duration_seconds_with_audio", "0.08"), ("duration_seconds_without_audio", "0.05"),
            ("duration_seconds_with_audio_720p", "0.05"), ("duration_seconds_without_audio_720p", "0.03"),
        ];
        PriceOf("720p", sound: false, prices).ShouldBe(0.15m);
        PriceOf("720p", sound: true, prices).ShouldBe(0.25m);
        PriceOf("1080p", sound: false, prices).ShouldBe(0.25m);
        PriceOf("1080p", sound: true, prices).ShouldBe(0.40m);
    }

    [Fact]
    public void of_two_lines_neither_of_which_says_more_the_dearer_counts()
    {
        (string, string)[] prices = [("duration_seconds", "0.084"), ("duration_seconds_with_audio", "0.126"), ("image_to_video_duration_seconds_720p", "0.09")];
        PriceOf("720p", sound: false, prices).ShouldBe(0.45m);
        PriceOf("720p", sound: true, prices).ShouldBe(0.63m);
        PriceOf("1080p", sound: false, prices).ShouldBe(0.42m);
    }

    [Fact]
    public void lines_of_orders_that_we_never_send_are_no_price()
    {
        PriceOf("720p", sound: false, ("text_to_video_duration_seconds_720p", "0.07"), ("video_tokens_with_video_input", "0.001")).ShouldBeNull();
        PriceOf("720p", sound: false, ("cents_per_image_input", "1"), ("minimum_cents_per_generation", "50")).ShouldBeNull();
        PriceOf("480p", sound: false, ("duration_seconds_720p", "0.07")).ShouldBeNull();
        PriceOf("720p", sound: true, ("duration_seconds_without_audio", "0.07")).ShouldBeNull();
    }

    [Fact]
    public void a_model_priced_with_sound_alone_costs_as_much_without() => PriceOf("720p", sound: false, ("duration_seconds_with_audio", "0.08")).ShouldBe(0.40m);

    [Fact]
    public void the_picture_is_paid_for_and_no_clip_costs_less_than_the_least()
    {
        PriceOf("720p", sound: false, ("cents_per_video_output_second_720p", "14"), ("cents_per_image_input", "1")).ShouldBe(0.71m);
        PriceOf("720p", sound: false, ("cents_per_second_output", "6"), ("minimum_cents_per_generation", "56")).ShouldBe(0.56m);
        PriceOf("720p", sound: false, ("cents_per_second_output", "12"), ("minimum_cents_per_generation", "56")).ShouldBe(0.60m);
    }

    [Fact]
    public void tokens_are_counted_from_pixels_and_frames() =>
        // 960 × 960 × (24 × 5 + 1) / 1024 = 108 900.
        PriceOf("720p", sound: false, ("video_tokens", "0.000007")).ShouldBe(0.7623m);

    [Theory]
    [InlineData("720p", "1:1", "960x960")]
    [InlineData("480p", "1:1", "640x640")]
    [InlineData("1080p", "1:1", "1440x1440")]
    [InlineData("480p", "16:9", "854x480")]
    [InlineData("720p", "16:9", "1280x720")]
    [InlineData("1080p", "16:9", "1920x1080")]
    [InlineData("720p", "9:16", "720x1280")]
    [InlineData("4K", "16:9", "3840x2160")]
    [InlineData("2K", "9:16", "1440x2560")]
    [InlineData("720p", "21:9", "1680x720")]
    [InlineData("", "16:9", "1920x1080")]
    [InlineData("dreamy", "16:9", "1920x1080")]
    public void a_frame_is_the_largest_listed_that_can_be_meant_or_as_large_as_its_lines_make_it(string resolution, string ratio, string size)
    {
        string[] listed = ["640x640", "960x960", "1440x1440", "854x480", "1280x720", "nonsense", "0x0", "1470x"];
        var frame = OpenRouterFrames.SizeOf(resolution, AspectRatio.Parse(ratio)!.Value, listed);
        string.Create(CultureInfo.InvariantCulture, $"{frame.Width}x{frame.Height}").ShouldBe(size);
    }

    [Fact]
    public void a_picture_is_never_larger_than_pictures_may_be()
    {
        var frame = OpenRouterFrames.SizeOf("4K", AspectRatio.Parse("9:16")!.Value, []).Within(2_048);
        (frame.Width, frame.Height).ShouldBe((1_152, 2_048));
    }

    [Theory]
    [InlineData(OpenRouterModels.BySound, "1080p,720p", AudioSupport.Optional, true)]
    [InlineData(OpenRouterModels.ByCents, "720p", AudioSupport.Never, false)]
    [InlineData(OpenRouterModels.ByToken, "1080p,720p,480p,4K", AudioSupport.Optional, true)]
    [InlineData(OpenRouterModels.ByPicture, "720p,480p", AudioSupport.Never, false)]
    public void capabilities_are_what_the_list_says(string id, string resolutions, AudioSupport audio, bool seed)
    {
        var can = Of(id).Model.ShouldNotBeNull().Capabilities;
        (string.Join(',', can.Resolutions), can.Audio, can.TakesSeed).ShouldBe((resolutions, audio, seed));
        (can.Correlation, can.Billing).ShouldBe((CorrelationClass.Nothing, BillingRule.Unknown));
    }

    [Fact]
    public void a_model_without_ratios_follows_its_picture_and_others_get_one_that_has_the_ratio()
    {
        Of(OpenRouterModels.ByMode).Model!.Capabilities.Aspect.FollowsImage.ShouldBeTrue();
        var can = Of(OpenRouterModels.BySound).Model!.Capabilities;
        can.Aspect.ShouldSatisfyAllConditions(aspect => aspect.FollowsImage.ShouldBeFalse(), aspect => aspect.Ratios.ShouldBe(["16:9", "9:16", "1:1"]));
        can.Duration.Only.ShouldBe([4, 5, 6, 8]);
        can.Images.FrameSizeOf("720p", "9:16").ShouldBe(new FrameSize("720p", "9:16", 720, 1280));
        foreach (var resolution in can.Resolutions)
            can.Aspect.Ratios.ShouldAllBe(ratio => can.Images.FrameSizeOf(resolution, ratio) != null);
    }

    [Fact]
    public void what_has_no_price_or_no_first_frame_is_not_offered_and_says_why()
    {
        Of(OpenRouterModels.Upscaler).WhyNot.ShouldContain("first frame");
        WhyNot(["720p"], [5], ("duration_seconds", "0.1"), ("moon_phase", "1")).ShouldBe("these of its prices can't be read: moon_phase");
        WhyNot(["720p"], null, ("duration_seconds", "0.1")).ShouldContain("first frame");
        WhyNot(["720p"], [], ("duration_seconds", "0.1")).ShouldBe("it names no lengths");
        WhyNot(["720p"], [5]).ShouldContain("its prices name none");
        WhyNot(["480p"], [5], ("duration_seconds_720p", "0.1")).ShouldContain("its prices name none");
        WhyNot(["480p", "720p"], [5], ("duration_seconds_720p", "0.1")).ShouldBe("");
    }

    [Fact]
    public void a_resolution_without_a_price_is_left_out() =>
        Of(OpenRouterModels.Model("a/b", ["480p", "720p"], ["1:1"], [5], null, null, null, ("duration_seconds_720p", "0.1"))).Model!.Capabilities.Resolutions.ShouldBe(["720p"]);

    private static string WhyNot(string[] resolutions, int[]? lengths, params (string, string)[] prices) =>
        Of(OpenRouterModels.Model("a/b", resolutions, ["1:1"], lengths, null, null, null, prices)).WhyNot;

    private static (OpenRouterModel? Model, string WhyNot) Of(string id) =>
        Of(OpenRouterModels.All().Single(model => (string?)model!["id"] == id)!);

    private static (OpenRouterModel? Model, string WhyNot) Of(System.Text.Json.Nodes.JsonNode listed)
    {
        using var document = System.Text.Json.JsonDocument.Parse(listed.ToJsonString());
        return OpenRouterModel.Of(OpenRouterListed.Read(document.RootElement)!, new OpenRouterOptions());
    }
}
