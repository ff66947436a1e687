using ProductVideo.Generations;

namespace ProductVideo.Accounts;

/// <summary>Nothing may be sent now. Thrown while the intent is being written, so that it is not written.</summary>
/// <param name="until">When to try again.</param>
/// <param name="problem">Why, for the merchant and the operator.</param>
internal sealed class NotNowException(DateTimeOffset until, Problem problem) : Exception(problem.OperatorText)
{
    public DateTimeOffset Until { get; } = until;

    public Problem Problem { get; } = problem;

    /// <summary>Whether many may wait for the same, so that each gets a turn of its own.</summary>
    public bool InTurn { get; init; }

    /// <summary>Whether it stays so until a person mends the account: whoever has another provider need not wait for that.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>Whether the account's breaker waits for a free call that tells how the account is.</summary>
    public bool ProbeDue { get; init; }
}
