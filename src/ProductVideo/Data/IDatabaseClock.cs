namespace ProductVideo.Data;

/// <summary>
/// The clock that decides what is due and whose lease has run out. Where several machines share a database it is the database's, so that
/// a machine whose own clock is wrong takes nothing from the others.
/// </summary>
/// <remarks>
/// Read right before the statement that uses it. A statement that comes late claims less and holds its claim for less time, never more.
/// </remarks>
internal interface IDatabaseClock
{
    Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken);

    /// <summary>The same, asked on a connection that is open already.</summary>
    Task<DateTimeOffset> NowAsync(ProductVideoDb db, CancellationToken cancellationToken) => NowAsync(cancellationToken);
}
