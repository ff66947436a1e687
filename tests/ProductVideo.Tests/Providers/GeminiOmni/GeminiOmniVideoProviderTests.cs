using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.GeminiOmni;
using ProductVideo.Providers;
using ProductVideo.Providers.GeminiOmni;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.GeminiOmni;

/// <summary>What sets Google's service apart.</summary>
public sealed class GeminiOmniVideoProviderTests : IAsyncLifetime
{
    private readonly RemoteParts _parts = new();
    private readonly FakeGeminiOmni _fake;

    public GeminiOmniVideoProviderTests() => _fake = new FakeGeminiOmni { Clock = _parts.Clock, FinishesAtOnce = true, Clip = [.. Enumerable.Range(0, 5_000).Select(n => (byte)n)] };

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        await _parts.PictureAsync(ImageRole.FirstFrame);
    }

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    internal static GeminiOmniVideoProvider Create(FakeGeminiOmni fake, RemoteParts parts) => new(
        Options(fake.Address), parts.Exchange, parts.Carrier, parts.Clock, NullLogger<GeminiOmniVideoProvider>.Instance);

    internal static VideoRequest Order(string model) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame,
        Prompt = "A slow push-in on the lamp.",
        Resolution = "720p",
        Aspect = "16:9",
        Seconds = 5,
        Images = [new RequestImage(ImageRole.FirstFrame, "prepared/1.jpg", "image/jpeg", 1080, 1080)],
    };

    private static GeminiOmniOptions Options(Uri address)
    {
        var options = new GeminiOmniOptions { ApiKey = FakeProvider.ApiKey, BaseAddress = new Uri(address, "/v1"), PriceDate = new DateOnly(2026, 11, 1) };
        options.PricePerSecond["gemini-omni-1.1-flash"] = new(StringComparer.Ordinal) { ["720p"] = 0.10m, ["1080p"] = 0.15m };
        return options;
    }

    private static SubmitIntent Intent { get; } = new(new string('n', 26), Some.Noon);

    private async Task<ProviderOperation> StartAsync(GeminiOmniVideoProvider provider) =>
        (await provider.StartAsync(Order(provider.Models[0]), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    [Theory]
    [InlineData("{\"id\":\"i-1\",\"status\":\"in_progress\",\"errors\":\"none\"}", true)]
    [InlineData("{\"id\":\"i-1\",\"status\":\"completed\",\"errors\":{},\"output_video\":{\"type\":\"video\",\"uri\":\"https://v.example/1\"}}", true)]
    [InlineData("{\"id\":\"i-1\",\"status\":\"completed\",\"steps\":[\"video\"]}", false)]
    public void an_odd_member_hides_no_interaction_but_one_that_may_hide_its_clip(string body, bool read) =>
        (GeminiInteraction.Read(System.Text.Encoding.UTF8.GetBytes(body))?.Id).ShouldBe(read ? "i-1" : null);

    [Fact]
    public async Task an_order_runs_in_the_background_and_carries_its_mark()
    {
        await StartAsync(Create(_fake, _parts));
        var body = _fake.Tasks[0].Order.Body;
        ((string?)body["labels"]!["productvideo"]).ShouldBe(Intent.Nonce);
        ((string?)body["response_format"]!["duration"]).ShouldBe("5s");
        ((string?)body["generation_config"]!["video_config"]!["task"]).ShouldBe("image_to_video");
        body["input"]!.AsArray().Select(part => (string?)part!["type"]).ShouldBe(["text", "image"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task the_clip_is_read_from_the_services_own_host_or_from_the_answer_itself(bool inline)
    {
        _fake.IsInline = inline;
        var provider = Create(_fake, _parts);
        var source = (await provider.CheckAsync(await StartAsync(provider), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>().Sources.ShouldHaveSingleItem();
        using var target = new MemoryStream();
        (await provider.DownloadAsync(source.ShouldBeOfType<ClipSource.AtProvider>(), target, 10_000, CancellationToken.None)).ShouldBeNull();
        target.ToArray().ShouldBe(_fake.Clip);
        _fake.Downloads.ShouldBe(inline ? 0 : 1);
    }

    [Fact]
    public async Task a_clip_that_is_larger_than_allowed_is_not_taken()
    {
        _fake.IsInline = true;
        var provider = Create(_fake, _parts);
        var operation = await StartAsync(provider);
        using var target = new MemoryStream();
        var fault = await provider.DownloadAsync(new ClipSource.AtProvider(operation.RemoteId, null), target, 1_000, CancellationToken.None);
        fault.ShouldNotBeNull().Code.ShouldBe(ProviderFaultCode.Protocol);
        target.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("https://storage.example/clip.mp4")]
    [InlineData("gs://bucket/clip.mp4")]
    public async Task a_clip_elsewhere_is_fetched_without_the_key(string address)
    {
        _fake.ClipAddress = address;
        var provider = Create(_fake, _parts);
        var ready = (await provider.CheckAsync(await StartAsync(provider), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.Sources.ShouldHaveSingleItem().ShouldBeOfType<ClipSource.Remote>().Address.ShouldBe(address);
    }

    [Theory]
    [InlineData("incomplete")]
    [InlineData("budget_exceeded")]
    [InlineData("requires_action")]
    public async Task an_end_without_a_video_is_an_end(string status)
    {
        _fake.FinishesAtOnce = false;
        _fake.Status = status;
        var provider = Create(_fake, _parts);
        (await provider.CheckAsync(await StartAsync(provider), CancellationToken.None))
            .ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.TaskFailed);
    }

    [Fact]
    public async Task finished_without_a_video_names_the_likely_reason_and_the_services_own_words()
    {
        _fake.CheckFault = CheckFault.LateModeration;
        var provider = Create(_fake, _parts);
        var fault = (await provider.CheckAsync(await StartAsync(provider), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault;
        fault.MerchantText.ShouldContain("content rules");
        fault.OperatorText.ShouldContain("I can't make this video.");
    }

    [Fact]
    public async Task the_time_to_come_back_is_read_from_the_body()
    {
        (_fake.SubmitFault, _fake.RetryDelay) = (SubmitFault.RateLimited, 31.5m);
        var provider = Create(_fake, _parts);
        var refused = (await provider.StartAsync(Order(provider.Models[0]), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>();
        refused.Fault.RetryAfter.ShouldBe(TimeSpan.FromSeconds(31.5));
    }

    [Fact]
    public async Task a_server_without_room_that_says_when_to_come_back_has_turned_the_order_away()
    {
        (_fake.Refusal, _fake.RetryDelay) = ((503, "UNAVAILABLE"), 31.5m);
        var provider = Create(_fake, _parts);
        var fault = (await provider.StartAsync(Order(provider.Models[0]), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (fault.MayPass, fault.RetryAfter).ShouldBe((true, TimeSpan.FromSeconds(31.5)));
        _fake.RetryDelay = null;
        (await provider.StartAsync(Order(provider.Models[0]), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Unknown>("it may have been begun");
    }

    [Fact]
    public async Task a_quota_of_the_day_has_no_room_again_when_its_answer_says()
    {
        (_fake.SubmitFault, _fake.RetryDelay) = (SubmitFault.QuotaAs429, 31.5m);
        var provider = Create(_fake, _parts);
        var fault = (await provider.StartAsync(Order(provider.Models[0]), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (fault.Code, fault.RetryAfter).ShouldBe((ProviderFaultCode.OutOfCredit, null));
    }

    [Theory]
    [InlineData(FakeTaskState.Queued, true)]
    [InlineData(FakeTaskState.Running, false)]
    [InlineData(FakeTaskState.Finished, false)]
    public async Task only_what_had_not_begun_counts_as_stopped(FakeTaskState state, bool stopped)
    {
        var provider = Create(_fake, _parts);
        var operation = await StartAsync(provider);
        _fake.Tasks[0].State = state;
        (await provider.CancelAsync(operation, CancellationToken.None)).ShouldBe(stopped);
    }

    [Fact]
    public void a_resolution_without_a_price_is_not_offered_and_another_is_priced_by_the_second()
    {
        var provider = Create(_fake, _parts);
        provider.Models.ShouldBe(["gemini-omni-1.1-flash"]);
        provider.Capabilities(provider.Models[0]).Resolutions.ShouldBe(["1080p", "720p"]);
        var price = provider.EstimatePrice(Order(provider.Models[0]));
        (price.Amount.Amount, price.PriceDate).ShouldBe((0.50m, new DateOnly(2026, 11, 1)));
    }

    [Fact]
    public void the_first_frame_has_the_ratio_of_the_clip()
    {
        var provider = Create(_fake, _parts);
        var can = provider.Capabilities(provider.Models[0]);
        can.Aspect.Ratios.ShouldBe(["16:9", "9:16"]);
        can.Images.FrameSizeOf("720p", "9:16").ShouldNotBeNull().ShouldSatisfyAllConditions(size => size.Width.ShouldBe(720), size => size.Height.ShouldBe(1280));
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new GeminiOmniOptions { BaseAddress = new Uri("http://google.example/v1"), Currency = "XXY" };
        options.PricePerSecond["omni"] = [];
        options.PricePerSecond["gemini-omni-1.2-flash"] = new(StringComparer.Ordinal) { ["8k"] = 1, ["720p"] = 0 };
        options.Models.Add("gemini-omni-1.1-flash");
        var said = string.Join('\n', new GeminiOmniOptionsValidation().Validate(null, options).Failures ?? []);
        foreach (var field in (string[])["ApiKey", "BaseAddress", "Currency", "PriceDate", "PricePerSecond:omni", "PricePerSecond:gemini-omni-1.2-flash:8k", "720p is 0", "Models names 'gemini-omni-1.1-flash', whose price"])
            said.ShouldContain(field);
    }

    [Fact]
    public async Task a_probe_asks_for_the_models()
    {
        (await Create(_fake, _parts).ProbeAsync(CancellationToken.None)).ShouldBeNull();
        _fake.Submits.ShouldBe(0);
    }
}
