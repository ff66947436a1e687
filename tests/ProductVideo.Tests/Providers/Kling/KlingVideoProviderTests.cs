using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Kling;
using ProductVideo.Generations;
using ProductVideo.Providers;
using ProductVideo.Providers.Kling;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Kling;

public sealed class KlingVideoProviderTests : IAsyncLifetime
{
    private readonly RemoteParts _parts = new();
    private readonly FakeKling _fake;

    public KlingVideoProviderTests() => _fake = new FakeKling { Clock = _parts.Clock };

    private KlingOptions Options { get; } = new()
    {
        ApiKey = FakeProvider.ApiKey, GoodsStudio = true, PriceDate = new DateOnly(2026, 11, 1),
        PricePerSecond =
        {
            ["kling-3.0"] = new(StringComparer.Ordinal) { ["720p"] = 0.084m, ["1080p"] = 0.112m, ["4k"] = 0.4m },
            ["kling-3.0-turbo"] = new(StringComparer.Ordinal) { ["720p"] = 0.05m },
            ["goods-studio"] = new(StringComparer.Ordinal) { ["1080p"] = 0.3m },
        },
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

    private KlingVideoProvider Provider() => new(Options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<KlingVideoProvider>.Instance);

    private async Task<VideoRequest> RequestAsync(string model = "kling-3.0") => Some.Request(model) with
    {
        Mode = VideoModes.FirstFrame, Prompt = "A slow push-in on the lamp.", Resolution = "720p", Seed = 7, Audio = true,
        Images = [await _parts.PictureAsync(ImageRole.FirstFrame)],
    };

    private async Task<VideoRequest> ProductRequestAsync() => Some.Request("goods-studio") with
    {
        Mode = VideoModes.References, Seconds = 30, Aspect = "9:16", Resolution = "1080p", Product = new ProductWords("Desk lamp", "Bends."),
        Images = [await _parts.PictureAsync(ImageRole.Reference), await _parts.PictureAsync(ImageRole.Reference, "prepared/2.jpg")],
    };

    private Task<StartOutcome> StartAsync(VideoRequest request) => Provider().StartAsync(request, Some.Intent, CancellationToken.None);

    private async Task<ProviderOperation> AcceptAsync(VideoRequest request) => (await StartAsync(request)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private Task<CheckOutcome> CheckAsync(ProviderOperation operation) => Provider().CheckAsync(operation, CancellationToken.None);

    private Task<FindOutcome> FindAsync(VideoRequest request) => Provider().FindAsync(request, Some.Intent, CancellationToken.None);

    private JsonNode Sent => _fake.Tasks[^1].Order.Body;

    private string[] SentTypes => [.. Sent["contents"]!.AsArray().Select(part => (string)part!["type"]!)];

    [Fact]
    public async Task a_clip_is_one_calm_shot_without_sound_or_watermark_and_bears_our_mark()
    {
        await AcceptAsync(await RequestAsync());
        Sent["settings"]!.ToJsonString().ShouldBe("""{"multi_shot":false,"audio":"off","resolution":"720p","duration":5}""");
        Sent["options"]!.ToJsonString().ShouldBe("""{"external_task_id":"abcdefghijklmnopqrstuvwxyz","watermark_info":{"enabled":false}}""");
        SentTypes.ShouldBe(["prompt", "first_frame"]);
        ((string?)Sent["contents"]![1]!["url"]).ShouldBe(Convert.ToBase64String([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]));
    }

    [Fact]
    public async Task a_last_frame_ends_the_clip()
    {
        var request = await RequestAsync("kling-3.0-turbo");
        await AcceptAsync(request with { Images = [.. request.Images, await _parts.PictureAsync(ImageRole.LastFrame, "prepared/2.jpg")] });
        (_fake.Tasks[0].Order.Model, SentTypes[^1]).ShouldBe(("kling-3.0-turbo", "last_frame"));
    }

    [Fact]
    public async Task a_product_clip_is_made_of_pictures_and_the_listings_words()
    {
        await AcceptAsync(await ProductRequestAsync());
        SentTypes.ShouldBe(["ref_image", "ref_image", "goods_title", "goods_description"]);
        ((string?)Sent["contents"]![2]!["text"], (string?)Sent["contents"]![3]!["text"]).ShouldBe(("Desk lamp", "Bends."));
        Sent["settings"]!.ToJsonString().ShouldBe("""{"resolution":"1080p","aspect_ratio":"9:16","duration":30}""");
        Sent["options"]!.ToJsonString().ShouldBe("""{"external_task_id":"abcdefghijklmnopqrstuvwxyz","watermark":{"enabled":false}}""");
    }

    [Fact]
    public async Task a_product_without_a_description_is_filmed_by_its_title()
    {
        var request = await ProductRequestAsync();
        await AcceptAsync(request with { Product = request.Product! with { Description = null } });
        SentTypes.ShouldBe(["ref_image", "ref_image", "goods_title"]);
    }

    [Fact]
    public async Task an_order_without_words_is_not_sent_where_words_are_needed()
    {
        var refused = (await StartAsync(await ProductRequestAsync() with { Product = null })).ShouldBeOfType<StartOutcome.Refused>();
        (refused.Fault.Code, _fake.Submits).ShouldBe((ProviderFaultCode.InvalidInput, 0));
    }

    [Theory]
    [InlineData(200, 1301, ProviderFaultCode.ContentRefused)]
    [InlineData(200, 1300, ProviderFaultCode.ContentRefused)]
    [InlineData(200, 1201, ProviderFaultCode.InvalidInput)]
    [InlineData(400, 1200, ProviderFaultCode.InvalidInput)]
    [InlineData(401, 1004, ProviderFaultCode.Unauthorised)]
    [InlineData(403, 1103, ProviderFaultCode.Unsupported)]
    [InlineData(404, 1203, ProviderFaultCode.Unsupported)]
    [InlineData(429, 1100, ProviderFaultCode.OutOfCredit)]
    [InlineData(429, 1101, ProviderFaultCode.OutOfCredit)]
    [InlineData(429, 1302, ProviderFaultCode.RateLimited)]
    [InlineData(429, 1303, ProviderFaultCode.Concurrency)]
    [InlineData(429, 1304, ProviderFaultCode.Unauthorised)]
    public async Task a_known_code_is_a_refusal_whatever_the_status_says(int status, int code, ProviderFaultCode meaning)
    {
        _fake.Refusal = (status, code);
        (await StartAsync(await RequestAsync())).ShouldBeOfType<StartOutcome.Refused>().Fault.Code.ShouldBe(meaning);
    }

    [Theory]
    [InlineData(500, 5000)]
    [InlineData(503, 5001)]
    [InlineData(504, 5002)]
    [InlineData(200, 5000)]
    [InlineData(400, 1299)]
    [InlineData(404, 7)]
    [InlineData(429, 1399)]
    [InlineData(200, 1299)]
    public async Task a_fault_of_theirs_or_a_code_nobody_heard_of_proves_nothing(int status, int code)
    {
        _fake.Refusal = (status, code);
        (await StartAsync(await RequestAsync())).ShouldBeOfType<StartOutcome.Unknown>();
    }

    [Fact]
    public async Task a_mark_refused_as_in_use_may_be_our_own_order_sent_twice_and_it_is_found()
    {
        _fake.SendsTwice = true;
        var request = await RequestAsync();
        (await StartAsync(request)).ShouldBeOfType<StartOutcome.Unknown>();
        (await FindAsync(request)).ShouldBeOfType<FindOutcome.Found>().Operation.RemoteId.ShouldBe(_fake.Tasks.ShouldHaveSingleItem().Id);
    }

    [Fact]
    public async Task a_mark_used_before_the_database_was_restored_makes_no_second_task()
    {
        var request = await ProductRequestAsync();
        await AcceptAsync(request);
        (await StartAsync(request)).ShouldBeOfType<StartOutcome.Unknown>();
        _fake.Tasks.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_refusal_of_parameters_proves_nothing_while_the_mark_cant_be_asked_for()
    {
        (_fake.Refusal, _fake.CheckFault) = ((400, 1201), CheckFault.ServerError);
        (await StartAsync(await RequestAsync())).ShouldBeOfType<StartOutcome.Unknown>();
        (_fake.Refusal, _fake.LookUps).ShouldBe(((400, 1201), 1));
    }

    [Fact]
    public async Task only_a_refusal_of_parameters_is_asked_after()
    {
        _fake.Refusal = (400, 1301);
        await StartAsync(await RequestAsync());
        _fake.LookUps.ShouldBe(0);
    }

    [Fact]
    public async Task whatever_refuses_an_order_that_was_lost_before_the_lost_one_is_asked_for()
    {
        var request = await RequestAsync();
        await AcceptAsync(request);
        _fake.Refusal = (400, 1301);
        (await AgainAsync(request)).ShouldBeOfType<StartOutcome.Unknown>();
        (await AgainAsync(await ProductRequestAsync())).ShouldBeOfType<StartOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.ContentRefused);
        _fake.LookUps.ShouldBe(2);
        _fake.CheckFault = CheckFault.ServerError;
        (await AgainAsync(request)).ShouldBeOfType<StartOutcome.Refused>("it is looked for later all the same");

        Task<StartOutcome> AgainAsync(VideoRequest order) => Provider().StartAsync(order, Some.Intent with { Again = true }, CancellationToken.None);
    }

    [Fact]
    public async Task two_tasks_under_one_mark_are_both_named()
    {
        var request = await RequestAsync();
        _fake.TakesMarksTwice = true;
        var (one, other) = (await AcceptAsync(request), await AcceptAsync(request));
        var alike = (await FindAsync(request)).ShouldBeOfType<FindOutcome.Alike>();
        alike.Tasks.Select(task => task.RemoteId).ShouldBe([one.RemoteId, other.RemoteId]);
        (alike.Silent.Count, alike.Wait).ShouldBe((0, null));
        (await CheckAsync(alike.Tasks[1].ToOperation())).ShouldBeOfType<CheckOutcome.Pending>();
    }

    [Fact]
    public async Task each_kind_is_looked_for_where_it_is_kept()
    {
        var (clip, product) = (await RequestAsync(), await ProductRequestAsync());
        var operation = await AcceptAsync(product);
        (await FindAsync(clip)).ShouldBeOfType<FindOutcome.Absent>();
        var found = (await FindAsync(product)).ShouldBeOfType<FindOutcome.Found>().Operation;
        found.RemoteId.ShouldBe(operation.RemoteId);
        (await CheckAsync(found)).ShouldBeOfType<CheckOutcome.Pending>();
    }

    [Fact]
    public async Task an_order_of_before_is_found_and_checked_though_its_model_was_switched_off()
    {
        var product = await ProductRequestAsync();
        await AcceptAsync(product);
        Options.GoodsStudio = false;
        Provider().Models.ShouldNotContain("goods-studio");
        var found = (await FindAsync(product)).ShouldBeOfType<FindOutcome.Found>();
        (await CheckAsync(found.Operation)).ShouldBeOfType<CheckOutcome.Pending>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task that_there_is_none_is_said_in_either_way(bool refuses)
    {
        _fake.RefusesUnknownIds = refuses;
        (await FindAsync(await RequestAsync())).ShouldBeOfType<FindOutcome.Absent>();
        (await CheckAsync(new ProviderOperation("gone"))).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
    }

    [Fact]
    public async Task a_task_without_our_mark_is_left_to_a_person_and_one_with_anothers_is_not_taken()
    {
        var request = await RequestAsync();
        await AcceptAsync(request);
        (_fake.IgnoresFilter, _fake.ShowsMark) = (true, false);
        var other = Some.Intent with { Nonce = new string('z', 26) };
        (await Provider().FindAsync(request, other, CancellationToken.None)).ShouldBeOfType<FindOutcome.Several>().Candidates.ShouldHaveSingleItem();
        _fake.ShowsMark = true;
        (await Provider().FindAsync(request, other, CancellationToken.None)).ShouldBeOfType<FindOutcome.CannotTell>().Fault!.Code.ShouldBe(ProviderFaultCode.Protocol);
    }

    private Task<(IReadOnlyList<string> Shown, ProviderFault? Fault)> ShowAsync(string model, params string[] ids) => Provider().ShowAsync(model, ids, CancellationToken.None);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task tasks_that_are_known_are_shown_by_name_each_kind_where_it_is_kept_and_by_no_other_account(bool refuses)
    {
        (_fake.TakesMarksTwice, _fake.RefusesUnknownIds) = (true, refuses);
        var (clip, product) = (await RequestAsync(), await ProductRequestAsync());
        List<string> clips = [];
        while (clips.Count <= 20)
            clips.Add((await AcceptAsync(clip)).RemoteId);
        var filmed = (await AcceptAsync(product)).RemoteId;
        (await ShowAsync("kling-3.0", [.. clips])).Shown.ShouldBe(clips, "more than are asked for at once");
        (await ShowAsync("goods-studio", filmed)).Shown.ShouldBe([filmed]);
        (await ShowAsync("kling-3.0", clips[0], "another-accounts")).Shown.ShouldBe([clips[0]]);
        (await ShowAsync("kling-3.0", filmed) is { Shown: [], Fault: null }).ShouldBeTrue();
    }

    [Fact]
    public async Task tasks_that_nobody_asked_for_or_no_answer_show_nothing()
    {
        (_fake.TakesMarksTwice, _fake.IgnoresFilter) = (true, true);
        var (one, _) = ((await AcceptAsync(await RequestAsync())).RemoteId, await AcceptAsync(await RequestAsync()));
        (await ShowAsync("kling-3.0", one)).Fault.ShouldNotBeNull().Code.ShouldBe(ProviderFaultCode.Protocol);
        (_fake.IgnoresFilter, _fake.CheckFault) = (false, CheckFault.ServerError);
        (await ShowAsync("kling-3.0", one)).Fault.ShouldNotBeNull().MayPass.ShouldBeTrue();
    }

    [Fact]
    public async Task a_lost_order_is_not_absent_while_nobody_answers()
    {
        _fake.CheckFault = CheckFault.ServerError;
        (await FindAsync(await RequestAsync())).ShouldBeOfType<FindOutcome.CannotTell>().Wait.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_task_that_was_taken_is_not_gone_while_tasks_are_kept(bool refuses)
    {
        _fake.RefusesUnknownIds = refuses;
        var operation = await AcceptAsync(await RequestAsync()) with { RemoteId = "not-there-yet" };
        var fault = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Pending>().Fault.ShouldNotBeNull();
        (fault.Code, fault.MerchantText).ShouldBe(
            (ProviderFaultCode.NotFoundOrExpired, "Kling took this order and does not show it at the moment. We ask again by ourselves."));
        _parts.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Pending>();
        _parts.Clock.Advance(TimeSpan.FromSeconds(1));
        (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
    }

    [Fact]
    public async Task anothers_task_is_never_taken_for_this_one()
    {
        await AcceptAsync(await RequestAsync());
        _fake.IgnoresFilter = true;
        (await CheckAsync(new ProviderOperation("another"))).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.Protocol);
    }

    [Fact]
    public async Task an_id_that_a_person_typed_in_is_looked_for_among_both_kinds()
    {
        var operation = await AcceptAsync(await ProductRequestAsync());
        (await CheckAsync(new ProviderOperation(operation.RemoteId))).ShouldBeOfType<CheckOutcome.Pending>();
    }

    [Fact]
    public async Task a_refused_question_is_asked_again_and_ends_no_task()
    {
        var fault = (await CheckAsync(new ProviderOperation(""))).ShouldBeOfType<CheckOutcome.Refused>().Fault;
        (fault.Code, fault.OperatorText).ShouldBe((ProviderFaultCode.Protocol, "Kling: task : HTTP 400, 1201: task_ids or external_task_ids"));
    }

    [Fact]
    public async Task a_failed_task_tells_the_operator_why_and_the_merchant_what_may_be_wrong()
    {
        var operation = await AcceptAsync(await RequestAsync());
        _fake.CheckFault = CheckFault.LateModeration;
        var fault = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault;
        (fault.Code, fault.MayPass).ShouldBe((ProviderFaultCode.TaskFailed, false));
        fault.OperatorText.ShouldContain("The output may be unsafe.");
        fault.MerchantText.ShouldContain("content rules");
    }

    [Theory]
    [InlineData("""[{"charge_type":"cash","amount":"0.35","currency":"USD","list_price":"0.42"}]""", "0.35")]
    [InlineData("""[{"charge_type":"cash","amount":0.35,"currency":"USD"},{"charge_type":"cash","amount":0.07,"currency":"USD"}]""", "0.42")]
    [InlineData("""[{"charge_type":"unit","amount":"2.5"}]""", null)]
    [InlineData("""[{"charge_type":"cash","amount":"0.35","currency":"USD"},{"charge_type":"unit","amount":"1"}]""", null)]
    [InlineData("""[{"charge_type":"cash","amount":"0.35","currency":"USD"},{"charge_type":"cash","amount":"2","currency":"CNY"}]""", null)]
    [InlineData("""[{"charge_type":"cash","amount":"-1","currency":"USD"}]""", null)]
    [InlineData("""[{"charge_type":"cash","amount":"much","currency":"coins"}]""", null)]
    [InlineData("""["free"]""", null)]
    [InlineData("[]", null)]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    public async Task what_was_taken_in_cash_is_what_is_booked(string billing, string? dollars)
    {
        _fake.Billing = JsonNode.Parse(billing);
        var operation = await AcceptAsync(await RequestAsync());
        _fake.Finish(operation.RemoteId);
        var ready = (await CheckAsync(operation)).ShouldBeOfType<CheckOutcome.Ready>();
        ready.ReportedCost.ShouldBe(dollars is null ? null : new Money(decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture), "USD"));
        ready.Sources.ShouldHaveSingleItem().ShouldBeOfType<ClipSource.Remote>()
            .ShouldBe(new ClipSource.Remote($"{_fake.Address.AbsoluteUri}clips/{operation.RemoteId}.mp4", Some.Noon.AddDays(30)));
    }

    [Fact]
    public async Task the_account_is_probed_with_a_question()
    {
        (await Provider().ProbeAsync(CancellationToken.None)).ShouldBeNull();
        Options.ApiKey = "another-key";
        (await Provider().ProbeAsync(CancellationToken.None))!.Code.ShouldBe(ProviderFaultCode.Unauthorised);
    }

    [Fact]
    public async Task a_price_is_a_seconds_price_and_what_has_none_is_not_offered()
    {
        var provider = Provider();
        provider.Models.ShouldBe(["kling-3.0", "kling-3.0-turbo", "goods-studio"]);
        provider.Capabilities("kling-3.0").Resolutions.ShouldBe(["1080p", "720p", "4k"]);
        provider.Capabilities("goods-studio").Resolutions.ShouldBe(["1080p"]);
        var estimate = provider.EstimatePrice(await RequestAsync());
        (estimate.Amount, estimate.PriceDate).ShouldBe((new Money(0.42m, "USD"), new DateOnly(2026, 11, 1)));
        Should.Throw<RefusedException>(() => provider.EstimatePrice(Some.Request("kling-3.0-turbo") with { Resolution = "1080p" })).Problem.Code.ShouldBe("no_price_known");
    }

    [Fact]
    public void models_are_chosen_in_their_order()
    {
        Options.Models.Add("kling-3.0-turbo");
        Options.Models.Add("kling-3.0");
        Provider().Models.ShouldBe(["kling-3.0-turbo", "kling-3.0"]);
        Should.Throw<ArgumentException>(() => Provider().Capabilities("goods-studio"));
    }

    [Fact]
    public void an_order_written_down_before_there_were_words_is_still_read()
    {
        var stored = JsonSerializer.SerializeToNode(Some.Request())!.AsObject();
        stored.Remove(nameof(VideoRequest.Product)).ShouldBeTrue();
        stored.Deserialize<VideoRequest>()!.Product.ShouldBeNull();
        JsonSerializer.Deserialize<VideoRequest>(JsonSerializer.Serialize(Some.Request() with { Product = new ProductWords("Lamp", null) }))!
            .Product.ShouldBe(new ProductWords("Lamp", null));
    }
}
