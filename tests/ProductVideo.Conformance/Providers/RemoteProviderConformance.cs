using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Providers;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Providers;

/// <summary>
/// What every adapter of a service beyond the wire must do besides: send a paid request once whatever happens to it, judge it by evidence, and
/// let no secret out.
/// </summary>
public abstract class RemoteProviderConformance : VideoProviderConformance, IAsyncLifetime
{
    /// <summary>Speaks the vendor's protocol.</summary>
    protected abstract FakeProvider Fake { get; }

    /// <summary>The code of an order that the content rules refuse. Where nothing but the model looks at content, there is no such refusal.</summary>
    protected virtual ProviderFaultCode EarlyModeration => ProviderFaultCode.ContentRefused;

    /// <summary>The code of a task that the content rules ended. Where the vendor gives no code for why, it can't be known.</summary>
    protected virtual ProviderFaultCode LateModeration => ProviderFaultCode.ContentRefused;

    /// <summary>What a quota that is used up means, and how long it is left alone. Most often somebody must raise it; one of the day has room again by itself.</summary>
    protected virtual (ProviderFaultCode Code, TimeSpan? Wait) UsedUp => (ProviderFaultCode.OutOfCredit, null);

    /// <summary>Whether its words tell a task that waits behind others from one that is being made.</summary>
    protected virtual bool TellsQueue => true;

    /// <summary>Lets the time-out of a paid request pass.</summary>
    protected abstract void PassTimeout();

    public ValueTask InitializeAsync() => new(Fake.StartAsync());

