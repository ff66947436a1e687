using ProductVideo.Generations;

namespace ProductVideo.Data;

/// <summary>
/// Something that belongs to a generation's change of state and is written in the same transaction: both are there afterwards, or neither.
/// </summary>
internal interface IWrittenTogether
{
    /// <summary>Writes through <paramref name="db"/>, whose transaction is open. What it throws undoes the change of state too.</summary>
    /// <param name="db">The open transaction's.</param>
    /// <param name="before">Null for a new generation.</param>
    /// <param name="after">As it is written.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken);

    /// <summary>
    /// Asked in the transaction that is about to write many changes: which of them may not be written, and what <see cref="WriteAsync"/>
    /// would throw for each. Those are left out, and the others lose nothing by them.
    /// </summary>
    /// <returns>By generation; empty where all may be written.</returns>
    Task<IReadOnlyDictionary<Guid, Exception>> ScreenAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, Exception>>(new Dictionary<Guid, Exception>());

    /// <summary>Writes for many changes in one transaction what <see cref="WriteAsync"/> writes for one. What it throws undoes them all.</summary>
    async Task WriteManyAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
            await WriteAsync(db, change.Before, change.After, cancellationToken);
    }
}

/// <param name="Before">As it was read.</param>
/// <param name="After">As it is written.</param>
internal sealed record GenerationChange(Generation Before, Generation After);
