using ProductVideo.Spending;
using static ProductVideo.Generations.GenerationState;

namespace ProductVideo.Generations;

internal static partial class GenerationMachine
{
    /// <summary>
    /// Where an order ends without a clip and somebody can stand in, that is tried before it rests. Not for a fault of this server: any other
    /// provider's clip needs the same disk, storage and programs.
    /// </summary>
    private static Next HandOver(Generation generation, Next next, DateTimeOffset now) =>
        next.State is Failed { Clip: null, Problem.IsOfServer: false } failed && generation is { State: not Failed, Order.StandIns: not null, CancelRequestedBy: null }
            ? new Next(failed with { Handover = new Handover(now, MayHavePaid(generation, failed)) }, now)
            : next;

    /// <summary>What is true of an order that waits for an account that only a person can open: nothing was sent for it, so another provider may.</summary>
    /// <returns>null where it waits on.</returns>
    public static Next? HandOver(Generation generation, Problem problem, DateTimeOffset now) =>
        generation is { State: Planned { MaybeSent: false }, Order.StandIns: not null, CancelRequestedBy: null }
            ? new Next(new Failed(problem, Handover: new Handover(now, MayHavePaid: false)), now) : null;

    /// <summary>A clip that was ready once was charged for then, whatever became of its bytes.</summary>
    private static bool MayHavePaid(Generation generation, Failed failed) =>
        failed.Cost is { } told ? told.Amount > 0 : failed.Charged || generation.State is Rendering { FetchingSince: not null }
        || MoneyMoves.IsCharged(generation.State, failed.Problem, generation.Order.Billing);

    private static Next NotHandedOver(Failed failed, Handover handover, Answer.NotHandedOver not, DateTimeOffset now, MachineRules rules) =>
        not.MayPass && now - handover.Since < rules.MaxWaiting
            ? new Next(failed, now + Backoff(handover.Tries))
            : Done(failed with { Handover = null, Unfollowed = not.Problem });
}
