namespace ProductVideo.Chaos.Inside;

/// <summary>What fails around the worker without killing it; set from outside while it runs.</summary>
internal sealed class Weather
{
    private int _lost;

    /// <summary>No connection to the database can be opened.</summary>
    public bool DatabaseDown { get; set; }

    /// <summary>Of so many commits the next is made but not acknowledged; 0 for none.</summary>
    public int LostAcknowledgements { get; set; }

    public bool BlobsDown { get; set; }

    /// <summary>Whether the commit that was just made is to be one whose acknowledgement is lost.</summary>
    public bool LosesThis() => LostAcknowledgements > 0 && Interlocked.Increment(ref _lost) % LostAcknowledgements == 0;
}
