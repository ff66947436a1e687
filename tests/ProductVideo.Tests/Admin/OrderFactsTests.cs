using Bunit;
using ProductVideo.Admin.Videos;
using ProductVideo.Generations;
using ProductVideo.Spending;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class OrderFactsTests : AdminPages
{
    private static readonly Problem Refused = new("content_refused", "It refuses these pictures.", "moderation");

    [Fact]
    public async Task what_ended_without_a_clip_says_what_was_charged_and_nothing_of_shoppers()
    {
        foreach (var ended in new GenerationState[] { new GenerationState.Failed(Refused), new GenerationState.Cancelled("merchant") })
        {
            var facts = Show(await InAsync(ended));
            facts.Find("[data-testid=cost]").TextContent.ShouldBe("Nothing");
            facts.Markup.ShouldNotContain("Made with AI");
            facts.Markup.ShouldContain("$0.70 (estimated)");
        }

        var charged = await InAsync(new GenerationState.Failed(Refused, Charged: true, Cost: new Money(0.70m, "USD")));
        var told = Show(charged with { Cost = new Money(0.70m, "USD") });
        told.Find("[data-testid=cost]").TextContent.ShouldBe("$0.70");
        told.Markup.ShouldContain("<dt>Charged</dt>");
    }

    [Fact]
    public async Task what_may_have_been_charged_is_said_to_count_as_spent()
    {
        foreach (var ended in new GenerationState[] { new GenerationState.Failed(Refused, Charged: true), new GenerationState.Cancelled("merchant", Charged: true) })
            Show(await InAsync(ended) with { Cost = new Money(0.70m, "USD") }).Markup.ShouldContain("<dt>Counts as spent</dt>");
    }

    [Fact]
    public async Task what_is_free_is_not_estimated()
    {
        var cancelled = await InAsync(new GenerationState.Cancelled("merchant"));
        var free = cancelled with { Order = cancelled.Order with { Price = cancelled.Order.Price with { Amount = Money.Zero("USD") } } };
        Show(free).Markup.ShouldNotContain("(estimated)");
    }

    [Fact]
    public async Task shoppers_read_of_a_clip_that_is_there_or_is_to_come()
    {
        foreach (var state in new GenerationState[] { new GenerationState.Planned(), new GenerationState.AwaitingReview(WordsTests.Clip()), new GenerationState.Failed(Refused, WordsTests.Clip()) })
            Show(await InAsync(state)).Markup.ShouldContain("Made with AI");
        Show(await InAsync(new GenerationState.Planned())).FindAll("[data-testid=cost]").ShouldBeEmpty();
    }

    private IRenderedComponent<OrderFacts> Show(Generation video) => Render<OrderFacts>(with => with.Add(facts => facts.Video, video));
}
