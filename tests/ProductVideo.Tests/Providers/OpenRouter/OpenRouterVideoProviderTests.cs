using System.Text;
using System.Text.Json.Nodes;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.OpenRouter;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Providers.OpenRouter;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.OpenRouter;

public sealed class OpenRouterVideoProviderTests : IAsyncLifetime
{
    private readonly RemoteParts _parts = new();
    private readonly FakeOpenRouter _fake;
    private OpenRouterVideoProvider _provider = null!;

    public OpenRouterVideoProviderTests() => _fake = new FakeOpenRouter { Clock = _parts.Clock, Clip = [1, 2, 3, 4] };

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        await _parts.PictureAsync(ImageRole.FirstFrame);
        _provider = await _parts.ReadProviderAsync(OpenRouterParts.Options(
            _fake, OpenRouterModels.BySound, OpenRouterModels.ByCents, OpenRouterModels.ByToken, OpenRouterModels.ByMode, OpenRouterModels.ByPicture));
    }

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    private async Task<ProviderOperation> AcceptAsync(VideoRequest? request = null) =>
        (await _provider.StartAsync(request ?? OpenRouterParts.Request(OpenRouterModels.BySound), Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private async Task<ProviderFault> RefusedAsync(VideoRequest request) =>
        (await _provider.StartAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;

    private Task<CheckOutcome> CheckAsync(ProviderOperation operation) => _provider.CheckAsync(operation, CancellationToken.None);

    private JsonNode Sent => _fake.Tasks[^1].Order.Body;

    [Fact]
    public async Task an_order_is_what_the_sdk_says_and_nothing_more()
    {
        await AcceptAsync(OpenRouterParts.Request(OpenRouterModels.BySound) with { Seed = 7 });
        Sent.ToJsonString().ShouldBe(
            """{"model":"google/veo-3.1-lite","prompt":"A slow push-in on the lamp.","duration":5,"resolution":"720p","aspect_ratio":"1:1","frame_images":[{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/4AECAw=="},"frame_type":"first_frame"}],"generate_audio":false,"seed":7}""");
    }

    [Theory]
    [InlineData(OpenRouterModels.BySound, true, true)]
    [InlineData(OpenRouterModels.BySound, false, false)]
    [InlineData(OpenRouterModels.ByPicture, false, false)]
    [InlineData(OpenRouterModels.ByCents, false, null)]
    public async Task sound_is_off_unless_asked_for_and_no_word_of_it_goes_to_a_model_without(string model, bool wanted, bool? said)
    {
        await AcceptAsync(OpenRouterParts.Request(model) with { Audio = wanted, Aspect = model == OpenRouterModels.ByCents ? "16:9" : "1:1" });
        ((bool?)Sent["generate_audio"]).ShouldBe(said);
    }

    [Fact]
    public async Task what_a_model_has_no_field_for_is_not_said()
    {
        await AcceptAsync(OpenRouterParts.Request(OpenRouterModels.ByMode) with { Seed = 7, Aspect = "4:5" });
        (Sent["seed"], Sent["aspect_ratio"]).ShouldBe((null, null));
    }

    [Fact]
    public async Task more_pictures_than_one_and_a_picture_that_is_gone_are_refused_before_anything_is_sent()
    {
        var request = OpenRouterParts.Request(OpenRouterModels.BySound);
        (await RefusedAsync(request with { Images = [request.Images[0], request.Images[0]] })).Code.ShouldBe(ProviderFaultCode.InvalidInput);
        (await RefusedAsync(request with { Images = [request.Images[0] with { BlobKey = "prepared/gone.jpg" }] })).Code.ShouldBe(ProviderFaultCode.Transient);
        _fake.Submits.ShouldBe(0);
    }

    [Fact]
    public async Task only_reasons_tell_refused_content_from_a_refused_key()
    {
        _fake.SubmitFault = SubmitFault.Moderated;
        var fault = await RefusedAsync(OpenRouterParts.Request(OpenRouterModels.BySound));
        (fault.Code, fault.Raw!.Contains("violence")).ShouldBe((ProviderFaultCode.ContentRefused, true));
        var faults = new OpenRouterFaults("OpenRouter", "secret");
        foreach (var metadata in (string[])["null", "{}", """{"reasons":"many"}""", "7"])
        {
            var body = Encoding.UTF8.GetBytes($$$"""{"error":{"code":403,"message":"Key limit exceeded","metadata":{{{metadata}}}}}""");
            faults.Of(new SubmitAnswer.Answered(403, body, null), "submit").Code.ShouldBe(ProviderFaultCode.Unauthorised, metadata);
        }
    }

    [Fact]
    public async Task an_order_of_a_model_that_openrouter_no_longer_has_is_unsupported()
    {
        _fake.Models!.RemoveAt(0);
        (await RefusedAsync(OpenRouterParts.Request(OpenRouterModels.BySound))).Code.ShouldBe(ProviderFaultCode.Unsupported);
    }

    [Fact]
    public async Task what_a_task_cost_is_what_is_booked()
    {
        var operation = await AcceptAsync();
        _fake.Finish(operation.RemoteId);
        var ready = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.ReportedCost.ShouldBe(new Money(0.15m, "USD"));
        ready.Sources.ShouldHaveSingleItem().ShouldBe(new ClipSource.AtProvider(operation.RemoteId, null));
        _fake.Cost = null;
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Ready>().ReportedCost.ShouldBeNull();
    }

    [Fact]
    public async Task with_a_key_of_our_own_at_the_vendor_the_estimate_stands()
    {
        var operation = await AcceptAsync();
        (_fake.IsByok, _fake.Cost) = (true, 0.01m);
        _fake.Finish(operation.RemoteId);
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Ready>().ReportedCost.ShouldBeNull();
    }

    [Theory]
    [InlineData("failed", ProviderFaultCode.TaskFailed)]
    [InlineData("cancelled", ProviderFaultCode.TaskFailed)]
    [InlineData("expired", ProviderFaultCode.NotFoundOrExpired)]
    public async Task a_task_that_ended_without_a_clip_says_so_and_what_it_cost(string word, ProviderFaultCode code)
    {
        var operation = await AcceptAsync();
        (_fake.EndsAsWord, _fake.Tasks[0].State) = (word, FakeTaskState.Failed);
        var (fault, cost, stopped) = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>();
        (fault.Code, fault.MayPass, cost, stopped).ShouldBe((code, false, new Money(0.15m, "USD"), word == "cancelled"));
    }

    [Fact]
    public async Task the_clip_is_fetched_with_the_key()
    {
        var operation = await AcceptAsync();
        var clip = new ClipSource.AtProvider(operation.RemoteId, null);
        using var early = new MemoryStream();
        (await _provider.DownloadAsync(clip, early, 100, CancellationToken.None)).ShouldNotBeNull();
        _fake.Finish(operation.RemoteId);
        using var target = new MemoryStream();
        (await _provider.DownloadAsync(clip, target, 100, CancellationToken.None)).ShouldBeNull();
        target.ToArray().ShouldBe(_fake.Clip);
        using var small = new MemoryStream();
        (await _provider.DownloadAsync(clip, small, 3, CancellationToken.None))!.Code.ShouldBe(ProviderFaultCode.Protocol);
    }

    [Fact]
    public async Task a_clip_that_is_gone_is_told_from_one_that_can_not_be_had_now()
    {
        var operation = await AcceptAsync();
        _fake.Finish(operation.RemoteId);
        _fake.ClipsGone = true;
        using var target = new MemoryStream();
        (await _provider.DownloadAsync(new ClipSource.AtProvider(operation.RemoteId, null), target, 100, CancellationToken.None))!.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
        (await _provider.DownloadAsync(new ClipSource.AtProvider("gen-vid-0", null), target, 100, CancellationToken.None))!.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(4.2, null)]
    [InlineData(0.0, ProviderFaultCode.OutOfCredit)]
    public async Task a_key_that_has_spent_its_limit_takes_no_orders(double? left, ProviderFaultCode? code)
    {
        _fake.KeyLimit = (decimal?)left;
        ((ProviderFaultCode?)(await _provider.ProbeAsync(CancellationToken.None))?.Code).ShouldBe(code);
    }

    [Fact]
    public async Task a_probe_tells_a_key_that_is_not_let_in()
    {
        var options = OpenRouterParts.Options(_fake);
        options.ApiKey = "another";
        (await _parts.Provider(options, _parts.Catalog(options)).ProbeAsync(CancellationToken.None))!.Code.ShouldBe(ProviderFaultCode.Unauthorised);
    }

    [Theory]
    [InlineData(OpenRouterModels.BySound, 0.15)]
    [InlineData(OpenRouterModels.ByCents, 0.60)]
    [InlineData(OpenRouterModels.ByToken, 0.7623)]
    [InlineData(OpenRouterModels.ByMode, 0.45)]
    [InlineData(OpenRouterModels.ByPicture, 0.71)]
    public void a_clip_costs_what_the_list_says_on_the_day_when_it_was_read(string model, double price)
    {
        var estimate = _provider.EstimatePrice(OpenRouterParts.Request(model));
        (estimate.Amount, estimate.PriceDate).ShouldBe((new Money((decimal)price, "USD"), DateOnly.FromDateTime(Some.Noon.UtcDateTime)));
    }

    [Fact]
    public void a_price_that_the_list_does_not_name_is_never_guessed() =>
        Should.Throw<RefusedException>(() => _provider.EstimatePrice(OpenRouterParts.Request(OpenRouterModels.ByPicture) with { Resolution = "4K" }))
            .Problem.Code.ShouldBe("no_price_known");

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new OpenRouterOptions { BaseAddress = new Uri("http://router.example"), MaxPrompt = 0 };
        new OpenRouterOptionsValidation().Validate(null, options).Failures!.Count().ShouldBe(4);
        foreach (var id in (string[])["veo", "a/b", "a/b"])
            options.Models.Add(id);
        var failures = new OpenRouterOptionsValidation().Validate(null, options).Failures!.ToList();
        failures.Count.ShouldBe(5);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:OpenRouter:"));
        var good = new OpenRouterOptions { ApiKey = "sk-or-1" };
        good.Models.Add("google/veo-3.1-lite");
        good.Models.Add("x-ai/grok_2:free");
        new OpenRouterOptionsValidation().Validate(null, good).Succeeded.ShouldBeTrue();
    }
}
