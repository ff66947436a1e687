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

        var charged = await InAsync(new GenerationState.Failed(Refused, Charged: true));
        Show(charged with { Cost = new Money(0.70m, "USD") }).Find("[data-testid=cost]").TextContent.ShouldBe("$0.70");
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
