using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Generations;

public sealed class UrgencyLaneTests
{
    private static Generation Planned(GenerationOrigin origin, DateTimeOffset created)
    {
        var generation = Some.Generation(new GenerationState.Planned()) with { CreatedAt = created };
        return generation with { Order = generation.Order with { Origin = origin } };
    }

    [Theory]
    [InlineData(GenerationOrigin.Click)]
    [InlineData(GenerationOrigin.Api)]
    [InlineData(GenerationOrigin.CommandLine)]
    [InlineData(GenerationOrigin.Regeneration)]
    public void an_unsent_order_of_a_backfill_comes_after_all_others_however_old_it_is(GenerationOrigin origin) =>
        Urgency.Of(Planned(GenerationOrigin.Backfill, Some.Noon.AddYears(-5))).ShouldBeGreaterThan(Urgency.Of(Planned(origin, Some.Noon.AddYears(100))));

    [Fact]
    public void among_themselves_the_older_order_of_a_backfill_comes_first() =>
        Urgency.Of(Planned(GenerationOrigin.Backfill, Some.Noon)).ShouldBeLessThan(Urgency.Of(Planned(GenerationOrigin.Backfill, Some.Noon.AddTicks(1))));

    [Fact]
    public void once_sent_it_is_as_urgent_as_any_other()
    {
        var sent = Planned(GenerationOrigin.Backfill, Some.Noon) with { State = new GenerationState.Rendering(Some.Operation, Some.Noon) };
        Urgency.Of(sent).ShouldBe(Urgency.Of(sent with { Order = sent.Order with { Origin = GenerationOrigin.Click } }));
    }
}
