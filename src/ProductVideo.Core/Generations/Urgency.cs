using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

/// <summary>What goes first of all that is due: bringing finished clips home, then whatever is lost soonest.</summary>
internal static class Urgency
{
    /// <summary>Below are finished clips; above every deadline of theirs, those of all else.</summary>
    public const long NoClipYet = 4_000_000_000_000_000_000;

    /// <summary>From here on: what nobody waits for and was not sent yet. No deadline's ticks reach from one of these to the next.</summary>
    public const long Background = 6_000_000_000_000_000_000;

    /// <summary>A number that orders generations: the lower, the sooner.</summary>
    public static long Of(Generation generation) => generation.State switch
    {
        Fetching fetching => (fetching.DiesAt ?? fetching.Since + UnknownLife).UtcTicks,
        // Its clip is ready too; only a fresh address is asked for.
        Rendering { FetchingSince: { } since } => (since + UnknownLife).UtcTicks,
        Rendering rendering => NoClipYet + (rendering.Since + UnknownLife).UtcTicks,
        Submitting submitting => NoClipYet + (submitting.Intent.Since + UnknownLife).UtcTicks,
        Publishing publishing => NoClipYet + (publishing.Since + ShopPatience).UtcTicks,
        Planned when generation.Order.IsInBackground => Background + (generation.CreatedAt + ShopPatience).UtcTicks,
        _ => NoClipYet + (generation.CreatedAt + ShopPatience).UtcTicks,
    };

    /// <summary>What providers keep results for where they say nothing: a day, most of them.</summary>
    private static readonly TimeSpan UnknownLife = TimeSpan.FromHours(24);

    /// <summary>Nothing dies at a shop or in our own queue.</summary>
    private static readonly TimeSpan ShopPatience = TimeSpan.FromHours(72);
}
