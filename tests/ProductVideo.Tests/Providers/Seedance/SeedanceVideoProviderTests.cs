using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Seedance;
using ProductVideo.Providers;
using ProductVideo.Providers.Seedance;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Prompts;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Seedance;

public sealed class SeedanceVideoProviderTests : IAsyncLifetime
{
    private const string Newest = "dreamina-seedance-2-5-260628";

    private readonly RemoteParts _parts = new();
    private readonly FakeArk _fake;

    public SeedanceVideoProviderTests() => _fake = new FakeArk { Clock = _parts.Clock };

    private SeedanceOptions Options { get; } = new() { ApiKey = FakeProvider.ApiKey };

    public async ValueTask InitializeAsync()
    {
        await _fake.StartAsync();
        Options.BaseAddress = new Uri(_fake.Address, "/api/v3");
    }

    public async ValueTask DisposeAsync()
    {
        await _fake.DisposeAsync();
        _parts.Dispose();
    }

    private SeedanceVideoProvider Provider() => new(Options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<SeedanceVideoProvider>.Instance);

    private async Task<VideoRequest> RequestAsync(string model = Newest, ImageRole role = ImageRole.FirstFrame, string aspect = "1:1") => Some.Request(model) with
    {
        Prompt = "A slow push-in on the lamp.", Resolution = "720p", Aspect = aspect, Seed = 7, Images = [await _parts.PictureAsync(role)],
    };

    private async Task<ProviderOperation> AcceptAsync(VideoRequest request, char nonce = 'a') =>
        (await Provider().StartAsync(request, new SubmitIntent(new string(nonce, 26), _parts.Clock.GetUtcNow()), CancellationToken.None))
            .ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private JsonNode Sent => _fake.Tasks[^1].Order.Body;

    [Fact]
    public async Task a_first_frame_is_followed_without_sound_or_watermark_and_bears_our_mark()
    {
        await AcceptAsync(await RequestAsync(aspect: "4:3"));
        ((string?)Sent["ratio"], (bool?)Sent["generate_audio"], (bool?)Sent["watermark"], (string?)Sent["safety_identifier"])
            .ShouldBe(("adaptive", false, false, new string('a', 26)));
        ((string?)Sent["content"]![1]!["role"]).ShouldBe("first_frame");
        Sent["seed"].ShouldBeNull();
    }

    [Fact]
    public async Task references_are_told_the_ratio()
    {
        await AcceptAsync(await RequestAsync(role: ImageRole.Reference, aspect: "9:16"));
        ((string?)Sent["ratio"], (string?)Sent["content"]![1]!["role"]).ShouldBe(("9:16", "reference_image"));
    }

    [Theory]
    [InlineData(ImageRole.FirstFrame)]
    [InlineData(ImageRole.Reference)]
    public async Task no_template_orders_a_ratio_that_seedance_does_not_make(ImageRole role)
    {
        var can = Provider().Capabilities(Newest) with { Modes = role is ImageRole.Reference ? VideoModes.References : VideoModes.FirstFrame };
        foreach (var template in Products.Templates.All)
        {
            var composed = Products.Composer.Compose(Products.Mug, Products.For(can) with { TemplateKey = template.Key });
            composed.Aspect.ShouldBeOneOf("16:9", "4:3", "1:1", "3:4", "9:16", "21:9");
            await AcceptAsync(await RequestAsync(role: role, aspect: composed.Aspect));
        }
    }

    [Fact]
    public async Task only_the_old_models_are_sent_a_seed()
    {
        await AcceptAsync(await RequestAsync("seedance-1-5-pro-251215"));
        ((int?)Sent["seed"]).ShouldBe(7);
    }

    [Fact]
    public void volcengine_has_names_of_its_own()
    {
        var models = SeedanceModels.All.Select(model => model.IdAt(new Uri("https://ark.cn-beijing.volces.com/api/v3"))).ToList();
        models[0].ShouldBe("doubao-seedance-2-5-260628");
        models[^1].ShouldBe("doubao-seedance-1-5-pro-251215");
        SeedanceModels.All[0].IdAt(new SeedanceOptions().BaseAddress).ShouldBe(Newest);
    }

