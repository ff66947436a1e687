using ProductVideo.Spending;

namespace ProductVideo.Generations;

/// <summary>A request that can't be followed, told to the merchant and to the operator. Nothing was changed and nothing spent.</summary>
/// <param name="kind">Which kind of no.</param>
/// <param name="problem">Code and texts.</param>
/// <param name="field">The field of the request that it is about; null if none.</param>
/// <param name="inner">What was met.</param>
public sealed class RefusedException(RefusalKind kind, Problem problem, string? field = null, Exception? inner = null)
    : Exception(problem.OperatorText, inner)
{
    public RefusalKind Kind { get; } = kind;

    public Problem Problem { get; } = problem;

    public string? Field { get; } = field;

    /// <summary>What it costs now, where the refusal is about that.</summary>
    public IReadOnlyList<Money>? Prices { get; init; }

    /// <summary>What keeps somebody else from making it who may again later: no room in a cap, or that they get no orders now. null where nothing does.</summary>
    public Problem? Passing { get; private init; }

    /// <summary>The same refusal, where somebody else may make it later.</summary>
    /// <param name="passing">What keeps them from it now.</param>
    public RefusedException Until(Problem passing) => new(Kind, Problem, Field, this) { Prices = Prices, Passing = passing };
}

public enum RefusalKind
{
    /// <summary>What was asked for does not exist.</summary>
    NotFound,

    /// <summary>The request or the listing is wrong; a person must mend it.</summary>
    Invalid,

    /// <summary>The caller may not do it.</summary>
    Forbidden,

    /// <summary>It is not possible in the present state.</summary>
    Conflict,

    /// <summary>A cap on spending has no room for it.</summary>
    OverBudget,

    /// <summary>Something outside is not there now; the same request may succeed later.</summary>
    Unavailable,
}
