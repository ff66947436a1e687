using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Clips;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Runway;
using ProductVideo.Prompts;
using ProductVideo.Providers;
using ProductVideo.Providers.Runway;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Runway;

public sealed class RunwayVideoProviderTests : IAsyncLifetime
{
    private const string Newest = "gen4.5";

    private readonly RemoteParts _parts = new();
    private readonly FakeRunway _fake;

    public RunwayVideoProviderTests() => _fake = new FakeRunway { Clock = _parts.Clock };

    private RunwayOptions Options { get; } = new() { ApiKey = FakeProvider.ApiKey };

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        Options.BaseAddress = _fake.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    private RunwayVideoProvider Provider() => new(Options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<RunwayVideoProvider>.Instance);

    private async Task<VideoRequest> RequestAsync(string model = Newest, string aspect = "1:1") => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame, Prompt = "A slow push-in on the lamp.", Resolution = "720p", Aspect = aspect, Seed = 7,
        Images = [await _parts.PictureAsync(ImageRole.FirstFrame)],
    };

    private async Task<ProviderOperation> AcceptAsync(VideoRequest request) =>
        (await Provider().StartAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private async Task<ProviderFault> RefusedAsync(VideoRequest request) =>
        (await Provider().StartAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;

    private Task<CheckOutcome> CheckAsync(ProviderOperation operation) => Provider().CheckAsync(operation, CancellationToken.None);

    private JsonNode Sent => _fake.Tasks[^1].Order.Body;

    [Fact]
    public async Task an_order_is_what_the_page_says_and_nothing_more()
    {
        await AcceptAsync(await RequestAsync());
        Sent.ToJsonString().ShouldBe(
            """{"model":"gen4.5","promptText":"A slow push-in on the lamp.","promptImage":"data:image/jpeg;base64,/9j/4AECAw==","ratio":"960:960","duration":5,"seed":7}""");
    }

    [Theory]
    [InlineData("16:9", "1280:720")]
    [InlineData("9:16", "720:1280")]
    [InlineData("4:3", "1104:832")]
    [InlineData("3:4", "832:1104")]
    [InlineData("21:9", "1584:672")]
    public async Task a_ratio_is_sent_in_pixels(string aspect, string pixels)
    {
        await AcceptAsync(await RequestAsync(aspect: aspect));
        ((string?)Sent["ratio"]).ShouldBe(pixels);
    }

    [Fact]
    public async Task every_size_passes_the_clips_own_check()
    {
        var rule = Provider().Capabilities(Newest).Images;
        foreach (var size in rule.FrameSizes)
        {
            var clip = new ClipMeasurements { Length = 1, Seconds = 5, Width = size.Width, Height = size.Height, Codec = "h264", PixelFormat = "yuv420p" };
            ClipRules.Judge(clip, await RequestAsync(aspect: size.Aspect)).ShouldAllBe(check => check.Passed, size.ToString());
        }

        Provider().Capabilities(Newest).Aspect.Ratios.ShouldBe(rule.FrameSizes.Select(size => size.Aspect));
    }

    [Fact]
    public async Task a_ratio_that_it_does_not_make_is_refused_before_anything_is_sent()
    {
        (await RefusedAsync(await RequestAsync(aspect: "4:5"))).Code.ShouldBe(ProviderFaultCode.InvalidInput);
        _fake.Submits.ShouldBe(0);
    }

    [Fact]
    public async Task the_largest_picture_fits_into_the_request_that_is_taken()
    {
        var request = await RequestAsync();
        using var picture = new MemoryStream(new byte[Provider().Capabilities(Newest).Images.MaxBytes]);
        await _parts.Blobs.PutAsync("prepared/large.jpg", picture, "image/jpeg", Blobs.PutMode.IfAbsent, CancellationToken.None);
        await AcceptAsync(request with { Images = [request.Images[0] with { BlobKey = "prepared/large.jpg" }] });
    }

    [Fact]
    public async Task the_longest_prompt_is_counted_as_runway_counts_it()
    {
        var rule = Provider().Capabilities(Newest).Prompt;
        var longest = string.Concat(Enumerable.Repeat("🏮", 500));
        PromptLength.Count(longest, rule.Unit).ShouldBe(rule.MaxUnits);
        await AcceptAsync(await RequestAsync() with { Prompt = longest });
        (await RefusedAsync(await RequestAsync() with { Prompt = longest + "!" })).Code.ShouldBe(ProviderFaultCode.InvalidInput);
    }

    [Fact]
    public async Task an_empty_account_is_told_from_a_wrong_order_by_asking_what_it_has()
    {
        _fake.Credits = 59;
        var fault = await RefusedAsync(await RequestAsync());
        (fault.Code, fault.OperatorText.Contains("59 credits, and 60 are needed")).ShouldBe((ProviderFaultCode.OutOfCredit, true), fault.OperatorText);
        fault.Raw!.ShouldContain("enough credits");
        (await RefusedAsync(await RequestAsync() with { Prompt = "" })).Code.ShouldBe(ProviderFaultCode.OutOfCredit);
        _fake.Credits = 60;
        (await RefusedAsync(await RequestAsync() with { Prompt = "" })).Code.ShouldBe(ProviderFaultCode.InvalidInput);
    }

    [Theory]
    [InlineData(49, null)]
    [InlineData(50, 60)]
    public async Task a_day_that_is_used_up_is_waited_for_longer_than_too_many_at_once_and_needs_no_person(int made, int? minutes)
    {
        (_fake.MadeToday, _fake.SubmitFault) = (made, SubmitFault.RateLimited);
        var fault = await RefusedAsync(await RequestAsync());
        (fault.Code, fault.RetryAfter).ShouldBe((ProviderFaultCode.RateLimited, minutes is { } told ? TimeSpan.FromMinutes(told) : null));
        fault.MerchantText.Contains("in 24 hours").ShouldBe(minutes is not null);
        AccountBreaker.Closed.After(new StartOutcome.Refused(fault), Some.Noon, threshold: 1).State
            .ShouldBe(minutes is null ? BreakerState.Open : BreakerState.Closed, "who names a time is there");
    }

    [Fact]
    public async Task the_account_is_asked_only_where_a_refusal_may_be_its_own()
    {
        await AcceptAsync(await RequestAsync());
        _fake.SubmitFault = SubmitFault.Unauthorised;
        await RefusedAsync(await RequestAsync());
        _fake.AccountQuestions.ShouldBe(0);
    }

    [Theory]
    [InlineData(1_000, null)]
    [InlineData(10, null)]
    [InlineData(9, ProviderFaultCode.OutOfCredit)]
    public async Task an_account_that_has_not_the_credits_of_any_clip_takes_no_orders(int credits, ProviderFaultCode? code)
    {
        _fake.Credits = credits;
        var fault = await Provider().ProbeAsync(CancellationToken.None);
        ((ProviderFaultCode?)fault?.Code).ShouldBe(code);
    }

    [Fact]
    public async Task a_probe_tells_a_key_that_is_not_let_in()
    {
        Options.ApiKey = "another";
        (await Provider().ProbeAsync(CancellationToken.None))!.Code.ShouldBe(ProviderFaultCode.Unauthorised);
    }

    [Theory]
    [InlineData("SAFETY.INPUT.TEXT", ProviderFaultCode.ContentRefused)]
    [InlineData("INPUT_PREPROCESSING.SAFETY.TEXT", ProviderFaultCode.ContentRefused)]
    [InlineData("ASSET.INVALID", ProviderFaultCode.InvalidInput)]
    [InlineData("INPUT_PREPROCESSING.INTERNAL", ProviderFaultCode.TaskFailed)]
    [InlineData("INTERNAL.BAD_OUTPUT.CODE01", ProviderFaultCode.TaskFailed)]
    [InlineData("THIRD_PARTY.UNAVAILABLE", ProviderFaultCode.TaskFailed)]
    [InlineData(null, ProviderFaultCode.TaskFailed)]
    public async Task a_task_fails_for_the_reason_that_its_code_names(string? said, ProviderFaultCode code)
    {
        var operation = await AcceptAsync(await RequestAsync());
        (_fake.FailureCode, _fake.Tasks[0].State) = (said, FakeTaskState.Failed);
        var fault = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault;
        (fault.Code, fault.MayPass).ShouldBe((code, false));
    }

    [Fact]
    public async Task moderation_is_told_with_what_it_costs_and_counts_as_charged()
    {
        _fake.SubmitFault = SubmitFault.Moderated;
        var (fault, cost, _) = (await CheckAsync(await AcceptAsync(await RequestAsync()))).ShouldBeOfType<CheckOutcome.Refused>();
        cost.ShouldBe(new Money(0.60m, "USD"));
        fault.MerchantText.ShouldContain("charges for the try");
        fault.OperatorText.ShouldContain("charged with 60 credits");
        Provider().Capabilities(Newest).Billing.ShouldBe(BillingRule.OnModerationToo);
    }

    [Theory]
    [InlineData(0.25, 0.25)]
    [InlineData(25, 0.25)]
    [InlineData(100, 1)]
    public async Task progress_is_read_as_a_share_or_in_per_cent(double told, double share)
    {
        var operation = await AcceptAsync(await RequestAsync());
        (_fake.Progress, _fake.Tasks[0].State) = (told, FakeTaskState.Running);
        var pending = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Pending>();
        pending.Progress.ShouldBe(share);
        pending.Wait.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task what_a_task_took_is_what_is_booked_and_each_question_gives_a_fresh_address()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Finish(operation.RemoteId);
        var (first, second) = ((CheckOutcome.Ready)await CheckAsync(operation), (CheckOutcome.Ready)await CheckAsync(operation));
        first.ReportedCost.ShouldBe(new Money(0.60m, "USD"));
        var address = first.Sources.ShouldHaveSingleItem().ShouldBeOfType<ClipSource.Remote>();
        address.ExpiresAt.ShouldBe(Some.Noon.AddHours(24));
        second.Sources[0].ShouldNotBe(first.Sources[0]);
        // The address dies, the clip does not: fresh ones are asked for.
        Provider().Capabilities(Newest).ResultLifetime.ShouldBeNull();
    }

    [Fact]
    public async Task an_ended_task_is_never_deleted()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Finish(operation.RemoteId);
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        (_fake.Deleted, _fake.Tasks.Count).ShouldBe((0, 1));
    }

    [Fact]
    public async Task a_task_that_was_stopped_after_it_began_is_no_longer_made_but_counts_as_charged()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Tasks[0].State = FakeTaskState.Running;
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        _fake.Tasks[0].State.ShouldBe(FakeTaskState.Cancelled);
        var (fault, cost, stopped) = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>();
        (fault.Code, fault.MerchantText.Contains("stays charged"), stopped).ShouldBe((ProviderFaultCode.TaskFailed, true, true));
        cost.ShouldNotBeNull().Amount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task a_task_that_runs_is_not_told_to_wait_in_their_queue()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Tasks[0].State = FakeTaskState.Running;
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Pending>().Queued.ShouldBeFalse();
    }

    [Fact]
    public async Task a_task_over_the_accounts_limit_waits_there_and_can_be_stopped_for_nothing()
    {
        _fake.Throttles = true;
        var operation = await AcceptAsync(await RequestAsync());
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Pending>().Queued.ShouldBeTrue();
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeTrue();
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.TaskFailed);
    }

    [Theory]
    [InlineData(Newest, "5", "0.60")]
    [InlineData(Newest, "10", "1.20")]
    [InlineData("gen4_turbo", "5", "0.25")]
    public async Task a_clip_costs_its_seconds(string model, string seconds, string price)
    {
        var estimate = Provider().EstimatePrice(await RequestAsync(model) with { Seconds = decimal.Parse(seconds, CultureInfo.InvariantCulture) });
        (estimate.Amount.Amount, estimate.Amount.Currency, estimate.PriceDate)
            .ShouldBe((decimal.Parse(price, CultureInfo.InvariantCulture), "USD", RunwayPrices.Date));
    }

    [Fact]
    public async Task the_operators_prices_stand_above_the_list()
    {
        Options.CreditsPerSecond[Newest] = 10;
        (Options.CreditPrice, Options.PriceDate) = (0.008m, new DateOnly(2026, 11, 1));
        var estimate = Provider().EstimatePrice(await RequestAsync());
        (estimate.Amount.Amount, estimate.PriceDate).ShouldBe((0.40m, Options.PriceDate));
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new RunwayOptions { BaseAddress = new Uri("http://runway.example"), CreditPrice = 0, CreditsPerSecond = { ["gen9"] = 1, [Newest] = 0 } };
        options.Models.Add("gen9");
        options.Models.Add(Newest);
        options.Models.Add(Newest);
        var failures = new RunwayOptionsValidation().Validate(null, options).Failures!.ToList();
        failures.Count.ShouldBe(7);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:Runway:"));
        new RunwayOptionsValidation().Validate(null, new RunwayOptions { ApiKey = "key_1" }).Succeeded.ShouldBeTrue();
    }
}
