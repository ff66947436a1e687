using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Pipeline;

public sealed class SightingTests
{
    private static Sighting Of(FindOutcome outcome, double hours = 1) => Sighting.Of(
        outcome, new GenerationState.InDoubt(Some.Intent, null, Some.Problem, Some.Noon), Some.Noon.AddHours(hours), Some.Rules() with { ResultLifetime = TimeSpan.FromHours(24) });

    [Fact]
    public void a_task_that_bears_our_mark_is_certain_and_one_of_the_same_words_is_not()
    {
        var marked = Of(new FindOutcome.Found(Some.Operation));
        (marked.Certain, marked.Tasks.ShouldHaveSingleItem().RemoteId).ShouldBe((true, Some.Operation.RemoteId));
        var alike = Of(new FindOutcome.Found(Some.Operation, ByRequest: true));
        (alike.Certain, alike.Tasks.ShouldHaveSingleItem().RemoteId).ShouldBe((false, Some.Operation.RemoteId));
        alike.Text.ShouldContain("Compare it at the provider");
    }

    [Theory]
    [InlineData(1, "most likely never made")]
    [InlineData(24, "most likely never made")]
    [InlineData(24.1, "may have been made and charged")]
    [InlineData(60, "may have been made and charged")]
    public void nothing_there_says_little_once_the_provider_may_have_forgotten(double hours, string text) =>
        Of(new FindOutcome.Absent(), hours).Text.ShouldContain(text);

    [Theory]
    [InlineData(24, "lacks videos that it surely made")]
    [InlineData(24.1, "no longer shows what is this old")]
    public void what_is_known_and_not_there_says_less_about_the_list_once_the_provider_may_have_forgotten(double hours, string text) =>
        Of(new FindOutcome.Blind(["task-1"]), hours).Text.ShouldContain(text);

    [Fact]
    public void what_can_not_be_told_yet_is_not_what_can_not_be_looked_for()
    {
        Of(new FindOutcome.Blind(["task-1"])).Text.ShouldContain("does not tell whether this one was made");
        Of(new FindOutcome.CannotTell(TimeSpan.FromSeconds(30))).Text.ShouldContain("Look again");
        Of(new FindOutcome.CannotTell(Wait: null)).Text.ShouldContain("no way to look");
        Of(new FindOutcome.CannotTell(Wait: null, Some.Fault(ProviderFaultCode.Transient))).Text.ShouldContain("could not be asked: merchant");
    }

    [Theory]
    [InlineData("render_too_long", true)]
    [InlineData("render_unheard", true)]
    [InlineData(Problem.TaskOfAnother, false)]
    [InlineData(Problem.TaskTaken, false)]
    public void a_known_task_that_is_finished_can_be_adopted_and_is_certain_unless_it_may_be_anothers(string code, bool certain)
    {
        var seen = OfTask(new CheckOutcome.Ready([]), code);
        (seen.Certain, seen.Tasks.ShouldHaveSingleItem().ToOperation()).ShouldBe((certain, Some.Operation));
        seen.Text.ShouldContain(certain ? "Adopt it: it is paid for already" : "Compare it at the provider");
    }

    [Fact]
    public void a_known_task_whose_record_names_another_order_is_not_certain() =>
        OfTask(new CheckOutcome.Ready([], Echo: new OrderEcho(IntentNonce.Of(Guid.NewGuid(), lostBefore: 0)))).Certain.ShouldBeFalse();

    [Fact]
    public void a_known_task_is_told_as_it_stands()
    {
        OfTask(new CheckOutcome.Pending(TimeSpan.FromSeconds(9))).Text.ShouldContain("still making this video");
        OfTask(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.TaskFailed))).Text.ShouldStartWith("The task has ended without a clip: merchant");
        foreach (var code in (ProviderFaultCode[])[ProviderFaultCode.Transient, ProviderFaultCode.Unauthorised, ProviderFaultCode.Protocol])
        {
            var unasked = OfTask(new CheckOutcome.Refused(Some.Fault(code)));
            (unasked.Certain, unasked.Tasks.Count, unasked.Text).ShouldBe((false, 1, "The provider could not be asked: merchant"));
        }

        var gone = OfTask(new CheckOutcome.Refused(Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        gone.Tasks.ShouldBeEmpty();
        gone.Text.ShouldContain("no longer knows");
    }

    [Fact]
    public void a_task_that_its_provider_does_not_show_for_now_is_neither_certain_nor_being_made()
    {
        var unseen = OfTask(new CheckOutcome.Pending(TimeSpan.FromSeconds(9), Fault: Some.Fault(ProviderFaultCode.NotFoundOrExpired)));
        (unseen.Certain, unseen.Tasks.ShouldHaveSingleItem().ToOperation()).ShouldBe((false, Some.Operation));
        unseen.Text.ShouldStartWith("The provider does not show this task at the moment");
        OfTask(new CheckOutcome.Pending(TimeSpan.FromSeconds(9), Fault: Some.Fault(ProviderFaultCode.Transient))).Text.ShouldContain("still making this video");
    }

    private static Sighting OfTask(CheckOutcome outcome, string code = "render_too_long") => Sighting.Of(
        outcome, Some.Generation(new GenerationState.InDoubt(Intent: null, Some.Operation, Some.Problem with { Code = code }, Some.Noon)), Some.Operation);
}
