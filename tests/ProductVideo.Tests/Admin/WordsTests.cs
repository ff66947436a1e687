using System.Text.Json.Serialization;
using System.Xml.Linq;
using ProductVideo.Admin;
using ProductVideo.Admin.Spending;
using ProductVideo.Api;
using ProductVideo.Generations;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class WordsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void every_state_that_can_be_stored_has_a_word_of_its_own()
    {
        var stored = typeof(GenerationState).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false)
            .Cast<JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType.Name);

        Words.States.Select(known => known.State).ShouldBe(stored, ignoreOrder: true);
        Words.States.Select(known => known.Label).ShouldBeUnique();
    }

    [Fact]
    public void every_note_on_a_move_of_money_has_words_of_its_own_and_stands_in_the_description_of_the_api()
    {
        var notes = typeof(MoneyNotes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        notes.Select(SpendingWords.NoteOf).ShouldAllBe(words => !string.IsNullOrEmpty(words));
        notes.Select(SpendingWords.NoteOf).ShouldBeUnique();

        var described = XDocument.Load(Path.ChangeExtension(typeof(SpendAnswer).Assembly.Location, "xml")).Descendants("member")
            .Single(member => (string?)member.Attribute("name") == "T:ProductVideo.Api.SpendAnswer").Elements("param").Single(param => (string?)param.Attribute("name") == "Note").Value;
        notes.ShouldAllBe(note => described.Contains(note));
    }

    [Theory]
    [InlineData(10, "just now")]
    [InlineData(60, "a minute ago")]
    [InlineData(130, "2 minutes ago")]
    [InlineData(3_590, "an hour ago")]
    [InlineData(7_200, "2 hours ago")]
    [InlineData(100_000, "yesterday")]
    [InlineData(400_000, "5 days ago")]
    [InlineData(4_000_000, "7 October 2026")]
    [InlineData(-5, "just now")]
    public void a_time_is_told_as_a_person_would(int secondsAgo, string expected) =>
        Words.Ago(Now.AddSeconds(-secondsAgo), Now).ShouldBe(expected);

    [Theory]
    [InlineData(10, "in a moment")]
    [InlineData(50, "in 1 minute")]
    [InlineData(89, "in 1 minute")]
    [InlineData(110, "in 2 minutes")]
    [InlineData(7_200, "in 2 hours")]
    public void a_time_to_come_is_told_as_a_person_would(int seconds, string expected) =>
        ProductVideo.Admin.Webhooks.EventWords.In(Now.AddSeconds(seconds), Now).ShouldBe(expected);

    [Theory]
    [InlineData("ann", "ann", "you")]
    [InlineData("ann", "bo", "ann")]
    [InlineData("operator", "operator", "somebody signed in here")]
    [InlineData(null, "operator", "somebody")]
    public void you_is_said_only_of_who_surely_did_it(string? name, string visitor, string expected) => Words.Who(name, visitor).ShouldBe(expected);

    [Fact]
    public void what_costs_nothing_is_free_and_all_else_has_its_price()
    {
        Words.Price(Money.Zero("EUR")).ShouldBe("Free");
        Words.Price(new Money(0.7m, "USD")).ShouldBe("$0.70");
    }

    [Fact]
    public void a_lost_submit_is_in_doubt_at_the_order_and_a_lost_render_while_it_is_made()
    {
        var problem = new Problem("x", "x", "x");
        Words.StepOf(new GenerationState.InDoubt(Intent: null, Operation: null, problem, Now)).ShouldBe(0);
        Words.StepOf(new GenerationState.InDoubt(Intent: null, new("task"), problem, Now)).ShouldBe(1);
    }

    [Fact]
    public void steps_never_go_back_along_the_way_to_the_listing()
    {
        var clip = Clip();
        GenerationState[] way =
        [
            new GenerationState.Planned(), new GenerationState.Submitting(new("nonce", Now)), new GenerationState.Rendering(new("task"), Now),
            new GenerationState.Fetching(new("task"), [], ReportedCost: null, Now), new GenerationState.AwaitingReview(clip),
            new GenerationState.Publishing(clip, "key", "merchant", Now), new GenerationState.Published(clip, "key", "media", ListingUrl: null, Now),
        ];

        var steps = way.Select(Words.StepOf).ToList();

        steps.ShouldBe(steps.Order());
        steps[^1].ShouldBe(Words.Steps.Count - 1);
    }

    internal static ProductVideo.Clips.Clip Clip() => new()
    {
        BlobKey = "clip.mp4", PosterKey = "poster.jpg", Length = 1_500_000, Sha256 = "aa", Seconds = 5, Width = 320, Height = 320,
        AltText = "A video of the mug", MadeAt = Now, Checks = [new("length", Passed: true, "5 s, ordered 5 s")],
    };
}
