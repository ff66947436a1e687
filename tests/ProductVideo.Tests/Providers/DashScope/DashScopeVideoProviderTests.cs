using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Blobs;
using ProductVideo.Conformance.Providers.DashScope;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Providers.DashScope;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.DashScope;

public sealed class DashScopeVideoProviderTests : IAsyncLifetime
{
    private readonly RemoteParts _parts = new();
    private readonly FakeDashScope _fake;

    public DashScopeVideoProviderTests() => _fake = new FakeDashScope { Clock = _parts.Clock };

    private DashScopeOptions Options { get; } = new() { ApiKey = FakeProvider.ApiKey };

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

    private DashScopeVideoProvider Provider(DashScopeFamily? family = null, CancellationToken stopping = default) => new(
        family ?? DashScopeFamily.HappyHorse, Options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<DashScopeVideoProvider>.Instance, stopping);

    private async Task<VideoRequest> RequestAsync(string model = "happyhorse-1.1-i2v", string prompt = "A slow push-in on the mug.", ImageRole role = ImageRole.FirstFrame) =>
        Some.Request(model) with { Prompt = prompt, Resolution = "720P", Aspect = "4:5", Seed = 7, Images = [await _parts.PictureAsync(role)] };

    private static SubmitIntent Intent(DateTimeOffset since, char letter = 'a') => new(new string(letter, 26), since);

