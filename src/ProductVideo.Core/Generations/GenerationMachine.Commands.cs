using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

internal static partial class GenerationMachine
{
    /// <summary>What a shop was sent and did not answer in time may come onto the listing so much later; it is looked for only then.</summary>
    internal static readonly TimeSpan LateArrival = TimeSpan.FromMinutes(5);

    /// <summary>What a person's command makes of the generation; null if it can't be followed in this state.</summary>
    public static Generation? Follow(Generation generation, Command command, DateTimeOffset now) => (generation.State, command) switch
    {
        (AwaitingReview review, Command.Approve approve) =>
            Move(generation, Publish(generation, review.Clip, approve, now), now),
        // A clip that is there and was paid for needs no second order to come onto its listing.
        (Failed { Clip: { } clip, Handover: null }, Command.Approve approve) => Move(generation, Publish(generation, clip, approve, now), now),
        (Withdrawn withdrawn, Command.Approve approve) => Move(generation, Publish(generation, withdrawn.Clip, approve, now), now),
        (AwaitingReview review, Command.Reject reject) => Move(generation, new Rejected(review.Clip, reject.By, reject.Reason), dueAt: null),
        (AwaitingReview review, Command.Cancel { MayReject: true } cancel) => Move(generation, new Rejected(review.Clip, cancel.By, "Cancelled."), dueAt: null),
        (Planned or Submitting or Rendering or Fetching or Failed { Handover: not null }, Command.Cancel cancel) =>
            generation with { CancelRequestedBy = generation.CancelRequestedBy ?? cancel.By },
        (Published published, Command.Withdraw withdraw) =>
            Move(generation, new Withdrawing(published.Clip, published.AttachKey, withdraw.By, now, withdraw.ReplacedBy), now),
        // A shop may make it wait as long as it likes. A try that failed may have put it there all the same, or its request may still be at work.
        (Publishing { LastProblem: not null } waiting, Command.Withdraw { ReplacedBy: null } withdraw) =>
            Move(generation, new Withdrawing(waiting.Clip, waiting.AttachKey, withdraw.By, now, Unpublished: true), now + LateArrival),
        (InDoubt doubt, Command.Adopt adopt) => Move(generation, new Rendering(adopt.Operation, now, Adopted: true, Doubt: doubt, Price: doubt.Price ?? doubt.Intent?.Price), now),
        (InDoubt doubt, Command.GiveUp giveUp) => Move(
            generation,
            new Failed(new Problem(
                Problem.GivenUp, $"{giveUp.By} gave up on this video. What the provider may have charged counts as spent.", doubt.Problem.OperatorText),
                Charged: true),
            dueAt: null),
        // For a shop that is gone for good; else its last clip would be tried for ever, and keep it from being disconnected.
        (Withdrawing { LastProblem: { } met } withdrawing, Command.GiveUp giveUp) => Move(
            generation,
            new Failed(
                new Problem("maybe_on_listing", $"{giveUp.By} ended the tries to take this video off its listing. It may still be there: look at the listing.", met.OperatorText),
                withdrawing.Clip),
            dueAt: null),
        _ => null,
    };

    /// <summary>Whether a person may ask for a new attempt.</summary>
    public static bool MayRetry(Generation generation) => generation.State is Failed { Handover: null } or Rejected or Cancelled or Withdrawn or InDoubt;

    /// <summary>One clip on one product has one key, however often it is published.</summary>
    public static string AttachKeyOf(Generation generation) => $"pv-{generation.Id:n}";

    private static Publishing Publish(Generation generation, Clips.Clip clip, Command.Approve approve, DateTimeOffset now) => new(
        clip, AttachKeyOf(generation), approve.By, now, KeepEarlier: approve.KeepEarlier ?? generation.Order.Wishes.KeepEarlier);

    /// <summary>A person's decision replaces an earlier wish to cancel.</summary>
    private static Generation Move(Generation generation, GenerationState state, DateTimeOffset? dueAt) =>
        generation with { State = state, DueAt = dueAt, CancelRequestedBy = null };
}
