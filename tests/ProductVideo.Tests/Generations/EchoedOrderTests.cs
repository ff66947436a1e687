using ProductVideo.Generations;
using ProductVideo.Providers;
using Shouldly;
using Xunit;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Tests.Generations;

/// <summary>A task that was named for the wrong order never gets to a listing, as far as the provider's record tells.</summary>
public sealed class EchoedOrderTests
{
    private const string Prompt = "A slow turn around \"Café mug, blue\" on an oak table.\nSoft light.";

    private static GenerationState After(OrderEcho? echo, GenerationState.Rendering? rendering = null, Guid? id = null)
    {
        var generation = Some.Generation(rendering ?? new GenerationState.Rendering(Some.Operation, Some.Noon));
        generation = generation with
        {
            Id = id ?? generation.Id,
            Order = generation.Order with { ProductTitle = "Café mug, blue", Request = generation.Order.Request with { Prompt = Prompt } },
        };
        return GenerationMachine.Apply(generation, new Answer.Checked(new CheckOutcome.Ready([], Echo: echo)), Some.Noon, Some.Rules()).State;
    }

    [Fact]
    public void another_orders_name_stops_its_clip_and_says_so_to_a_person()
    {
        var doubt = After(new OrderEcho(IntentNonce.Of(Guid.NewGuid(), 0))).ShouldBeOfType<InDoubt>();
        doubt.Problem.Code.ShouldBe("task_of_another");
        doubt.Problem.OperatorText.ShouldContain(Some.Operation.RemoteId);
        doubt.Operation.ShouldBe(Some.Operation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void its_own_name_passes_the_one_after_a_lost_submit_too(int lostBefore)
    {
        var id = Guid.CreateVersion7();
        After(new OrderEcho(IntentNonce.Of(id, lostBefore)), id: id).ShouldBeOfType<Fetching>();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a-name-that-is-not-of-our-making")]
    [InlineData("0F9E8D7C")]
    public void a_name_that_is_none_of_ours_proves_nothing(string name) => After(new OrderEcho(name)).ShouldBeOfType<Fetching>();

    [Theory]
    [InlineData(Prompt)]
    [InlineData("")]
    [InlineData("A slow turn around \"Café mug")]
    [InlineData("A slow turn around &quot;Café mug, blue&quot; on an oak table. Soft light.")]
    [InlineData("a slow turn around ‘Cafe\u0301 mug, blue’ on an oak table. soft light.")]
    [InlineData(Prompt + " No text, no logos.")]
    [InlineData("A slow turn around \uD83D")]
    public void its_own_prompt_passes_however_it_was_spelt_on_its_way(string prompt) => After(new OrderEcho(Prompt: prompt)).ShouldBeOfType<Fetching>();

    [Fact]
    public void another_products_prompt_stops_its_clip() =>
        After(new OrderEcho(Prompt: Prompt.Replace("Café mug, blue", "Linen shirt", StringComparison.Ordinal))).ShouldBeOfType<InDoubt>();

    [Fact]
    public void the_name_counts_for_more_than_the_prompt()
    {
        var id = Guid.CreateVersion7();
        After(new OrderEcho(IntentNonce.Of(id, 0), "Rewritten by the provider."), id: id).ShouldBeOfType<Fetching>();
    }

    [Fact]
    public void what_a_person_adopted_is_not_doubted_again_and_nothing_repeated_is_no_doubt()
    {
        var adopted = GenerationMachine.Follow(
            Some.Generation(new InDoubt(null, Some.Operation, Some.Problem, Some.Noon)), new Command.Adopt("tester", Some.Operation), Some.Noon)!;
        After(new OrderEcho(IntentNonce.Of(Guid.NewGuid(), 0)), adopted.State.ShouldBeOfType<GenerationState.Rendering>()).ShouldBeOfType<Fetching>();
        After(echo: null).ShouldBeOfType<Fetching>();
    }
}
