using System.Text.Json;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Providers;

/// <summary>What every video provider must do, whoever makes the videos. Derive, make the adapter, and run its tasks to their end.</summary>
public abstract class VideoProviderConformance
{
    /// <summary>The adapter against its fake or its real service, whose tasks stand still until <see cref="FinishAsync"/>.</summary>
    protected abstract Task<IVideoProvider> StartAsync();

    /// <summary>A request that the model takes.</summary>
    protected abstract VideoRequest Request(string model);

    /// <summary>Lets the service finish the task.</summary>
    protected abstract Task FinishAsync(ProviderOperation operation);

    /// <summary>Tasks that the service's own ledger knows.</summary>
    protected abstract Task<int> TasksAsync();

    private static SubmitIntent Intent(char letter) => new(new string(letter, 26), new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    private async Task<(IVideoProvider Provider, VideoRequest Request, ProviderOperation Operation)> AcceptedAsync()
    {
        var provider = await StartAsync();
        var request = Request(provider.Models[0]);
        var outcome = await provider.StartAsync(request, Intent('a'), CancellationToken.None);
        return (provider, request, outcome.ShouldBeOfType<StartOutcome.Accepted>().Operation);
    }

    [Fact]
    public async Task names_itself_and_its_models()
    {
        var provider = await StartAsync();
        provider.Key.ShouldMatch("^[a-z0-9-]{1,40}$");
        provider.DisplayName.ShouldNotBeNullOrWhiteSpace();
        provider.Models.ShouldNotBeEmpty();
        provider.Models.ShouldBeUnique();
    }

    [Fact]
    public async Task knows_the_capabilities_of_its_models_and_of_no_other()
    {
        var provider = await StartAsync();
        foreach (var model in provider.Models)
        {
            var can = provider.Capabilities(model);
            can.Modes.ShouldNotBe(VideoModes.None);
            can.Duration.Min.ShouldBeGreaterThan(0);
            can.Duration.Max.ShouldBeGreaterThanOrEqualTo(can.Duration.Min);
            can.Images.Formats.ShouldNotBeEmpty();
            // A clip that is changed keeps its own.
            (can.OnlyEdits || can.Aspect.FollowsImage || can.Aspect.Ratios.Count > 0).ShouldBeTrue();
            can.Modes.HasFlag(VideoModes.Edit).ShouldBe(can.SourceClip is not null);
        }

        Should.Throw<ArgumentException>(() => provider.Capabilities("no-such-model"));
    }

    [Fact]
    public async Task estimates_a_price_that_is_zero_only_where_it_is_free()
    {
        var provider = await StartAsync();
        foreach (var model in provider.Models)
        {
            var price = provider.EstimatePrice(Request(model));
            price.Amount.IsZero.ShouldBe(provider.Capabilities(model).Billing is BillingRule.Free);
            price.Amount.Currency.Length.ShouldBe(3);
        }
    }

    [Fact]
    public async Task one_start_makes_one_task()
    {
        await AcceptedAsync();
        (await TasksAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task the_same_key_twice_makes_one_task_where_keys_are_taken()
    {
        var (provider, request, operation) = await AcceptedAsync();
        if (provider.Capabilities(request.Model).Correlation is not CorrelationClass.Key)
            return;
        var again = await provider.StartAsync(request, Intent('a'), CancellationToken.None);
        again.ShouldBeOfType<StartOutcome.Accepted>().Operation.RemoteId.ShouldBe(operation.RemoteId);
        (await TasksAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task another_intent_makes_another_task()
    {
        var (provider, request, operation) = await AcceptedAsync();
        var other = await provider.StartAsync(request, Intent('b'), CancellationToken.None);
        other.ShouldBeOfType<StartOutcome.Accepted>().Operation.RemoteId.ShouldNotBe(operation.RemoteId);
        (await TasksAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task an_unfinished_task_is_pending_and_says_when_to_ask_again()
    {
        var (provider, _, operation) = await AcceptedAsync();
        var pending = (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
        pending.Wait.ShouldBeGreaterThan(TimeSpan.Zero);
        (pending.Progress ?? 0).ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task a_finished_task_names_where_its_clip_is()
    {
        var (provider, _, operation) = await AcceptedAsync();
        await FinishAsync(operation);
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>().Sources.ShouldNotBeEmpty();
    }

    /// <summary>So that a task which was named for the wrong order is noticed.</summary>
    [Fact]
    public async Task whoever_can_be_asked_whose_a_task_is_also_tells_it_of_a_finished_one()
    {
        var (provider, request, operation) = await AcceptedAsync();
        await FinishAsync(operation);
        var echo = (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Ready>().Echo;
        if (provider.Capabilities(request.Model).Correlation is CorrelationClass.Tag or CorrelationClass.TagWhenFinished)
            (echo?.Nonce ?? echo?.Prompt).ShouldNotBeNull();
        echo?.Nonce?.ShouldBe(Intent('a').Nonce);
        echo?.Prompt?.ShouldBe(request.Prompt);
    }

    [Fact]
    public async Task an_operation_survives_being_written_down()
    {
        var (provider, _, operation) = await AcceptedAsync();
        var read = JsonSerializer.Deserialize<ProviderOperation>(JsonSerializer.Serialize(operation))!;
        (await provider.CheckAsync(read, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
    }

    [Fact]
    public async Task an_unknown_task_is_refused_with_both_texts_and_never_pending()
    {
        var provider = await StartAsync();
        var refused = (await provider.CheckAsync(new ProviderOperation("no-such-task"), CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>();
        refused.Fault.Code.ShouldBe(ProviderFaultCode.NotFoundOrExpired);
        refused.Fault.MerchantText.ShouldNotBeNullOrWhiteSpace();
        refused.Fault.OperatorText.ShouldContain("no-such-task");
    }

    [Fact]
    public async Task a_task_can_be_found_by_its_intent_where_the_provider_offers_it()
    {
        var (provider, request, operation) = await AcceptedAsync();
        if (provider is not IFindVideo finder)
            return;
        if (provider.Capabilities(request.Model).Correlation is CorrelationClass.TagWhenFinished)
            await FinishAsync(operation);
        (await finder.FindAsync(request, Intent('a'), CancellationToken.None) switch
        {
            FindOutcome.Found found => [found.Operation.RemoteId],
            FindOutcome.Alike alike => alike.Tasks.Select(task => task.RemoteId),
            var other => throw new ShouldAssertException($"found nothing: {other}"),
        }).ShouldBe([operation.RemoteId]);
        // Another order, whatever it is that the provider echoes of it.
        (await finder.FindAsync(request with { Prompt = "Another product." }, Intent('z'), CancellationToken.None)).ShouldBeOfType<FindOutcome.Absent>();
    }

    [Fact]
    public async Task a_stopped_task_never_becomes_ready_where_the_provider_can_stop()
    {
        var (provider, _, operation) = await AcceptedAsync();
        if (provider is not ICancelVideo canceller)
            return;
        (await canceller.CancelAsync(operation, CancellationToken.None)).ShouldBeTrue();
        var ended = (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>();
        // Else what a person cancelled would count as failed where the answer to the cancelling is lost.
        (ended.Stopped || ended.Fault.Code is ProviderFaultCode.NotFoundOrExpired).ShouldBeTrue(ended.Fault.OperatorText);
    }
}