    [Fact]
    public async Task a_real_face_is_refused_with_the_way_out()
    {
        _fake.SubmitFault = SubmitFault.Moderated;
        var fault = (await Provider().StartAsync(await RequestAsync(), Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (fault.Code, fault.MerchantText).ShouldBe(
            (ProviderFaultCode.ContentRefused, "Seedance refuses pictures that may show a real person's face. Choose pictures without a face, or another provider."));
    }

    [Fact]
    public async Task without_a_proved_echo_lost_orders_are_left_to_elimination()
    {
        Provider().Capabilities(Newest).Correlation.ShouldBe(CorrelationClass.ListOnly);
        Options.EchoesIdentifier = true;
        Provider().Capabilities(Newest).Correlation.ShouldBe(CorrelationClass.Tag);
        var request = await RequestAsync();
        for (var i = 0; i < 60; i++)
            await AcceptAsync(request, (char)('a' + (i % 26)));
        _fake.Tasks[0].State = FakeTaskState.Failed;
        var listed = (await Provider().ListAsync(Newest, Some.Noon.AddMinutes(-1), Some.Noon.AddMinutes(1), CancellationToken.None)).ShouldBeOfType<ListOutcome.Listed>();
        listed.Tasks.Count.ShouldBe(59);
        listed.Tasks[0].CreatedAt.ShouldBe(Some.Noon);
    }

    [Theory]
    [InlineData(int.MaxValue, 5)]
    [InlineData(1, null)]
    public async Task a_list_whose_pages_are_shorter_than_asked_for_is_read_to_its_total_or_is_none(int pages, int? tasks)
    {
        (_fake.MostPerPage, _fake.Pages) = (2, pages);
        var request = await RequestAsync();
        for (var i = 0; i < 5; i++)
            await AcceptAsync(request, (char)('a' + i));

        var listing = Provider().ListAsync(Newest, Some.Noon.AddMinutes(-1), Some.Noon.AddMinutes(1), CancellationToken.None);
        while (!listing.IsCompleted)
        {
            _parts.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        (await listing is ListOutcome.Listed listed ? listed.Tasks.Count : (int?)null).ShouldBe(tasks);
    }

    [Fact]
    public async Task an_end_is_stopped_never_and_its_record_is_never_deleted()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Finish(operation.RemoteId);
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        (_fake.Deleted, _fake.Tasks.Count).ShouldBe((0, 1));
    }

    [Fact]
    public async Task what_began_in_the_moment_of_stopping_is_not_taken_for_stopped()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.BeginsBeforeDelete = true;
        (await Provider().CancelAsync(operation, CancellationToken.None)).ShouldBeFalse();
        _fake.Tasks.ShouldHaveSingleItem().State.ShouldBe(FakeTaskState.Running);
    }

    [Fact]
    public async Task a_task_that_shows_no_mark_is_no_proof_of_absence()
    {
        Options.EchoesIdentifier = true;
        var request = await RequestAsync();
        await AcceptAsync(request);
        (await Provider().FindAsync(request, new SubmitIntent(new string('z', 26), Some.Noon), CancellationToken.None))
            .ShouldBeOfType<FindOutcome.Alike>().Silent.ShouldHaveSingleItem().RemoteId.ShouldBe(_fake.Tasks[0].Id);
        _fake.EchoesIdentifier = true;
        (await Provider().FindAsync(request, new SubmitIntent(new string('z', 26), Some.Noon), CancellationToken.None)).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Fact]
    public async Task volcengine_is_used_only_with_a_price_of_its_own()
    {
        Options.BaseAddress = new Uri("https://ark.cn-beijing.volces.com/api/v3");
        new SeedanceOptionsValidation().Validate(null, Options).Failures!.ShouldHaveSingleItem().ShouldContain("PricePerMillionTokens");
        (Options.PricePerMillionTokens, Options.Currency) = (46, "CNY");
        new SeedanceOptionsValidation().Validate(null, Options).Succeeded.ShouldBeTrue();
        Provider().EstimatePrice(await RequestAsync()).Amount.Currency.ShouldBe("CNY");
    }

    [Theory]
    [InlineData(Newest, "720p", "1.17")]
    [InlineData("dreamina-seedance-2-0-260128", "720p", "0.76")]
    [InlineData("dreamina-seedance-2-0-mini-260615", "720p", "0.38")]
    [InlineData("seedance-1-5-pro-251215", "720p", "0.13")]
    [InlineData(Newest, "480p", "0.54")]
    [InlineData(Newest, "1080p", "2.87")]
    public async Task five_seconds_cost_what_their_tokens_cost(string model, string resolution, string price)
    {
        var estimate = Provider().EstimatePrice(await RequestAsync(model, aspect: "16:9") with { Resolution = resolution });
        Math.Round(estimate.Amount.Amount, 2).ShouldBe(decimal.Parse(price, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("720p", "16:9", 108_900)]
    [InlineData("720p", "1:1", 108_900)]
    [InlineData("720p", "4:3", 109_587)]
    [InlineData("720p", "21:9", 109_432)]
    [InlineData("480p", "9:16", 50_639)]
    [InlineData("480p", "21:9", 50_639)]
    [InlineData("480p", "3:4", 49_762)]
    [InlineData("1080p", "3:4", 245_388)]
    [InlineData("1080p", "21:9", 246_594)]
    public async Task tokens_are_those_of_the_vendors_sizes_and_of_every_frame_the_first_included(string resolution, string aspect, int tokens)
    {
        Options.PricePerMillionTokens = 1_000;
        Provider().EstimatePrice(await RequestAsync(aspect: aspect) with { Resolution = resolution }).Amount.Amount.ShouldBe(tokens / 1_000m);
    }

    [Theory]
    [InlineData(true, "2.4")]
    [InlineData(false, "1.2")]
    public async Task the_oldest_model_costs_half_without_sound(bool audio, string perMillion)
    {
        const string oldest = "seedance-1-5-pro-251215";
        var request = await RequestAsync(oldest) with { Audio = audio };
        var estimate = Provider().EstimatePrice(request).Amount.Amount;
        estimate.ShouldBe((audio ? 2 : 1) * Provider().EstimatePrice(request with { Audio = false }).Amount.Amount, 0.000_002m);
        var operation = await AcceptAsync(request);
        _fake.Finish(operation.RemoteId);
        var ready = (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.ReportedCost!.Value.Amount.ShouldBe(0.1089m * decimal.Parse(perMillion, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task an_order_is_found_by_its_mark_whatever_the_clocks_say()
    {
        (Options.EchoesIdentifier, _fake.EchoesIdentifier) = (true, true);
        var request = await RequestAsync();
        var ours = await AcceptAsync(request, 'm');
        (await Provider().FindAsync(request, new SubmitIntent(new string('m', 26), Some.Noon.AddHours(5)), CancellationToken.None))
            .ShouldBe(new FindOutcome.Found(new ProviderOperation(ours.RemoteId)));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public async Task of_two_tasks_that_bear_our_mark_none_is_taken_for_the_other(int perPage)
    {
        (Options.EchoesIdentifier, _fake.EchoesIdentifier, _fake.MostPerPage) = (true, true, perPage);
        var request = await RequestAsync();
        var (first, second) = (await AcceptAsync(request, 'm'), await AcceptAsync(request, 'm'));
        var finding = Provider().FindAsync(request, new SubmitIntent(new string('m', 26), Some.Noon), CancellationToken.None);
        while (!finding.IsCompleted)
        {
            _parts.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        var alike = (await finding).ShouldBeOfType<FindOutcome.Alike>();
        alike.Tasks.Select(task => task.RemoteId).ShouldBe([first.RemoteId, second.RemoteId], ignoreOrder: true);
        alike.Silent.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_was_counted_is_what_is_booked()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Finish(operation.RemoteId);
        var ready = (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.ReportedCost!.Value.Amount.ShouldBe(0.1089m * 10.70m);
        ready.Sources.ShouldHaveSingleItem().ShouldBeOfType<ClipSource.Remote>().ExpiresAt.ShouldBe(Some.Noon.AddHours(24));
    }

    [Theory]
    [InlineData("\"720p\"", "10.70")]
    [InlineData("\"1080p\"", "11.7")]
    [InlineData("\"1080P\"", "11.7")]
    [InlineData("\"4k\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("[1080]", null)]
    [InlineData("null", null)]
    public async Task a_resolution_that_is_none_of_the_models_is_not_booked_at_the_price_of_all_others(string resolution, string? perMillion)
    {
        var operation = await AcceptAsync(await RequestAsync() with { Resolution = "1080p" });
        _fake.Finish(operation.RemoteId);
        _fake.Odd["resolution"] = JsonNode.Parse(resolution);
        var ready = (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.ReportedCost?.Amount.ShouldBe(0.1089m * decimal.Parse(perMillion ?? "0", CultureInfo.InvariantCulture));
        ready.ReportedCost.HasValue.ShouldBe(perMillion is not null);
    }

    [Fact]
    public async Task a_member_of_another_type_than_documented_hides_neither_the_clip_nor_its_cost()
    {
        const string oldest = "seedance-1-5-pro-251215";
        var operation = await AcceptAsync(await RequestAsync(oldest));
        _fake.Finish(operation.RemoteId);
        var created = Some.Noon.ToUnixTimeSeconds();
        (_fake.Odd["created_at"], _fake.Odd["updated_at"]) = (JsonNode.Parse($"{created}.5"), JsonNode.Parse("99999999999999999"));
        (_fake.Odd["generate_audio"], _fake.Odd["error"]) = ("false", "none");
        var ready = (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.ReportedCost!.Value.Amount.ShouldBe(0.1089m * 1.2m);
        ready.Sources.ShouldHaveSingleItem().ShouldBeOfType<ClipSource.Remote>().ExpiresAt.ShouldBe(Some.Noon.AddHours(24));
        (await Provider().ListAsync(oldest, Some.Noon.AddMinutes(-1), Some.Noon.AddMinutes(1), CancellationToken.None))
            .ShouldBeOfType<ListOutcome.Listed>().Tasks.ShouldHaveSingleItem().CreatedAt.ShouldBe(Some.Noon.AddSeconds(0.5));
    }

    [Fact]
    public async Task an_answer_whose_state_cant_be_read_says_nothing()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Odd["status"] = new JsonArray();
        (await Provider().CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.Protocol);
    }

    [Fact]
    public void a_model_that_is_named_twice_is_a_mistake_that_is_named()
    {
        var options = new SeedanceOptions { ApiKey = "k", Models = { Newest, Newest } };
        new SeedanceOptionsValidation().Validate(null, options).Failures!.ShouldHaveSingleItem().ShouldBe("ProductVideo:Seedance:Models names one model twice.");
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new SeedanceOptions { BaseAddress = new Uri("http://ark.example/api/v3") };
        options.Models.Add("seedance-9");
        var failures = new SeedanceOptionsValidation().Validate(null, options).Failures!.ToList();
        failures.Count.ShouldBe(3);
        failures.ShouldAllBe(failure => failure.StartsWith("ProductVideo:Seedance:"));
    }
}
