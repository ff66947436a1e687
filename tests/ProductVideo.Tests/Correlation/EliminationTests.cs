using ProductVideo.Correlation;
using ProductVideo.Providers;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Correlation;

public sealed class EliminationTests
{
    private static readonly DateTimeOffset Now = Some.Noon.AddMinutes(3);

    /// <summary>Tasks by the second after the intent, written <c>id@second</c>.</summary>
    private static FindOutcome Decide(string listed, string held = "", bool exclusive = true, int rivals = 0) => Elimination.Decide(
        Some.Intent,
        new Elimination.Seen(
            [.. Words(listed).Select(word => word.Split('@')).Select(p => new RemoteTask(p[0], Some.Noon.AddSeconds(int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture))))],
            Words(held).ToHashSet(StringComparer.Ordinal), exclusive, rivals),
        Now);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [Theory]
    [InlineData("a@1", "", "a")]
    [InlineData("a@1 b@2", "b", "a")]
    [InlineData("a@-899 b@-901", "", "a")]
    [InlineData("a@1080 b@1081", "", "a")]
    [InlineData("a@1 a@1", "", "a")]
    public void the_only_task_that_nobody_holds_is_adopted(string listed, string held, string task) =>
        Decide(listed, held).ShouldBe(new FindOutcome.Found(new ProviderOperation(task)));

    [Theory]
    [InlineData("", "")]
    [InlineData("a@1", "a")]
    [InlineData("a@-950 b@1100", "")]
    public void no_task_that_can_be_ours_proves_it_lost(string listed, string held)
    {
        Decide(listed, held).ShouldBe(new FindOutcome.Absent());
        Decide(listed, held, exclusive: false, rivals: 3).ShouldBe(new FindOutcome.Absent());
    }

    [Theory]
    [InlineData(-60, "22:00")]
    [InlineData(3, "22:00")]
    [InlineData(7, "22:00")]
    [InlineData(600, "22:00")]
    public void what_was_begun_after_the_intent_can_have_made_its_task_is_not_looked_at(int minutes, string end)
    {
        var intent = Some.Intent with { Until = Some.Noon.AddMinutes(7) };
        var (from, to) = Elimination.Window(intent, Some.Noon.AddMinutes(minutes));
        (from, (to - Some.Noon).ToString("mm\\:ss", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe((Some.Noon.AddMinutes(-15), end));
    }

    [Theory]
    [InlineData(4, "01:00")]
    [InlineData(7, "04:00")]
    [InlineData(600, "04:00")]
    public void only_what_was_sent_within_the_window_and_has_settled_must_be_listed(int minutes, string end)
    {
        var (from, to) = Elimination.Shown(Some.Intent with { Until = Some.Noon.AddMinutes(7) }, Some.Noon.AddMinutes(minutes), TimeSpan.FromMinutes(3));
        (from, (to - Some.Noon).ToString("mm\\:ss", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe((Some.Noon.AddMinutes(-15), end));
    }

    [Fact]
    public void a_window_ends_after_it_begins_whatever_the_asking_machines_clock_says()
    {
        var (from, to) = Elimination.Window(Some.Intent, Some.Noon.AddMinutes(-40));
        (from, to).ShouldBe((Some.Noon.AddMinutes(-15), Some.Noon.AddMinutes(15)));
        Elimination.Window(Some.Intent, Some.Noon.AddHours(2)).To.ShouldBe(Some.Noon.AddHours(2).AddMinutes(15));
    }

    [Fact]
    public void two_tasks_are_named_and_neither_is_taken()
    {
        var several = Decide("late@9 early@2 held@3", "held").ShouldBeOfType<FindOutcome.Several>();
        several.Candidates.Select(task => task.RemoteId).ShouldBe(["early", "late"]);
        several.Why.ShouldContain("2 tasks");
    }

    [Theory]
    [InlineData(false, 0, "not declared exclusive")]
    [InlineData(true, 1, "1 other unproven")]
    [InlineData(false, 1, "not declared exclusive")]
    public void one_task_is_not_taken_where_something_else_can_have_made_it(bool exclusive, int rivals, string why) =>
        Decide("a@1", exclusive: exclusive, rivals: rivals).ShouldBeOfType<FindOutcome.Several>().Why.ShouldContain(why);

    [Fact]
    public void a_rival_sent_before_the_window_counts_for_as_long_as_a_list_settles() =>
        Elimination.Rivals(Some.Intent, TimeSpan.FromMinutes(3)).ShouldBe(Some.Noon.AddMinutes(-18));

    [Fact]
    public void the_handle_of_the_list_is_kept()
    {
        var handle = System.Text.Json.JsonDocument.Parse("{\"region\":\"eu\"}").RootElement;
        var seen = new Elimination.Seen([new RemoteTask("a", Some.Noon, handle)], new HashSet<string>(), Exclusive: true, Rivals: 0);
        Elimination.Decide(Some.Intent, seen, Now).ShouldBeOfType<FindOutcome.Found>().Operation.Handle.ShouldBe(handle);
    }
}