    public virtual async ValueTask DisposeAsync()
    {
        await Fake.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task FinishAsync(ProviderOperation operation)
    {
        Fake.Finish(operation.RemoteId);
        return Task.CompletedTask;
    }

    protected override Task<int> TasksAsync() => Task.FromResult(Fake.Tasks.Count);

    private async Task<StartOutcome> SubmitAsync(SubmitFault fault)
    {
        var provider = await StartAsync();
        Fake.SubmitFault = fault;
        var started = provider.StartAsync(Request(provider.Models[0]), Nonce('f'), CancellationToken.None);
        if (fault is SubmitFault.HangAfterCreate)
        {
            await Fake.Hung;
            PassTimeout();
        }

        return await started;
    }

    /// <summary>Some vendors judge an order before they take it, others take it and end its task.</summary>
    private async Task<ProviderFault> RefusedAsync(SubmitFault fault)
    {
        switch (await SubmitAsync(fault))
        {
            case StartOutcome.Refused refused:
                Fake.Tasks.ShouldBeEmpty();
                return refused.Fault;
            case StartOutcome.Accepted accepted:
                var provider = await StartAsync();
                return (await provider.CheckAsync(accepted.Operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault;
            case var other:
                throw new ShouldAssertException($"neither taken nor refused: {other}");
        }
    }

    private static SubmitIntent Nonce(char letter) => new(new string(letter, 26), new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(SubmitFault.DropAfterCreate)]
    [InlineData(SubmitFault.HangAfterCreate)]
    [InlineData(SubmitFault.ServerErrorAfterCreate)]
    [InlineData(SubmitFault.UnavailableAfterCreate)]
    [InlineData(SubmitFault.UnavailableInOwnWordsAfterCreate)]
    [InlineData(SubmitFault.BrokenJson)]
    [InlineData(SubmitFault.Html)]
    public async Task a_submit_that_may_have_been_taken_is_unknown_and_sent_once(SubmitFault fault)
    {
        (await SubmitAsync(fault)).ShouldBeOfType<StartOutcome.Unknown>();
        (Fake.Submits, Fake.Tasks.Count).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData(SubmitFault.RateLimited, ProviderFaultCode.RateLimited)]
    [InlineData(SubmitFault.RateLimitedWithTime, ProviderFaultCode.RateLimited)]
    [InlineData(SubmitFault.QuotaAs429, ProviderFaultCode.OutOfCredit)]
    [InlineData(SubmitFault.Unauthorised, ProviderFaultCode.Unauthorised)]
    public async Task a_refusal_in_the_providers_own_words_made_no_task_and_says_why(SubmitFault fault, ProviderFaultCode code)
    {
        var refused = (await SubmitAsync(fault)).ShouldBeOfType<StartOutcome.Refused>().Fault;
        (refused.Code, refused.RetryAfter).ShouldBe(fault is SubmitFault.QuotaAs429 ? UsedUp : (code, fault is SubmitFault.RateLimitedWithTime ? TimeSpan.FromSeconds(7) : null));
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        (Fake.Submits, Fake.Tasks.Count).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(SubmitFault.Moderated, ProviderFaultCode.ContentRefused)]
    [InlineData(SubmitFault.InvalidInput, ProviderFaultCode.InvalidInput)]
    public async Task an_order_that_is_not_acceptable_is_refused_with_its_reason_at_once_or_by_its_task(SubmitFault fault, ProviderFaultCode code)
    {
        var refused = await RefusedAsync(fault);
        refused.Code.ShouldBe(fault is SubmitFault.Moderated ? EarlyModeration : code);
        refused.MerchantText.ShouldNotBeNullOrWhiteSpace();
        Fake.Submits.ShouldBe(1);
    }

    [Theory]
    [InlineData(SubmitFault.Unauthorised)]
    [InlineData(SubmitFault.InvalidInput)]
    public async Task no_fault_shows_the_key_though_the_provider_echoes_it(SubmitFault fault)
    {
        var refused = await RefusedAsync(fault);
        (refused.OperatorText + refused.MerchantText + refused.Raw).ShouldNotContain(FakeProvider.ApiKey);
    }

    [Fact]
    public async Task a_service_that_is_not_there_was_sent_nothing()
    {
        var provider = await StartAsync();
        var request = Request(provider.Models[0]);
        await Fake.LeaveAsync();
        (await provider.StartAsync(request, Nonce('f'), CancellationToken.None)).ShouldBeOfType<StartOutcome.Refused>().Fault.Code.ShouldBe(ProviderFaultCode.Transient);
    }

    [Theory]
    [InlineData(CheckFault.LateModeration, ProviderFaultCode.ContentRefused)]
    [InlineData(CheckFault.Failed, ProviderFaultCode.TaskFailed)]
    [InlineData(CheckFault.RateLimited, ProviderFaultCode.RateLimited)]
    [InlineData(CheckFault.ServerError, ProviderFaultCode.Transient)]
    [InlineData(CheckFault.Html, ProviderFaultCode.Protocol)]
    [InlineData(CheckFault.Drop, ProviderFaultCode.Transient)]
    public async Task what_keeps_a_clip_from_coming_is_told_by_its_code(CheckFault fault, ProviderFaultCode code)
    {
        var (provider, operation) = await RunningAsync();
        Fake.CheckFault = fault;
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Refused>().Fault.Code
            .ShouldBe(fault is CheckFault.LateModeration ? LateModeration : code);
    }

    [Fact]
    public async Task a_wait_in_the_providers_own_queue_is_told_from_rendering()
    {
        var (provider, operation) = await RunningAsync();
        foreach (var state in new[] { FakeTaskState.Queued, FakeTaskState.Running })
        {
            Fake.Tasks[0].State = state;
            (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>().Queued.ShouldBe(TellsQueue && state is FakeTaskState.Queued);
        }
    }

    [Fact]
    public async Task a_state_that_nobody_documented_is_waited_for_and_never_taken_for_a_failure()
    {
        var (provider, operation) = await RunningAsync();
        Fake.CheckFault = CheckFault.StrangeState;
        (await provider.CheckAsync(operation, CancellationToken.None)).ShouldBeOfType<CheckOutcome.Pending>();
    }

    [Fact]
    public async Task probing_costs_nothing_and_tells_who_is_let_in()
    {
        if (await StartAsync() is not IProbeAccount prober)
            return;
        (await prober.ProbeAsync(CancellationToken.None)).ShouldBeNull();
        Fake.Submits.ShouldBe(0);
    }

    private async Task<(IVideoProvider Provider, ProviderOperation Operation)> RunningAsync()
    {
        var provider = await StartAsync();
        var outcome = await provider.StartAsync(Request(provider.Models[0]), Nonce('f'), CancellationToken.None);
        return (provider, outcome.ShouldBeOfType<StartOutcome.Accepted>().Operation);
    }
}
