using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Replicate;
using ProductVideo.Providers;
using ProductVideo.Providers.Replicate;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Replicate;

public sealed class ReplicateVideoProviderTests : IAsyncLifetime
{
    private readonly RemoteParts _parts = new();
    private readonly FakeReplicate _fake;

    public ReplicateVideoProviderTests() => _fake = new FakeReplicate { Clock = _parts.Clock };

    private ReplicateModelOptions Film { get; } = new()
    {
        Id = FakeReplicate.Model, Seconds = { 5, 10 }, Resolutions = { "1080p", "720p" }, PricePerSecond = { ["1080p"] = 0.1m, ["any"] = 0.05m },
    };

    private ReplicateOptions Options { get; } = new() { ApiKey = FakeProvider.ApiKey, PriceDate = new DateOnly(2026, 11, 1) };

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        Options.BaseAddress = new Uri(_fake.Address, "/v1");
        Options.Models.Add(Film);
    }

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    private ReplicateVideoProvider Provider() => new(Options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<ReplicateVideoProvider>.Instance);

    private async Task<VideoRequest> RequestAsync() => Some.Request(Film.Id) with
    {
        Mode = VideoModes.FirstFrame, Prompt = "A slow push-in on the lamp.", Resolution = "720p", Images = [await _parts.PictureAsync(ImageRole.FirstFrame)],
    };

    private async Task<ProviderOperation> AcceptAsync(VideoRequest request) =>
        (await Provider().StartAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private Task<CheckOutcome> CheckAsync(ProviderOperation operation) => Provider().CheckAsync(operation, CancellationToken.None);

    private Task<FindOutcome> FindAsync(VideoRequest request) => Provider().FindAsync(request, Some.Intent, CancellationToken.None);

    private JsonObject Input => _fake.Tasks[^1].Order.Body["input"]!.AsObject();

    [Fact]
    public async Task an_official_model_gets_its_inputs_by_their_names()
    {
        await AcceptAsync(await RequestAsync() with { Seed = 7, Audio = true, Aspect = "9:16" });
        Input.Select(one => one.Key).ShouldBe(["prompt", "duration", "resolution", "seed", "image"], ignoreOrder: true);
        ((int?)Input["duration"], (string?)Input["resolution"], (int?)Input["seed"]).ShouldBe((5, "720p", 7));
        ((string?)Input["image"]).ShouldBe("data:image/jpeg;base64,/9j/4AECAw==");
        _fake.Tasks[0].Order.Body["version"].ShouldBeNull();
    }

    [Fact]
    public async Task any_other_model_is_run_in_its_version_with_inputs_of_its_own()
    {
        Film.Id = $"{FakeReplicate.Model}:{FakeReplicate.Version}";
        Film.Inputs.LastFrame = "last_frame";
        (Film.Extra["fps"], Film.Extra["style"]) = ("24", "calm, slow");
        var request = await RequestAsync();
        await AcceptAsync(request with { Images = [.. request.Images, await _parts.PictureAsync(ImageRole.LastFrame, "prepared/2.jpg")] });
        ((string?)_fake.Tasks[0].Order.Body["version"]).ShouldBe(FakeReplicate.Version);
        Input["fps"]!.ToJsonString().ShouldBe("24");
        ((string?)Input["style"], Input.ContainsKey("last_frame")).ShouldBe(("calm, slow", true));
        (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>().Tasks.Count.ShouldBe(1);
    }

    [Fact]
    public void what_a_model_has_no_input_for_is_not_offered()
    {
        Film.Inputs.Seed = "";
        var can = Provider().Capabilities(Film.Id);
        (can.TakesSeed, can.Audio, can.Modes.HasFlag(VideoModes.FirstLastFrame), can.Prompt.TakesNegative, can.Aspect.FollowsImage).ShouldBe((false, AudioSupport.Never, false, false, true));
        (Film.Inputs.Audio, Film.Inputs.LastFrame, Film.Inputs.NegativePrompt) = ("sound", "tail", "negative_prompt");
        Film.Aspects.Add("9:16");
        can = Provider().Capabilities(Film.Id);
        (can.Audio, can.Modes.HasFlag(VideoModes.FirstLastFrame), can.Images.MaxCount, can.Prompt.TakesNegative, can.Aspect.FollowsImage).ShouldBe((AudioSupport.Optional, true, 2, true, false));
    }

    [Theory]
    [InlineData("1080p", 50)]
    [InlineData("720p", 25)]
    public async Task a_price_is_that_of_the_resolution_or_of_any(string resolution, int cents) =>
        Provider().EstimatePrice(await RequestAsync() with { Resolution = resolution }).Amount.ShouldBe(new Money(cents / 100m, "USD"));

    [Fact]
    public async Task the_time_to_wait_is_read_from_the_body()
    {
        (_fake.SubmitFault, _fake.TellsWaitInBody) = (SubmitFault.RateLimited, true);
        var fault = (await Provider().StartAsync(await RequestAsync(), Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (fault.Code, fault.RetryAfter).ShouldBe((ProviderFaultCode.RateLimited, TimeSpan.FromSeconds(30)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_clip_is_one_file_or_the_first_of_several_and_lives_an_hour(bool list)
    {
        _fake.GivesList = list;
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Finish(operation.RemoteId);
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Ready>().Sources.ShouldHaveSingleItem()
            .ShouldBe(new ClipSource.Remote($"{_fake.Address.AbsoluteUri}clips/{operation.RemoteId}.mp4", Some.Noon.AddHours(1)));
    }

    [Fact]
    public async Task a_clip_that_was_deleted_is_gone_and_not_asked_for_again()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Finish(operation.RemoteId);
        _fake.DeletesData = true;
        var fault = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault;
        (fault.Code, fault.OperatorText).ShouldBe(
            (ProviderFaultCode.NotFoundOrExpired, $"Replicate: task {operation.RemoteId} was finished and its clip is deleted; clips are kept for an hour"));
    }

    [Fact]
    public async Task a_running_task_is_stopped_but_may_be_charged()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.BeginsBeforeCancel = true;
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        var (fault, cost, stopped) = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>();
        (fault.Code, cost, stopped).ShouldBe((ProviderFaultCode.TaskFailed, null, true));
    }

    [Fact]
    public async Task a_task_that_nobody_can_see_was_not_surely_stopped()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.CheckFault = CheckFault.ServerError;
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        // Once it can be seen again, it is known to cost nothing.
        _fake.CheckFault = CheckFault.None;
        var (_, cost, stopped) = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>();
        (cost, stopped).ShouldBe((new Money(0, "USD"), true));
    }

    [Fact]
    public async Task tasks_of_the_same_prompt_are_alike_on_every_page()
    {
        _fake.PageSize = 2;
        var request = await RequestAsync();
        for (var i = 0; i < 3; i++)
            await AcceptAsync(request);
        await AcceptAsync(request with { Prompt = "Another." });
        await AcceptAsync(request with { Prompt = "Another." });
        (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>().Tasks.Select(task => task.RemoteId)
            .ShouldBe(_fake.Tasks.Take(3).Select(task => task.Id), ignoreOrder: true);
        _fake.Pages.ShouldBe(3);
    }

    [Fact]
    public async Task another_models_task_is_not_alike()
    {
        Options.Models.Add(new ReplicateModelOptions { Id = "acme/film-2", Seconds = { 5 }, PricePerSecond = { ["any"] = 1 } });
        var request = await RequestAsync();
        await AcceptAsync(request);
        (await FindAsync(request with { Model = "acme/film-2" })).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Theory]
    [InlineData(FakeTaskState.Failed)]
    [InlineData(FakeTaskState.Moderated)]
    [InlineData(FakeTaskState.Cancelled)]
    public async Task a_task_that_failed_after_it_had_begun_may_be_charged_and_is_found(FakeTaskState ended)
    {
        _fake.BeginsBeforeCancel = true;
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Tasks[0].State = ended;
        (await FindAsync(await RequestAsync())).ShouldBeOfType<FindOutcome.Alike>().Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe(operation.RemoteId);
        (await Provider().ListAsync(Film.Id, Some.Noon.AddMinutes(-1), Some.Noon.AddMinutes(1), CancellationToken.None))
            .ShouldBeOfType<ListOutcome.Listed>().Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe(operation.RemoteId);
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.TaskFailed);
    }

    [Fact]
    public async Task a_task_that_was_stopped_before_it_began_is_none()
    {
        await AcceptAsync(await RequestAsync());
        _fake.Tasks[0].State = FakeTaskState.Cancelled;
        (await FindAsync(await RequestAsync())).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Fact]
    public async Task a_task_of_the_same_prompt_and_another_length_is_neither_taken_nor_passed_over()
    {
        var request = await RequestAsync();
        await AcceptAsync(request);
        var alike = (await FindAsync(request with { Seconds = request.Seconds + 5 })).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Silent.ShouldHaveSingleItem().RemoteId).ShouldBe((0, _fake.Tasks[0].Id));
    }

    [Theory]
    [InlineData("A slow push‑in on the lamp.")]
    [InlineData("A slow push-in on")]
    public async Task a_task_whose_prompt_was_spelt_anew_or_cut_short_is_neither_taken_nor_passed_over(string shown)
    {
        var request = await RequestAsync();
        await AcceptAsync(request with { Prompt = shown });
        var alike = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Silent.ShouldHaveSingleItem().RemoteId, alike.Wait).ShouldBe((0, _fake.Tasks[0].Id, null));
    }

    [Fact]
    public async Task a_task_whose_prompt_was_deleted_is_no_proof_of_absence()
    {
        var request = await RequestAsync();
        await AcceptAsync(request);
        _fake.DeletesData = true;
        var alike = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        (alike.Tasks.Count, alike.Silent.ShouldHaveSingleItem().CreatedAt, alike.Wait).ShouldBe((0, Some.Noon, null));
    }

    [Fact]
    public async Task without_the_list_or_the_models_settings_nothing_can_be_told()
    {
        var request = await RequestAsync();
        _fake.CheckFault = CheckFault.ServerError;
        (await FindAsync(request)).ShouldBeOfType<FindOutcome.CannotTell>().Wait.ShouldNotBeNull();
        (await FindAsync(request with { Model = "acme/gone" })).ShouldBeOfType<FindOutcome.CannotTell>().Wait.ShouldBeNull();
        (await Provider().ListAsync("acme/gone", Some.Noon, Some.Noon, CancellationToken.None)).ShouldBeOfType<ListOutcome.Unavailable>();
    }

    [Fact]
    public async Task the_list_is_that_of_the_window()
    {
        await AcceptAsync(await RequestAsync());
        _parts.Clock.Advance(TimeSpan.FromMinutes(10));
        await AcceptAsync(await RequestAsync());
        (await Provider().ListAsync(Film.Id, Some.Noon.AddMinutes(5), Some.Noon.AddMinutes(15), CancellationToken.None))
            .ShouldBeOfType<ListOutcome.Listed>().Tasks.ShouldHaveSingleItem().RemoteId.ShouldBe(_fake.Tasks[1].Id);
    }

    [Theory]
    [InlineData("https://evil.example/v1/predictions?cursor=2", "/v1/predictions?cursor=2")]
    [InlineData("/v1/predictions?cursor=2", "/v1/predictions?cursor=2")]
    [InlineData("https://evil.example/", null)]
    [InlineData("http://[", null)]
    public void the_next_page_is_asked_for_where_the_first_was(string next, string? path)
    {
        using var message = new ReplicateRequests(new ReplicateOptions { ApiKey = "k" }).Next(next);
        message?.RequestUri!.AbsoluteUri.ShouldBe("https://api.replicate.com" + path);
        (message is null).ShouldBe(path is null);
    }

    [Fact]
    public void complete_settings_are_taken() => new ReplicateOptionsValidation().Validate(null, Options).Succeeded.ShouldBeTrue();

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new ReplicateOptions { BaseAddress = new Uri("http://replicate.example/v1"), Currency = "dollars" };
        new ReplicateOptionsValidation().Validate(null, options).Failures!.Count().ShouldBe(5);
        (options.ApiKey, options.BaseAddress, options.Currency, options.PriceDate) = ("k", new Uri("https://r.example/v1"), "USD", new DateOnly(2026, 1, 1));
        options.Models.Add(new ReplicateModelOptions
        {
            Id = "film", Seconds = { 0 }, Aspects = { "wide" }, Resolutions = { "720p" }, PricePerSecond = { ["1080p"] = 0 }, MaxPrompt = 0, Inputs = { Prompt = "" },
        });
        options.Models.Add(new ReplicateModelOptions { Id = "film" });
        string[] named = ["Models names one", "Models:0:Id", "Models:0:Seconds", "Models:0:Aspects", "Models:0:PricePerSecond:1080p is 0",
            "Models:0:PricePerSecond:1080p is of no known resolution. Known are: 720p, any.", "Models:0:PricePerSecond:720p", "Models:0:MaxPrompt",
            "Models:0:Inputs", "Models:1:Id", "Models:1:Seconds", "Models:1:PricePerSecond:any"];
        var failures = new ReplicateOptionsValidation().Validate(null, options).Failures!.ToList();
        failures.Count.ShouldBe(named.Length, string.Join('\n', failures));
        foreach (var (failure, start) in failures.Zip(named))
            failure.ShouldStartWith("ProductVideo:Replicate:" + start);
    }
}
