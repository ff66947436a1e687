using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Providers;
using ProductVideo.Providers.LocalAi;
using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.LocalAi;

/// <summary>One call that lasts as long as the clip takes: what is told at once, what is told later, and what is lost.</summary>
public sealed class LocalAiVideoProviderTests : IAsyncLifetime
{
    private readonly LocalAiParts _parts = new();

    private static SubmitIntent Intent { get; } = new(new string('n', 26), Some.Noon);

    public ValueTask InitializeAsync() => new(_parts.StartAsync());

    public ValueTask DisposeAsync() => _parts.DisposeAsync();

    private static async Task<ProviderOperation> AcceptedAsync(LocalAiVideoProvider provider) =>
        (await provider.StartAsync(LocalAiParts.Request("wan"), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>().Operation;

    private async Task<CheckOutcome> FinishedAsync(LocalAiVideoProvider provider, LocalAiCalls calls, ProviderOperation operation)
    {
        var end = calls.EndOf(operation.RemoteId);
        _parts.Fake.FinishAll();
        await end;
        return await provider.CheckAsync(operation, CancellationToken.None);
    }

    [Fact]
    public async Task an_order_names_frames_and_sends_its_picture_as_plain_base64()
    {
        var (provider, _) = _parts.Process();
        await AcceptedAsync(provider);
        await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        var body = _parts.Fake.Tasks[0].Order.Body;
        ((int?)body["num_frames"], (int?)body["fps"], (int?)body["width"], (int?)body["height"], (int?)body["seed"]).ShouldBe((80, 16, 1280, 720, 7));
        Convert.FromBase64String((string)body["start_image"]!).Length.ShouldBe(7);
    }

    [Theory]
    [InlineData(SubmitFault.Unauthorised, ProviderFaultCode.Unauthorised)]
    [InlineData(SubmitFault.InvalidInput, ProviderFaultCode.InvalidInput)]
    [InlineData(SubmitFault.RateLimited, ProviderFaultCode.RateLimited)]
    public async Task a_refusal_that_comes_at_once_refuses_the_order(SubmitFault fault, ProviderFaultCode code)
    {
        _parts.Fake.SubmitFault = fault;
        var refused = (await _parts.Patient().StartAsync(LocalAiParts.Request("wan"), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        refused.Code.ShouldBe(code);
        (refused.OperatorText + refused.MerchantText + refused.Raw).ShouldNotContain(FakeProvider.ApiKey);
        (_parts.Fake.Submits, _parts.Fake.Tasks.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task a_server_that_says_at_once_that_it_can_not_makes_no_clip_later_so_it_is_asked_again()
    {
        _parts.Fake.SubmitFault = SubmitFault.UnavailableInOwnWordsAfterCreate;
        var fault = (await _parts.Patient().StartAsync(LocalAiParts.Request("wan"), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (fault.Code, fault.MayPass).ShouldBe((ProviderFaultCode.Transient, true));
    }

    [Fact]
    public async Task an_order_that_was_refused_is_made_again_under_the_same_intent()
    {
        _parts.Fake.SubmitFault = SubmitFault.RateLimited;
        (await _parts.Patient().StartAsync(LocalAiParts.Request("wan"), Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>();
        _parts.Fake.SubmitFault = SubmitFault.None;

        var (provider, calls) = _parts.Process();
        var operation = await AcceptedAsync(provider);
        await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
        var (other, _) = _parts.Process();
        (await other.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
        (await FinishedAsync(provider, calls, operation)).ShouldBeOfType<CheckOutcome.Ready>();
    }

    [Fact]
    public async Task a_server_that_is_not_there_refuses_the_order()
    {
        var nobody = _parts.Fake.Address;
        await _parts.Fake.DisposeAsync();
        (await _parts.Patient(nobody).StartAsync(LocalAiParts.Request("wan"), Intent, CancellationToken.None))
            .ShouldBeOfType<StartOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.Transient);
    }

    [Fact]
    public async Task a_server_that_is_missed_only_after_a_while_refuses_the_order_too()
    {
        using var line = new BrokenLine(afterFirstByte: false);
        // Whose time for a refusal is over at once.
        var (provider, _) = _parts.Process(line: line);
        var starting = provider.StartAsync(LocalAiParts.Request("wan"), Intent, CancellationToken.None);
        await line.Tried;
        line.Break();
        var fault = (await starting).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (fault.Code, fault.MayPass, fault.IsOurs).ShouldBe((ProviderFaultCode.Transient, true, false));
    }

    [Fact]
    public async Task an_order_that_is_found_late_to_have_broken_off_on_its_way_costs_nothing_and_says_so()
    {
        using var line = new BrokenLine(afterFirstByte: true);
        var (provider, calls) = _parts.Process(line: line);
        var operation = await AcceptedAsync(provider);
        var end = calls.EndOf(operation.RemoteId);
        line.Break();
        await end;
        var refused = (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>();
        (refused.Fault.Code, refused.ReportedCost).ShouldBe((ProviderFaultCode.TaskFailed, new Money(0, "USD")));
        refused.Fault.MerchantText.ShouldContain("nothing was made");
        refused.Fault.OperatorText.ShouldContain("cut off when 1 of its");
    }

    [Theory]
    [InlineData(SubmitFault.DropAfterCreate)]
    [InlineData(SubmitFault.ServerErrorAfterCreate)]
    [InlineData(SubmitFault.Html)]
    [InlineData(SubmitFault.BrokenJson)]
    [InlineData(SubmitFault.RateLimited)]
    public async Task what_goes_wrong_while_it_works_ends_the_video_and_is_never_sent_again(SubmitFault fault)
    {
        _parts.Fake.End = fault;
        var (provider, calls) = _parts.Process();
        var operation = await AcceptedAsync(provider);
        await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        (await FinishedAsync(provider, calls, operation)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.TaskFailed);
        _parts.Fake.Submits.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task the_clip_is_fetched_from_the_servers_address_or_taken_from_the_answer(bool inline)
    {
        (_parts.Fake.IsInline, _parts.Fake.Clip) = (inline, [.. Enumerable.Range(0, 5_000).Select(n => (byte)n)]);
        var (provider, calls) = _parts.Process();
        var operation = await AcceptedAsync(provider);
        await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        var source = (await FinishedAsync(provider, calls, operation)).ShouldBeOfType<CheckOutcome.Ready>().Sources.ShouldHaveSingleItem();
        using var target = new MemoryStream();
        if (source is ClipSource.Stored stored)
        {
            await using var blob = (await _parts.Remote.Blobs.OpenAsync(stored.BlobKey, CancellationToken.None)).ShouldNotBeNull();
            await blob.CopyToAsync(target, TestContext.Current.CancellationToken);
        }
        else
        {
            (await provider.DownloadAsync(source.ShouldBeOfType<ClipSource.AtProvider>(), target, 10_000, CancellationToken.None)).ShouldBeNull();
        }

        target.ToArray().ShouldBe(_parts.Fake.Clip);
    }

    [Fact]
    public async Task a_call_longer_than_the_longest_is_given_up()
    {
        var (provider, calls) = _parts.Process();
        var operation = await AcceptedAsync(provider);
        await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        var end = calls.EndOf(operation.RemoteId);
        _parts.Remote.Clock.Advance(TimeSpan.FromMinutes(60));
        await end;
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.TaskFailed);
        _parts.Fake.Submits.ShouldBe(1);
    }

    [Fact]
    public async Task another_server_of_ours_waits_for_the_call_and_goes_on_with_its_clip()
    {
        var (provider, calls) = _parts.Process();
        var operation = await AcceptedAsync(provider);
        await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        var (other, _) = _parts.Process();
        (await other.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
        await FinishedAsync(provider, calls, operation);
        (await other.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>();
    }

    [Fact]
    public async Task a_program_that_is_stopped_says_so_of_its_calls()
    {
        var (provider, calls) = _parts.Process();
        var operation = await AcceptedAsync(provider);
        await _parts.Fake.Arrivals.WaitAsync(TestContext.Current.CancellationToken);
        await calls.DisposeAsync();
        var (after, _) = _parts.Process();
        (await after.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.MerchantText.ShouldContain("the program was");
    }

    [Fact]
    public async Task a_program_that_was_killed_leaves_a_call_that_is_given_up_in_time()
    {
        var operation = new ProviderOperation("lost", System.Text.Json.JsonSerializer.SerializeToElement(new LocalAiHandle(Guid.NewGuid(), _parts.Remote.Clock.GetUtcNow())));
        var (provider, _) = _parts.Process();
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
        _parts.Remote.Clock.Advance(TimeSpan.FromMinutes(60));
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
    }

    [Fact]
    public async Task a_probe_asks_for_the_models()
    {
        (await _parts.Process().Provider.ProbeAsync(CancellationToken.None)).ShouldBeNull();
        _parts.Fake.Submits.ShouldBe(0);
    }

    [Fact]
    public void every_mistake_in_the_settings_is_named_at_once()
    {
        var options = new LocalAiOptions { BaseAddress = new Uri("http://gpu.example.com"), ApiKey = "12345678", LongestMinutes = 0, Currency = "XXY" };
        options.Models.Add(new LocalAiModel { MaxPrompt = 0, FramesPerSecond = 0 });
        options.Models[0].Sizes.Add("big");
        var said = string.Join('\n', new LocalAiOptionsValidation().Validate(null, options).Failures ?? []);
        foreach (var field in (string[])["unencrypted", "PricePerSecond is missing", "Currency", "LongestMinutes", "Models:0:Id", "Sizes has 'big'", "Models:0:Seconds", "FramesPerSecond", "MaxPrompt"])
            said.ShouldContain(field);
    }
}