    private async Task<ProviderOperation> AcceptAsync(VideoRequest request, IVideoProvider? provider = null) =>
        (await (provider ?? Provider()).StartAsync(request, Intent(_parts.Clock.GetUtcNow()), CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private JsonNode Sent => _fake.Tasks[^1].Order.Body;

    [Fact]
    public async Task image_to_video_sends_the_first_frame_and_never_a_ratio_or_a_watermark()
    {
        await AcceptAsync(await RequestAsync());
        Sent.ToJsonString().ShouldContain("\"url\":\"data:image/jpeg;base64,");
        ((string?)Sent["input"]!["media"]![0]!["type"]).ShouldBe("first_frame");
        Sent["parameters"]!.ToJsonString().ShouldBe("""{"resolution":"720P","duration":5,"watermark":false,"seed":7}""");
    }

    [Fact]
    public async Task reference_to_video_is_told_the_ratio()
    {
        await AcceptAsync(await RequestAsync("happyhorse-1.1-r2v", role: ImageRole.Reference));
        ((string?)Sent["input"]!["media"]![0]!["type"]).ShouldBe("reference_image");
        ((string?)Sent["parameters"]!["ratio"]).ShouldBe("4:5");
    }

    [Fact]
    public async Task wan_is_told_not_to_rewrite_the_prompt_and_to_be_silent()
    {
        Options.PricePerSecond["wan2.7-i2v"] = new() { ["720P"] = 0.1m };
        await AcceptAsync(await RequestAsync("wan2.7-i2v") with { NegativePrompt = "people" }, Provider(DashScopeFamily.Wan));
        ((bool?)Sent["parameters"]!["prompt_extend"]).ShouldBe(false);
        ((string?)Sent["input"]!["negative_prompt"]).ShouldBe("people");
        await AcceptAsync(await RequestAsync("wan3.0-video"), Provider(DashScopeFamily.Wan));
        ((bool?)Sent["parameters"]!["audio"]).ShouldBe(false);
    }

    [Fact]
    public async Task a_temporary_upload_is_made_before_anything_is_paid_for_and_without_the_key()
    {
        Options.Pictures = DashScopePictures.Upload;
        await AcceptAsync(await RequestAsync());
        var (key, bytes) = _fake.Uploads.ShouldHaveSingleItem();
        ((string?)Sent["input"]!["media"]![0]!["url"]).ShouldBe("oss://" + key);
        bytes.Length.ShouldBe(7);
    }

    [Fact]
    public async Task what_was_uploaded_is_used_again_for_a_day()
    {
        Options.Pictures = DashScopePictures.Upload;
        var (provider, uploads) = (Provider(), 0);
        _fake.Uploaded = () => uploads++;
        await AcceptAsync(await RequestAsync(), provider);
        await AcceptAsync(await RequestAsync(prompt: "Another."), provider);
        uploads.ShouldBe(1);
        _parts.Clock.Advance(TimeSpan.FromHours(24));
        await AcceptAsync(await RequestAsync(), provider);
        uploads.ShouldBe(2);
    }

    [Fact]
    public async Task an_upload_that_outlasts_the_time_to_send_is_there_for_the_next_try()
    {
        var (provider, request) = (Provider(), await ChangeAsync());
        _fake.Uploaded = () => _parts.Clock.Advance(TimeSpan.FromMinutes(2));
        var late = (await InWindowAsync()).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (late.MayPass, late.IsOurs).ShouldBe((true, true), "a slow line of ours is no failure of the account");
        (_fake.Uploads.Count, _fake.Submits).ShouldBe((1, 0));
        (await InWindowAsync()).ShouldBeOfType<StartOutcome.Accepted>();
        _fake.Submits.ShouldBe(1);

        async Task<StartOutcome> InWindowAsync()
        {
            using var window = ProductVideo.Http.SubmitWindow.Open(_parts.Clock, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90));
            return await provider.StartAsync(request, new SubmitIntent(new string('n', 26), Some.Noon), CancellationToken.None);
        }
    }

    [Fact]
    public async Task a_stop_ends_an_upload_at_once_and_nothing_was_ordered()
    {
        using var stop = new CancellationTokenSource();
        using var released = new ManualResetEventSlim();
        _fake.Uploaded = () =>
        {
            stop.Cancel();
            released.Wait();
        };
        var start = Provider(stopping: stop.Token).StartAsync(await ChangeAsync(), Intent(Some.Noon), CancellationToken.None);
        try
        {
            var fault = (await start).ShouldBeOfType<StartOutcome.Refused>().Fault;
            (fault.MayPass, fault.IsOurs, _fake.Submits).ShouldBe((true, true, 0));
        }
        finally
        {
            released.Set();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task what_could_not_be_read_where_it_was_uploaded_is_uploaded_anew(bool refusedAtOnce)
    {
        Options.Pictures = DashScopePictures.Upload;
        var (provider, request, uploads) = (Provider(), await RequestAsync(), 0);
        _fake.Uploaded = () => uploads++;
        if (refusedAtOnce)
        {
            _fake.SubmitFault = SubmitFault.InvalidInput;
            (await provider.StartAsync(request, Intent(Some.Noon), CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>();
            _fake.SubmitFault = SubmitFault.None;
        }
        else
        {
            var operation = await AcceptAsync(request, provider);
            _fake.Tasks[0].State = FakeTaskState.Invalid;
            (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.InputUnreachable);
        }

        uploads.ShouldBe(1);
        await AcceptAsync(request, provider);
        await AcceptAsync(request, provider);
        uploads.ShouldBe(2);
    }

    private async Task<VideoRequest> ChangeAsync(bool audio = false)
    {
        using var bytes = new MemoryStream(new byte[1_234]);
        await _parts.Blobs.PutAsync("clips/first.mp4", bytes, "video/mp4", PutMode.IfAbsent, CancellationToken.None);
        return await RequestAsync("happyhorse-1.0-video-edit", role: ImageRole.Reference) with
        {
            Mode = VideoModes.Edit, Seconds = 6.62m, Audio = audio, Seed = null,
            SourceClip = new RequestClip("clips/first.mp4", new string('a', 64), 1_234, 6.62m, 720, 900, "4:5"),
        };
    }

    [Theory]
    [InlineData(false, "origin")]
    [InlineData(true, "auto")]
    public async Task a_clip_is_changed_by_its_upload_beside_the_pictures_and_keeps_its_length_and_ratio(bool audio, string setting)
    {
        await AcceptAsync(await ChangeAsync(audio));
        var (key, bytes) = _fake.Uploads.ShouldHaveSingleItem();
        bytes.Length.ShouldBe(1_234);
        Sent["input"]!["media"]!.AsArray().Select(one => ((string?)one!["type"], ((string)one["url"]!)[..5])).ShouldBe([("video", "oss:/"), ("reference_image", "data:")]);
        ((string?)Sent["input"]!["media"]![0]!["url"]).ShouldBe("oss://" + key);
        Sent["parameters"]!.ToJsonString().ShouldBe($$"""{"resolution":"720P","watermark":false,"audio_setting":"{{setting}}"}""");
    }

    [Fact]
    public async Task of_a_clip_that_is_changed_what_goes_in_costs_as_much_as_what_comes_out() =>
        Provider().EstimatePrice(await ChangeAsync()).Amount.Amount.ShouldBe(13.24m * 0.14m);

    [Fact]
    public async Task a_clip_that_is_gone_sends_nothing()
    {
        var request = await ChangeAsync();
        await _parts.Blobs.DeleteAsync("clips/first.mp4", CancellationToken.None);
        (await Provider().StartAsync(request, Intent(Some.Noon), CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault.MerchantText.ShouldContain("no longer in our storage");
        _fake.Submits.ShouldBe(0);
    }

    [Fact]
    public async Task a_picture_that_is_gone_sends_nothing()
    {
        var request = await RequestAsync();
        await _parts.Blobs.DeleteAsync(request.Images[0].BlobKey, CancellationToken.None);
        (await Provider().StartAsync(request, Intent(Some.Noon), CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault.MerchantText.ShouldContain("picture");
        _fake.Submits.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task both_envelopes_of_a_refusal_are_read(bool envelope)
    {
        (_fake.Envelope, _fake.SubmitFault) = (envelope, SubmitFault.Moderated);
        (await Provider().StartAsync(await RequestAsync(), Intent(Some.Noon), CancellationToken.None))
            .ShouldBeOfType<StartOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.ContentRefused);
    }

    [Fact]
    public async Task a_clip_dies_a_day_after_its_end_which_is_told_in_chinas_time()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _parts.Clock.Advance(TimeSpan.FromMinutes(3));
        _fake.Finish(operation.RemoteId);
        var ready = (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.Sources.ShouldHaveSingleItem().ShouldBeOfType<ClipSource.Remote>().ExpiresAt.ShouldBe(Some.Noon.AddMinutes(3).AddHours(24));
    }

    [Fact]
    public async Task an_accepted_task_that_is_not_known_is_waited_for_until_tasks_are_no_longer_kept()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.ForgetTask(operation.RemoteId);
        var fault = (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>().Fault.ShouldNotBeNull();
        (fault.Code, fault.ProblemCode).ShouldBe((ProviderFaultCode.NotFoundOrExpired, "provider_task_not_shown"));
        fault.MerchantText.ShouldEndWith("took this order and does not show it at the moment. We ask again by ourselves.");
        _parts.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
        _parts.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
    }

    [Fact]
    public async Task a_task_that_was_found_and_then_is_not_known_is_waited_for_as_long()
    {
        var request = await RequestAsync();
        var ours = await AcceptAsync(request);
        _fake.Finish(ours.RemoteId);
        var found = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>().Tasks.ShouldHaveSingleItem().ToOperation();
        _fake.ForgetTask(ours.RemoteId);
        _parts.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        (await Provider().CheckAsync(found, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>().Fault!.ProblemCode.ShouldBe("provider_task_not_shown");
        (await Provider().CheckAsync(new ProviderOperation(ours.RemoteId), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>("a person named it");
        _parts.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Provider().CheckAsync(found, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
    }

    [Fact]
    public async Task an_accepted_task_that_is_never_known_ends_with_a_person_and_not_as_failed()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.ForgetTask(operation.RemoteId);
        var (rules, provider) = (Some.Rules(CorrelationClass.TagWhenFinished), Provider());
        var generation = Some.Generation(new GenerationState.Rendering(operation, _parts.Clock.GetUtcNow()));
        while (generation.State is GenerationState.Rendering)
        {
            var now = _parts.Clock.GetUtcNow();
            var next = GenerationMachine.Apply(generation, new Answer.Checked(await provider.CheckAsync(operation, CancellationToken.None)), now, rules);
            generation = generation with { State = next.State };
            _parts.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        generation.State.ShouldBeOfType<GenerationState.InDoubt>().Operation!.RemoteId.ShouldBe(operation.RemoteId);
        (_parts.Clock.GetUtcNow() - Some.Noon).ShouldBeGreaterThan(rules.MaxRendering);
    }

    [Fact]
    public async Task a_lost_order_is_found_by_its_prompt_once_the_tasks_of_its_time_have_ended()
    {
        var request = await RequestAsync(prompt: "The mug.");
        for (var i = 0; i < 12; i++)
            await AcceptAsync(await RequestAsync(prompt: $"Another product, number {i}."));
        var ours = await AcceptAsync(request);
        var open = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        (open.Tasks.Count, open.Silent.Count, open.Wait is null).ShouldBe((0, 13, false));
        foreach (var task in _fake.Tasks)
            _fake.Finish(task.Id);
        (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>().Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe(ours.RemoteId);
        (await FindAsync(request with { Prompt = "Never sent." })).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Fact]
    public async Task a_lost_order_is_found_though_somebody_else_began_a_task_after_it()
    {
        var request = await RequestAsync();
        var ours = await AcceptAsync(request);
        _fake.Finish(ours.RemoteId);
        _parts.Clock.Advance(TimeSpan.FromHours(1));
        await AcceptAsync(await RequestAsync(prompt: "Another product."));
        (await Provider().FindAsync(request, new SubmitIntent(new string('n', 26), Some.Noon, Until: Some.Noon.AddMinutes(7)), CancellationToken.None))
            .ShouldBeOfType<FindOutcome.Alike>().Silent.ShouldBeEmpty();
    }

    [Fact]
    public async Task one_of_the_same_prompt_that_still_runs_is_told_beside_one_that_has_ended()
    {
        var request = await RequestAsync();
        var (ended, running) = (await AcceptAsync(request), await AcceptAsync(request));
        _fake.Finish(ended.RemoteId);
        var alike = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.ShouldHaveSingleItem().RemoteId, alike.Silent.ShouldHaveSingleItem().RemoteId).ShouldBe((ended.RemoteId, running.RemoteId));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task a_lost_order_is_found_though_our_clock_is_minutes_off(int minutes)
    {
        var request = await RequestAsync();
        var ours = await AcceptAsync(request);
        _fake.Finish(ours.RemoteId);
        _parts.Clock.Advance(TimeSpan.FromMinutes(1));
        (await Provider().FindAsync(request, new SubmitIntent(new string('n', 26), Some.Noon.AddMinutes(minutes)), CancellationToken.None))
            .ShouldBeOfType<FindOutcome.Alike>().Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe(ours.RemoteId);
    }

    [Fact]
    public async Task a_machine_whose_clock_is_far_behind_finds_what_was_made()
    {
        var request = await RequestAsync();
        var ours = await AcceptAsync(request);
        _fake.Finish(ours.RemoteId);
        var behind = new FakeTimeProvider(Some.Noon.AddMinutes(-40));
        var provider = new DashScopeVideoProvider(
            DashScopeFamily.HappyHorse, Options, _parts.Exchange, _parts.Carrier, behind, NullLogger<DashScopeVideoProvider>.Instance, default);
        foreach (var until in new DateTimeOffset?[] { null, Some.Noon.AddMinutes(6) })
        {
            (await provider.FindAsync(request, Intent(Some.Noon) with { Until = until }, CancellationToken.None))
                .ShouldBeOfType<FindOutcome.Alike>().Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe(ours.RemoteId);
        }
    }

    [Theory]
    [InlineData("16:9", 5, "720P")]
    [InlineData("4:5", 8, "720P")]
    [InlineData("4:5", 5, "1080P")]
    public async Task a_task_of_the_same_prompt_that_was_charged_by_something_else_is_neither_taken_nor_passed_over(string aspect, int seconds, string resolution)
    {
        var request = await RequestAsync("happyhorse-1.1-r2v", role: ImageRole.Reference);
        var other = await AcceptAsync(request with { Aspect = aspect, Seconds = seconds, Resolution = resolution });
        _fake.Finish(other.RemoteId);
        var alike = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Silent.ShouldHaveSingleItem().RemoteId, alike.Wait).ShouldBe((0, other.RemoteId, null));
    }

    [Theory]
    [InlineData("The “mug”, slowly.")]
    [InlineData("The &quot;mug&quot;, slowly.")]
    [InlineData("The \"mug\"")]
    public async Task a_task_whose_prompt_was_spelt_anew_or_cut_short_is_neither_taken_nor_passed_over(string shown)
    {
        var request = await RequestAsync(prompt: "The \"mug\", slowly.");
        var other = await AcceptAsync(request with { Prompt = shown });
        _fake.Finish(other.RemoteId);
        var alike = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Silent.ShouldHaveSingleItem().RemoteId, alike.Wait).ShouldBe((0, other.RemoteId, null));
    }

    [Fact]
    public async Task two_tasks_of_one_prompt_are_both_named()
    {
        var request = await RequestAsync();
        foreach (var operation in new[] { await AcceptAsync(request), await AcceptAsync(request) })
            _fake.Finish(operation.RemoteId);
        (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>().Tasks.Count.ShouldBe(2);
    }

    [Fact]
    public async Task a_task_that_failed_is_neither_looked_at_nor_waited_for()
    {
        var request = await RequestAsync();
        await AcceptAsync(request);
        _fake.Tasks[0].State = FakeTaskState.Failed;
        (await FindAsync(request)).ShouldBeOfType<FindOutcome.Absent>();
        _fake.Questions.ShouldBe(0);
    }

    [Fact]
    public async Task a_finished_task_that_hides_its_prompt_may_be_the_lost_one_and_is_left_to_a_person()
    {
        var request = await RequestAsync();
        var (hidden, running) = (await AcceptAsync(request), await AcceptAsync(request));
        _fake.ShowsPrompt = false;
        _fake.Finish(hidden.RemoteId);
        var alike = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Wait).ShouldBe((0, null));
        alike.Silent.Select(task => task.RemoteId).ShouldBe([hidden.RemoteId, running.RemoteId]);
    }

    [Fact]
    public async Task only_what_waits_can_be_stopped()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Tasks[0].State = FakeTaskState.Running;
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        _fake.Tasks[0].State = FakeTaskState.Queued;
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task what_began_in_the_moment_of_stopping_is_not_taken_for_stopped()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.BeginsBeforeCancel = true;
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        _fake.Tasks.ShouldHaveSingleItem().State.ShouldBe(FakeTaskState.Running);
    }

    [Theory]
    [InlineData("2026-11-22 20:00:00.123", "2026-11-22T12:00:00.123Z")]
    [InlineData("1763812800123", "2025-11-22T12:00:00.123Z")]
    [InlineData("0001-01-01 00:00:00", null)]
    [InlineData("9999-12-31 23:59:59", null)]
    [InlineData("9223372036854775807", null)]
    [InlineData("yesterday", null)]
    public void a_time_that_cant_be_meant_is_none(string text, string? time) =>
        DashScopeTime.Read(text).ShouldBe(time is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("happyhorse-1.1-i2v", "720P", "0.70")]
    [InlineData("happyhorse-1.1-i2v", "1080P", "0.90")]
    [InlineData("happyhorse-1.0-i2v", "1080P", "1.20")]
    public async Task a_second_has_its_price_by_resolution(string model, string resolution, string price)
    {
        var estimate = Provider().EstimatePrice(await RequestAsync(model) with { Resolution = resolution });
        (estimate.Amount.Amount, estimate.Amount.Currency).ShouldBe((decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), "USD"));
    }

    [Fact]
    public void a_model_without_a_price_is_not_offered_until_one_is_set()
    {
        Provider(DashScopeFamily.Wan).Models.ShouldBe(["wan3.0-video", "wan3.0-video-prime"]);
        Options.PricePerSecond["wan2.7-i2v"] = new() { ["720P"] = 0.1m };
        Provider(DashScopeFamily.Wan).Models.ShouldContain("wan2.7-i2v");
    }

    [Fact]
    public async Task a_price_that_is_set_leaves_those_of_the_other_resolutions_as_they_are()
    {
        Options.PricePerSecond["happyhorse-1.1-i2v"] = new() { ["720P"] = 0.2m };
        (await PerSecondAsync("720P"), await PerSecondAsync("1080P"), await PerSecondAsync("480P")).ShouldBe((0.2m, 0.18m, 0.07m));

        async Task<decimal> PerSecondAsync(string resolution) =>
            Provider().EstimatePrice(await RequestAsync() with { Resolution = resolution, Seconds = 1 }).Amount.Amount;
    }

    [Fact]
    public async Task every_resolution_that_is_offered_has_a_price_and_no_other_is_offered()
    {
        Options.PricePerSecond["wan2.7-i2v"] = new() { ["720P"] = 0.1m };
        Provider(DashScopeFamily.Wan).Capabilities("wan2.7-i2v").Resolutions.ShouldBe(["720P"]);
        Provider().Capabilities("happyhorse-1.1-i2v").Resolutions.ShouldBe(["1080P", "720P", "480P"]);
        foreach (var provider in new[] { Provider(), Provider(DashScopeFamily.Wan) })
        {
            foreach (var model in provider.Models)
            {
                foreach (var resolution in provider.Capabilities(model).Resolutions)
                    provider.EstimatePrice(await RequestAsync(model) with { Resolution = resolution }).Amount.Amount.ShouldBeGreaterThan(0);
            }
        }
    }

    [Fact]
    public void a_price_of_no_known_model_or_resolution_is_refused_with_the_known_ones()
    {
        Options.PricePerSecond["happyhorse-1.1"] = new() { ["720P"] = 0.1m };
        Options.PricePerSecond["happyhorse-1.1-t2v"] = new() { ["720p"] = 0.1m, ["1080P"] = 0.2m };
        var failures = new DashScopeOptionsValidation().Validate("HappyHorse", Options).Failures!.ToList();
        failures.Count.ShouldBe(2);
        failures[0].ShouldStartWith("ProductVideo:HappyHorse:PricePerSecond:happyhorse-1.1 is of no known model. Known are: happyhorse-1.1-i2v, ");
        failures[1].ShouldBe("ProductVideo:HappyHorse:PricePerSecond:happyhorse-1.1-t2v:720p is of no known resolution. Known are: 1080P, 720P.");
    }

    [Theory]
    [InlineData("https://dashscope-intl.aliyuncs.com", true)]
    [InlineData("https://llm-1.ap-southeast-1.maas.aliyuncs.com", true)]
    [InlineData("https://dashscope.proxy.example", true)]
    [InlineData("https://dashscope.aliyuncs.com", false)]
    [InlineData("https://dashscope-us.aliyuncs.com", false)]
    [InlineData("https://llm-1.cn-beijing.maas.aliyuncs.com", false)]
    [InlineData("https://llm-1.eu-central-1.maas.aliyuncs.com", false)]
    public void singapores_prices_are_taken_for_no_other_region(string address, bool known)
    {
        Options.BaseAddress = new Uri(address);
        var failures = new DashScopeOptionsValidation().Validate("HappyHorse", Options).Failures?.ToList() ?? [];
        (failures.Count == 0, Provider().Models.Count > 0).ShouldBe((known, known));
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:HappyHorse:PricePerSecond is missing"));
    }

    [Fact]
    public async Task another_region_has_its_own_prices_in_its_own_currency()
    {
        (Options.BaseAddress, Options.Currency) = (new Uri("https://dashscope.aliyuncs.com"), "CNY");
        Options.PricePerSecond["happyhorse-1.1-i2v"] = new() { ["720P"] = 0.9m };
        new DashScopeOptionsValidation().Validate("HappyHorse", Options).Succeeded.ShouldBeTrue();
        var provider = Provider();
        (provider.Models.ShouldHaveSingleItem(), provider.Capabilities("happyhorse-1.1-i2v").Resolutions.ShouldHaveSingleItem()).ShouldBe(("happyhorse-1.1-i2v", "720P"));
        provider.EstimatePrice(await RequestAsync()).Amount.ShouldBe(new ProductVideo.Spending.Money(4.5m, "CNY"));
        Options.Currency = "yuan";
        new DashScopeOptionsValidation().Validate("HappyHorse", Options).Failures!.ShouldHaveSingleItem().ShouldStartWith("ProductVideo:HappyHorse:Currency");
    }

    [Fact]
    public void a_model_that_is_named_twice_is_a_mistake_that_is_named()
    {
        var options = new DashScopeOptions { ApiKey = "k", Models = { "wan3.0-video", "wan3.0-video" } };
        new DashScopeOptionsValidation().Validate("Wan", options).Failures!.ShouldHaveSingleItem().ShouldBe("ProductVideo:Wan:Models names one model twice.");
    }

    [Fact]
    public void the_resolutions_that_may_be_chosen_can_be_set_and_so_480p_be_switched_off()
    {
        Provider().Capabilities("happyhorse-1.1-i2v").Resolutions.ShouldContain("480P");
        Options.Resolutions.Add("720P");
        Options.Resolutions.Add("1080P");
        new DashScopeOptionsValidation().Validate("HappyHorse", Options).Succeeded.ShouldBeTrue();
        foreach (var model in Provider().Models)
            Provider().Capabilities(model).Resolutions.ShouldBe(["720P", "1080P"]);
    }

    [Theory]
    [InlineData("480p", "", "'480p', which is not known. Known are: 1080P, 720P, 480P.")]
    [InlineData("720P,720P", "", "Resolutions names one resolution twice.")]
    [InlineData("480P", "happyhorse-1.1-i2v,happyhorse-1.1-t2v", "'happyhorse-1.1-t2v', which makes none of ProductVideo:HappyHorse:Resolutions")]
    public void a_choice_of_resolutions_that_leaves_nothing_is_named(string resolutions, string models, string mistake)
    {
        foreach (var resolution in resolutions.Split(','))
            Options.Resolutions.Add(resolution);
        foreach (var model in models.Split(',', StringSplitOptions.RemoveEmptyEntries))
            Options.Models.Add(model);
        new DashScopeOptionsValidation().Validate("HappyHorse", Options).Failures!.First().ShouldContain(mistake);
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new DashScopeOptions { BaseAddress = new Uri("http://dashscope.example") };
        options.Models.Add("happyhorse-2.0-i2v");
        options.PricePerSecond["happyhorse-1.1-i2v"] = new() { ["720P"] = 0 };
        var failures = new DashScopeOptionsValidation().Validate("HappyHorse", options).Failures!.ToList();
        failures.Count.ShouldBe(4);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:HappyHorse:"));
    }

    private Task<FindOutcome> FindAsync(VideoRequest request) => Provider().FindAsync(request, Intent(Some.Noon, 'z'), CancellationToken.None);
}
