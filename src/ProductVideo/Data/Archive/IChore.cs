namespace ProductVideo.Data.Archive;

/// <summary>Something that grows for ever if nobody clears it up. Done bit by bit, and by one process at a time.</summary>
internal interface IChore
{
    /// <summary>Its row's key.</summary>
    string Name { get; }

    /// <summary>How long after its end it begins again.</summary>
    TimeSpan Every { get; }

    /// <summary>Does a little, in one short transaction. Safe to be done twice.</summary>
    /// <param name="from">What the last call of this round gave; null at its beginning.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Where to go on; null at the end of the round.</returns>
    Task<long?> DoSomeAsync(long? from, CancellationToken cancellationToken);
}
