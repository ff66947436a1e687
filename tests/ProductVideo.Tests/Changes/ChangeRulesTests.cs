using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Changes;

public sealed class ChangeRulesTests
{
    private static readonly MadeFrom Before = new()
    {
        Version = "1", Pictures = [new("front", "aa"), new("back", "bb")], Text = "text", Template = "turntable@1", Brand = "brand",
    };

    private static readonly ChangePolicy Remake = new() { OnChange = OnChange.Remake };

    private static readonly Generation Clip = Some.Generation(new Published(Some.Clip, "key", "media", null, Some.Noon));

    [Fact]
    public void every_part_has_its_reason_and_the_version_is_none()
    {
        Of(Before with { Version = "2" }).ShouldBeEmpty();
        Of(Before with { Text = "other" }).ShouldBe([ChangeReason.Text]);
        Of(Before with { Template = "turntable@2" }).ShouldBe([ChangeReason.Template]);
        Of(Before with { Brand = "other" }).ShouldBe([ChangeReason.Brand]);
        Of(Before with { Pictures = [Before.Pictures[1], Before.Pictures[0]] }).ShouldBe([ChangeReason.Pictures]);
        Of(Before with { Pictures = [new("front", "cc"), Before.Pictures[1]] }).ShouldBe([ChangeReason.Pictures]);
        Of(Before with { Pictures = [Before.Pictures[0]] }).ShouldBe([ChangeReason.Pictures, ChangeReason.RemovedPicture]);
        Of(Before with { Pictures = [new("front-2", "aa"), Before.Pictures[1]] }).ShouldBeEmpty("the same bytes under another id are the same picture");
    }

    [Fact]
    public void the_hash_tells_pictures_and_words_and_neither_version_nor_style()
    {
        var hash = Before.Hash();
        (Before with { Version = "2", Template = "x", Brand = "x" }).Hash().ShouldBe(hash, "an edited template would order anew what was dealt with");
        new[] { Before with { Text = "x" }, Before with { Pictures = [] } }.Select(other => other.Hash()).ShouldNotContain(hash);
        hash.Length.ShouldBe(64);
    }

    [Fact]
    public void a_clip_is_remade_only_where_nothing_speaks_against_it()
    {
        Decide().ShouldBe(RemakeDecision.Order);
        Decide(policy: ChangePolicy.Default).ShouldBe(RemakeDecision.NotWanted);
        Decide(reasons: [ChangeReason.Template, ChangeReason.Brand]).ShouldBe(RemakeDecision.NotWanted, "else an edited template would order the whole shop anew");
        Decide(reasons: [ChangeReason.Template, ChangeReason.Text]).ShouldBe(RemakeDecision.NotWanted, "another style may use other words");
        Decide(reasons: [ChangeReason.Pictures, ChangeReason.Brand]).ShouldBe(RemakeDecision.NotWanted);
        Decide(reasons: [ChangeReason.RemovedPicture, ChangeReason.Template]).ShouldBe(RemakeDecision.Order);
        Decide(others: [Clip, Some.Generation(new AwaitingReview(Some.Clip))]).ShouldBe(RemakeDecision.NotNow);
        Decide(others: [Clip, Some.Generation(new InDoubt(null, null, Some.Problem, Some.Noon))]).ShouldBe(RemakeDecision.NotNow, "it may have been paid");
        Decide(clip: Some.Generation(new AwaitingReview(Some.Clip))).ShouldBe(RemakeDecision.NotNow);
        Decide(isListed: false).ShouldBe(RemakeDecision.NotListed);
        Decide(clip: Clip with { Order = Clip.Order with { Wishes = new VideoWishes { ChangeOf = Guid.NewGuid() } } }).ShouldBe(RemakeDecision.ByHand);
        Decide(triedFor: "now").ShouldBe(RemakeDecision.TriedBefore);
        Decide(triedFor: "before").ShouldBe(RemakeDecision.Order);
    }

    [Theory]
    [MemberData(nameof(Vain))]
    public void what_ended_in_vain_for_these_inputs_is_not_ordered_again(GenerationState state)
    {
        var other = Some.Generation(state);
        other = other with { Order = other.Order with { MadeFrom = Before } };
        Decide(others: [Clip, other], now: Before.Hash()).ShouldBe(RemakeDecision.TriedBefore);
        Decide(others: [Clip, other], now: (Before with { Text = "other" }).Hash()).ShouldBe(RemakeDecision.Order);
    }

    public static TheoryData<GenerationState> Vain() =>
        [new Failed(Some.Problem), new Rejected(Some.Clip, "tester", null), new Cancelled("tester"), new Withdrawn(Some.Clip, "tester", Some.Noon)];

    [Fact]
    public void the_recipe_keeps_what_was_chosen_and_drops_the_pictures_that_left()
    {
        var order = Clip.Order with
        {
            Wishes = new VideoWishes { ImageIds = ["front", "back"], LastImageId = "back", AutoApprove = true, KeepEarlier = true, Again = true, Wish = "Slowly.", ShowPrice = true },
        };
        var wishes = Recipe.Of(order, ["front"]);
        wishes.ImageIds.ShouldBe(["front"]);
        (wishes.LastImageId, wishes.AutoApprove, wishes.KeepEarlier, wishes.Again).ShouldBe((null, false, false, false));
        (wishes.Template, wishes.Aspect, wishes.Seconds, wishes.Wish, wishes.ShowPrice).ShouldBe(("turntable", "1:1", 5, "Slowly.", true));
        (wishes.Provider, wishes.Model).ShouldBe((null, null), "the shop's list chooses, as it did");
        Recipe.Of(order, ["new"]).ImageIds.ShouldBeNull("the gallery's own are taken where none is left");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 16)]
    [InlineData(50, 360)]
    public void waits_grow_to_six_hours(int tries, int minutes) => Patience.After(tries).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Fact]
    public void wrong_settings_are_named_all_at_once()
    {
        new ChangesOptions { ScanEvery = TimeSpan.Zero, ProductsPerMinute = 0, Latest = TimeSpan.FromMinutes(1) }.Mistakes().Count().ShouldBe(3);
        // Six hours that were written as 6, and so on.
        new ChangesOptions { ScanEvery = TimeSpan.FromDays(6), Quiet = TimeSpan.FromDays(2), Latest = TimeSpan.FromDays(15) }.Mistakes().Count().ShouldBe(3);
    }

    private static IReadOnlyList<ChangeReason> Of(MadeFrom now) => ChangeReasons.Of(Before, now, now.Pictures);

    private static RemakeDecision Decide(
        ChangePolicy? policy = null, ChangeReason[]? reasons = null, Generation? clip = null, Generation[]? others = null, string now = "now", string? triedFor = null,
        bool isListed = true) => Remaking.Decide(policy ?? Remake, reasons ?? [ChangeReason.Text], clip ?? Clip, others ?? [Clip], now, triedFor, isListed);
}
