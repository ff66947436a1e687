using ProductVideo.Generations;

namespace ProductVideo.Data;

/// <summary>
/// Something that belongs to a generation's change of state and is written in the same transaction: both are there afterwards, or neither.
/// </summary>
public interface IWrittenTogether
{
    /// <summary>Writes through <paramref name="db"/>, whose transaction is open. What it throws undoes the change of state too.</summary>
    /// <param name="db">The open transaction's.</param>
    /// <param name="before">Null for a new generation.</param>
    /// <param name="after">As it is written.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken);
}
