using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Fal;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Providers.Fal;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Fal;

public sealed class FalVideoProviderTests : IAsyncLifetime
{
    private const string Wan = "fal-ai/wan/v2.7/image-to-video";
    private const string Kling = "fal-ai/kling-video/v3/pro/image-to-video";

    private readonly RemoteParts _parts = new();
    private readonly FakeFal _fake;

    public FalVideoProviderTests() => _fake = new FakeFal { Clock = _parts.Clock };

    private FalOptions Options { get; } = new()
    {
        ApiKey = FakeProvider.ApiKey,
        Models = { new FalModelOptions { Id = Wan, PricePerSecond = 0.1m }, new FalModelOptions { Id = Kling, PricePerSecond = 0.2m } },
    };

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

    private FalVideoProvider Provider() => new(Options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<FalVideoProvider>.Instance);

    private async Task<VideoRequest> RequestAsync(string model = Wan) => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame, Prompt = "A slow push-in on the lamp.", NegativePrompt = "people", Seed = 7,
        Resolution = FalPreset.Of(model)?.Resolutions.FirstOrDefault(), Images = [await _parts.PictureAsync(ImageRole.FirstFrame)],
    };

    private async Task<ProviderOperation> AcceptAsync(VideoRequest request) =>
        (await Provider().StartAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private Task<CheckOutcome> CheckAsync(ProviderOperation operation) => Provider().CheckAsync(operation, CancellationToken.None);

    private async Task<ProviderFault> EndedAsync(int status, string body) => (await EndAsync(status, body)).Fault;

    private async Task<CheckOutcome.Refused> EndAsync(int status, string body)
    {
        var operation = await AcceptAsync(await RequestAsync());
        (_fake.Failure, _fake.Tasks[^1].State) = ((status, body), FakeTaskState.Failed);
        return (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>();
    }

    private JsonNode Sent => _fake.Tasks[^1].Order.Body;

    [Fact]
    public async Task wan_is_told_not_to_rewrite_the_prompt()
    {
        await AcceptAsync(await RequestAsync());
        Sent.ToJsonString().ShouldBe(
            """{"prompt":"A slow push-in on the lamp.","image_url":"data:image/jpeg;base64,/9j/4AECAw==","duration":"5","resolution":"1080p","negative_prompt":"people","seed":7,"enable_prompt_expansion":false}""");
    }

    [Fact]
    public async Task kling_is_told_to_be_silent_and_takes_its_picture_under_another_name()
    {
        await AcceptAsync(await RequestAsync(Kling));
        Sent.ToJsonString().ShouldBe(
            """{"prompt":"A slow push-in on the lamp.","start_image_url":"data:image/jpeg;base64,/9j/4AECAw==","duration":"5","negative_prompt":"people","generate_audio":false}""");
    }

    [Fact]
    public async Task every_preset_is_what_its_model_takes()
    {
        foreach (var preset in FalPreset.All.Where(preset => Options.Models.All(model => model.Id != preset.Id)))
            Options.Models.Add(new FalModelOptions { Id = preset.Id, PricePerSecond = 0.1m });
        foreach (var preset in FalPreset.All)
        {
            var fields = FakeFalModels.All[preset.Id];
            fields["duration"]!.ShouldBe(preset.Seconds.Select(seconds => FormattableString.Invariant($"{seconds}")), ignoreOrder: true);
            (fields.GetValueOrDefault("resolution") ?? []).ShouldBe(preset.Resolutions, ignoreOrder: true);
            await AcceptAsync(await RequestAsync(preset.Id) with { Audio = true });
            _fake.Tasks[^1].State.ShouldBe(FakeTaskState.Queued, preset.Id);
        }
    }

    [Fact]
    public async Task a_model_without_a_preset_is_what_the_settings_say()
    {
        const string Id = "fal-ai/bytedance/seedance/v1.5/pro/image-to-video";
        Options.Models.Clear();
        Options.Models.Add(new FalModelOptions
        {
            Id = Id, PricePerSecond = 0.05m, PricePerSecondAt = { ["1080p"] = 0.12m }, Seconds = { 4, 8 }, Resolutions = { "720p", "1080p" }, Aspects = { "1:1", "16:9" },
            Audio = AudioSupport.Optional, TakesSeed = true, Extra = { ["camera_fixed"] = "true" },
        });
        new FalOptionsValidation().Validate(null, Options).Succeeded.ShouldBeTrue();
        var request = await RequestAsync(Id) with { Resolution = "1080p", Seconds = 8, Aspect = "16:9", Audio = true };
        await AcceptAsync(request);
        (Sent.ToJsonString(), _fake.Tasks[0].State).ShouldBe((
            """{"prompt":"A slow push-in on the lamp.","image_url":"data:image/jpeg;base64,/9j/4AECAw==","duration":"8","resolution":"1080p","aspect_ratio":"16:9","generate_audio":true,"seed":7,"camera_fixed":true}""",
            FakeTaskState.Queued));
        var can = Provider().Capabilities(Id);
        (can.Aspect.FollowsImage, can.Prompt.TakesNegative, can.Duration.Nearest(7)).ShouldBe((false, false, 8m));
        Provider().EstimatePrice(request).Amount.Amount.ShouldBe(0.96m);
        Provider().EstimatePrice(request with { Resolution = "720p" }).Amount.Amount.ShouldBe(0.40m);
    }

    [Fact]
    public void the_settings_stand_above_a_preset()
    {
        var model = FalModel.Of(new FalModelOptions
        {
            Id = Wan, Resolutions = { "720p" }, Seconds = { 5 }, MaxPrompt = 100, MaxNegativePrompt = 0, Audio = AudioSupport.Never, TakesSeed = false, SecondsAsText = false,
            PictureField = "first", Extra = { ["enable_prompt_expansion"] = "", ["mood"] = "calm" },
        });
        (model.PictureField, model.SecondsAsText, model.Capabilities.Prompt.MaxUnits, model.Capabilities.TakesSeed).ShouldBe(("first", false, 100, false));
        model.Extra.ShouldBe(new Dictionary<string, string>(StringComparer.Ordinal) { ["mood"] = "calm" });
        model.Capabilities.Resolutions.ShouldBe(["720p"]);
    }

    [Fact]
    public async Task the_queue_is_told_never_to_run_an_order_twice()
    {
        await AcceptAsync(await RequestAsync());
        _fake.NeverTriedAgain.ShouldBeTrue();
    }

    [Theory]
    [InlineData(FakeTaskState.Queued, true)]
    [InlineData(FakeTaskState.Running, false)]
    [InlineData(FakeTaskState.Strange, false)]
    public async Task what_waits_in_their_queue_is_told_from_what_has_begun(FakeTaskState state, bool queued)
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Tasks[0].State = state;
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Pending>().Queued.ShouldBe(queued);
    }

    [Fact]
    public async Task completed_is_no_success_until_the_result_says_so()
    {
        var operation = await AcceptAsync(await RequestAsync() with { Prompt = "" });
        var fault = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault;
        fault.Code.ShouldBe(ProviderFaultCode.InvalidInput);
        fault.OperatorText.ShouldContain("""["body","prompt"]""");
        // What was sent is shown again by fal, and would drown the rest.
        fault.OperatorText.ShouldNotContain("base64");
    }

    [Theory]
    [InlineData(422, """{"detail":[{"loc":["body"],"msg":"No.","type":"value_error"},{"loc":["body"],"msg":"No.","type":"content_policy_violation"}]}""", ProviderFaultCode.ContentRefused)]
    [InlineData(422, """{"detail":[{"loc":["body","image_url"],"msg":"No.","type":"file_download_error"}]}""", ProviderFaultCode.InputUnreachable)]
    [InlineData(422, """{"detail":[{"loc":["body","image_url"],"msg":"No.","type":"image_too_small"}]}""", ProviderFaultCode.InvalidInput)]
    [InlineData(422, """{"detail":"The prompt is too long."}""", ProviderFaultCode.InvalidInput)]
    [InlineData(400, """{"detail":[{"loc":["body"],"msg":"No.","type":"downstream_service_error"}]}""", ProviderFaultCode.TaskFailed)]
    [InlineData(504, """{"detail":[{"loc":["body"],"msg":"No.","type":"generation_timeout"}]}""", ProviderFaultCode.TaskFailed)]
    [InlineData(500, """{"detail":[{"loc":["body"],"msg":"No.","type":"something_new"}]}""", ProviderFaultCode.TaskFailed)]
    [InlineData(503, """{"detail":"Runner disconnected","error_type":"runner_disconnected"}""", ProviderFaultCode.TaskFailed)]
    public async Task what_a_model_or_its_runner_says_is_final(int status, string body, ProviderFaultCode code) => (await EndedAsync(status, body)).Code.ShouldBe(code);

    [Theory]
    [InlineData(422, "image_too_small", true)]
    [InlineData(422, "file_download_error", true)]
    [InlineData(422, "content_policy_violation", true)]
    [InlineData(400, "downstream_service_error", true)]
    [InlineData(500, "internal_server_error", false)]
    [InlineData(504, "generation_timeout", false)]
    public async Task what_ended_without_a_clip_counts_as_charged_unless_the_fault_was_fals_own(int status, string type, bool charged)
    {
        var outcome = await EndAsync(status, $$"""{"detail":[{"loc":["body"],"msg":"No.","type":"{{type}}"}]}""");
        var before = Some.Generation(new GenerationState.Rendering(Some.Operation, Some.Noon));
        before = before with { Order = before.Order with { Billing = Provider().Capabilities(Wan).Billing, StandIns = Some.StandIns } };
        var after = before with { State = GenerationMachine.Apply(before, new Answer.Checked(outcome), Some.Noon, Some.Rules(CorrelationClass.Nothing)).State };

        MoneyMoves.Of(new MoneyMove(MoneyMoveKind.Hold, new Money(0.5m, "USD")), before, after).ShouldNotBeNull()
            .Kind.ShouldBe(charged ? MoneyMoveKind.Settle : MoneyMoveKind.Release);
        after.State.ShouldBeOfType<GenerationState.Failed>().Handover.ShouldNotBeNull().MayHavePaid.ShouldBe(charged, "a paid stand-in is asked only where nothing was charged");
    }

    [Theory]
    [InlineData(400, """{"detail":"Request is still in progress"}""", ProviderFaultCode.Protocol)]
    [InlineData(500, """{"detail":"Internal Server Error"}""", ProviderFaultCode.Transient)]
    [InlineData(502, "<h1>Bad gateway</h1>", ProviderFaultCode.Transient)]
    [InlineData(401, """{"detail":"Authentication is required."}""", ProviderFaultCode.Unauthorised)]
    [InlineData(403, """{"detail":"User is locked."}""", ProviderFaultCode.Unauthorised)]
    [InlineData(429, """{"detail":"Too many requests."}""", ProviderFaultCode.RateLimited)]
    [InlineData(200, """{"images":[]}""", ProviderFaultCode.Protocol)]
    public async Task what_may_be_the_queues_own_is_asked_again_for_the_clip_may_be_paid_for(int status, string body, ProviderFaultCode code) =>
        (await EndedAsync(status, body)).Code.ShouldBe(code);

    [Fact]
    public async Task a_locked_account_is_told_with_both_its_reasons()
    {
        _fake.SubmitFault = SubmitFault.QuotaAs429;
        var fault = (await Provider().StartAsync(await RequestAsync(), Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        fault.Code.ShouldBe(ProviderFaultCode.OutOfCredit);
        fault.MerchantText.ShouldContain("balance is used up, or its key may not use this model");
    }

    [Theory]
    [InlineData("https://queue.fal.example")]
    [InlineData("http://169.254.169.254")]
    public async Task the_key_never_goes_to_an_origin_that_an_answer_names(string named)
    {
        _fake.NamedAddress = new Uri(named);
        var operation = await AcceptAsync(await RequestAsync());
        operation.Handle!.Value.GetRawText().ShouldContain(named);
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Pending>();
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("{0}://{1}.evil.example/x")]
    [InlineData("{0}://{1}@evil.example/x")]
    [InlineData("{0}://user@{1}/x")]
    [InlineData("https://{1}/x")]
    [InlineData("{0}://{1}0/x")]
    [InlineData("not an address")]
    public void an_address_that_only_looks_like_ours_is_not_used(string pattern)
    {
        var at = new FalHandle("fal-ai/wan", string.Format(null, pattern, Options.BaseAddress.Scheme, Options.BaseAddress.Authority));
        new FalRequests(Options).Status(at, "r 1").RequestUri.ShouldBe(new Uri(Options.BaseAddress, "/fal-ai/wan/requests/r%201/status"));
    }

    [Fact]
    public void an_address_at_our_origin_is_used_as_it_was_named()
    {
        var named = new Uri(Options.BaseAddress, "/elsewhere/r-1/state");
        new FalRequests(Options).Status(new FalHandle("fal-ai/wan", named.AbsoluteUri), "r-1").RequestUri.ShouldBe(named);
    }

    [Fact]
    public async Task a_request_that_a_person_names_by_its_id_is_found_whatever_its_model()
    {
        var operation = await AcceptAsync(await RequestAsync(Kling));
        _fake.Finish(operation.RemoteId);
        (await CheckAsync(new ProviderOperation(operation.RemoteId))).ShouldBeOfType<CheckOutcome.Ready>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task what_waits_is_taken_out_of_the_queue(bool forgets)
    {
        _fake.ForgetsCancelled = forgets;
        var operation = await AcceptAsync(await RequestAsync());
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeTrue();
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault.MayPass.ShouldBeFalse();
    }

    [Theory]
    [InlineData(FakeTaskState.Queued)]
    [InlineData(FakeTaskState.Running)]
    [InlineData(FakeTaskState.Finished)]
    public async Task what_has_begun_or_ended_does_not_count_as_stopped(FakeTaskState state)
    {
        var operation = await AcceptAsync(await RequestAsync());
        (_fake.Tasks[0].State, _fake.BeginsBeforeCancel) = (state, state is FakeTaskState.Queued);
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("fal-ai/wan/v2.7/image-to-video", "fal-ai/wan")]
    [InlineData("wan/v2.6/image-to-video", "wan/v2.6")]
    [InlineData("workflows/someone/turntable/fast", "workflows/someone/turntable")]
    public void a_request_is_asked_about_under_its_models_first_words(string id, string app) =>
        FalModel.Of(new FalModelOptions { Id = id, Seconds = { 5 } }).App.ShouldBe(app);
}
