using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

/// <summary>How long a task is waited for: as long as the provider makes it, and no outage, there or here, gives a paid one away.</summary>
public sealed class RenderingTimeTests
{
    private static readonly Answer Runs = new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9)));
    private static readonly Answer Queued = new Answer.Checked(new CheckOutcome.Pending(TimeSpan.FromSeconds(9), Queued: true));
    private static readonly Answer Ready = new Answer.Checked(new CheckOutcome.Ready([]));
    private static readonly GenerationState.Rendering Accepted = new(Some.Operation, Some.Noon);

    private static Answer Refused(ProviderFaultCode code) => new Answer.Checked(new CheckOutcome.Refused(Some.Fault(code)));

    private static GenerationState At(GenerationState state, Answer answer, double hours, MachineRules? rules = null) =>
        GenerationMachine.Apply(Some.Generation(state), answer, Some.Noon.AddHours(hours), rules ?? Some.Rules()).State;

    /// <summary>Asks every five minutes, as long as it goes on.</summary>
    private static GenerationState Asked(GenerationState state, Answer answer, double from, double to, MachineRules? rules = null)
    {
        for (var hours = from; hours <= to && state is GenerationState.Rendering; hours += 1 / 12d)
            state = At(state, answer, hours, rules);
        return state;
    }

    [Fact]
    public void a_render_that_takes_too_long_is_in_doubt_with_its_task()
    {
        Asked(Accepted, Runs, from: 0, to: 1.95).ShouldBeOfType<GenerationState.Rendering>();
        var doubt = Asked(Accepted, Runs, from: 0, to: 2.2).ShouldBeOfType<InDoubt>();
        (doubt.Problem.Code, doubt.Operation).ShouldBe(("render_too_long", Some.Operation));
        At(Asked(Accepted, Runs, from: 0, to: 1.95), Ready, hours: 9).ShouldBeOfType<Fetching>();
    }

    [Theory]
    [InlineData(ProviderFaultCode.Transient)]
    [InlineData(ProviderFaultCode.RateLimited)]
    [InlineData(ProviderFaultCode.Unauthorised)]
    [InlineData(ProviderFaultCode.Protocol)]
    public void a_day_in_which_the_provider_could_not_be_asked_loses_no_clip(ProviderFaultCode code)
    {
        var rules = Some.Rules() with { ResultLifetime = TimeSpan.FromHours(24) };
        var waits = Asked(At(Accepted, Runs, hours: 0.1), Refused(code), from: 0.2, to: 24.5, rules).ShouldBeOfType<GenerationState.Rendering>();
        waits.LastProblem!.OperatorText.ShouldBe("operator");
        At(waits, Ready, hours: 24.6, rules).ShouldBeOfType<Fetching>();
        // What goes on then has its time as if nothing had been.
        var goesOn = At(waits, Runs, hours: 24.6, rules).ShouldBeOfType<GenerationState.Rendering>();
        (goesOn.LastProblem, goesOn.RefusedSince).ShouldBe((null, null));
        Asked(goesOn, Runs, from: 24.7, to: 26, rules).ShouldBeOfType<GenerationState.Rendering>();
        Asked(goesOn, Runs, from: 24.7, to: 27, rules).ShouldBeOfType<InDoubt>().Problem.OperatorText.ShouldContain("could not be asked about for 1.00:");
    }

    [Theory]
    [InlineData(ProviderFaultCode.Transient)]
    [InlineData(ProviderFaultCode.RateLimited)]
    public void a_server_that_was_off_for_a_weekend_goes_on_whatever_the_first_answer_is(ProviderFaultCode code)
    {
        At(At(Accepted, Refused(code), hours: 60), Ready, hours: 60.1).ShouldBeOfType<Fetching>();
        Asked(At(Accepted, Runs, hours: 60), Runs, from: 60.1, to: 61.5).ShouldBeOfType<GenerationState.Rendering>();
        Asked(At(Accepted, Queued, hours: 60), Queued, from: 60.1, to: 75).ShouldBeOfType<GenerationState.Rendering>();
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(-1.7)]
    [InlineData(null)]
    public void what_was_asked_about_all_the_while_before_that_was_noted_gets_no_time_anew(double? queued)
    {
        DateTimeOffset? queuedAt = queued is { } hours ? Some.Noon.AddHours(hours) : null;
        var noted = new GenerationState.Rendering(Some.Operation, Some.Noon.AddHours(queued is null ? -1.7 : -19), Checks: 4000, QueuedAt: queuedAt);
        var goesOn = At(noted, Runs, hours: 0).ShouldBeOfType<GenerationState.Rendering>();
        (goesOn.Silence, goesOn.QueuedAt, goesOn.SeenAt).ShouldBe((TimeSpan.Zero, queuedAt, Some.Noon));
        // Then an outage counts as any other.
        At(goesOn, Runs, hours: 1).ShouldBeOfType<GenerationState.Rendering>().Silence.ShouldBe(TimeSpan.FromMinutes(50));
    }

    [Fact]
    public void a_provider_that_answers_now_and_then_only_is_not_waited_for_for_ever()
    {
        GenerationState state = Accepted;
        var hours = 0d;
        while (state is GenerationState.Rendering)
        {
            state = Asked(state, Refused(ProviderFaultCode.Transient), hours + 0.1, hours + 0.9);
            state = At(state, Runs, ++hours);
        }

        state.ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("render_too_long");
        hours.ShouldBe(13);
    }

    [Theory]
    [InlineData(null, 26)]
    [InlineData(24, 26)]
    [InlineData(720, 722)]
    public void what_can_not_be_asked_about_for_longer_than_a_clip_is_kept_is_a_persons(int? lifetime, double hours)
    {
        var rules = Some.Rules() with { ResultLifetime = lifetime is { } kept ? TimeSpan.FromHours(kept) : null };
        var refused = At(Accepted, Refused(ProviderFaultCode.Unauthorised), hours: 0, rules);
        var waits = At(refused, Refused(ProviderFaultCode.Unauthorised), hours, rules).ShouldBeOfType<GenerationState.Rendering>();
        waits.RefusedSince.ShouldBe(Some.Noon);
        var doubt = At(waits, Refused(ProviderFaultCode.Unauthorised), hours + 0.1, rules).ShouldBeOfType<InDoubt>();
        (doubt.Problem.Code, doubt.Operation).ShouldBe(("render_unheard", Some.Operation));
        doubt.Problem.OperatorText.ShouldEndWith("operator");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("merchant")]
    public void what_is_to_be_cancelled_and_can_not_be_asked_about_is_a_persons_after_the_time_of_a_render(string? cancelledBy)
    {
        var rules = Some.Rules() with { ResultLifetime = TimeSpan.FromDays(30) };
        GenerationState Unheard(GenerationState state, double hours) => GenerationMachine.Apply(
            Some.Generation(state, cancelRequestedBy: cancelledBy), Refused(ProviderFaultCode.Unauthorised), Some.Noon.AddHours(hours), rules).State;

        var waits = Unheard(Unheard(Accepted, hours: 0), hours: 2).ShouldBeOfType<GenerationState.Rendering>();
        var later = Unheard(waits, hours: 2.02);
        if (cancelledBy is null)
        {
            later.ShouldBeOfType<GenerationState.Rendering>();
            return;
        }

        var doubt = later.ShouldBeOfType<InDoubt>();
        (doubt.Problem.Code, doubt.Operation).ShouldBe(("render_unheard", Some.Operation));
        doubt.Problem.MerchantText.ShouldStartWith("This video was to be cancelled");
        GenerationMachine.Follow(Some.Generation(doubt, cancelRequestedBy: cancelledBy), new Command.GiveUp("merchant"), Some.Noon.AddHours(3))!.State.ShouldBeOfType<Failed>();
    }

    [Fact]
    public void an_adopted_task_that_can_not_be_asked_about_is_waited_for_like_any_other()
    {
        var doubt = new InDoubt(Some.Intent, null, Some.Problem, Some.Noon);
        var adopted = GenerationMachine.Follow(Some.Generation(doubt), new Command.Adopt("tester", Some.Operation), Some.Noon)!.State;
        At(Asked(adopted, Refused(ProviderFaultCode.Transient), from: 0, to: 9), Ready, hours: 9.1).ShouldBeOfType<Fetching>();
    }

    [Fact]
    public void waiting_in_the_providers_own_queue_is_no_time_of_rendering()
    {
        var waits = Asked(Accepted, Queued, from: 0, to: 19).ShouldBeOfType<GenerationState.Rendering>();
        var begun = Asked(waits, Runs, from: 19.1, to: 20.5).ShouldBeOfType<GenerationState.Rendering>();
        At(begun, Ready, hours: 21).ShouldBeOfType<Fetching>();
        Asked(begun, Runs, from: 20.6, to: 21.3).ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("render_too_long");
        Asked(waits, Queued, from: 19.1, to: 20.2).ShouldBeOfType<InDoubt>().Problem.Code.ShouldBe("render_too_long");
    }

    [Fact]
    public void a_queue_is_waited_in_for_as_long_as_a_render_where_that_may_take_longer() =>
        Asked(Accepted, Queued, from: 0, to: 22, Some.Rules() with { MaxRendering = TimeSpan.FromHours(23) }).ShouldBeOfType<GenerationState.Rendering>();
}
