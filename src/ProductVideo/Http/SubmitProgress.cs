namespace ProductVideo.Http;

/// <summary>
/// How much of one paid request was handed to the kernel, and whether more may be. Of a body that was cut off before its end no server can have
/// read the whole, so nothing came of it; one that was handed over whole may have been read, whatever came back.
/// </summary>
internal sealed class SubmitProgress
{
    private static readonly AsyncLocal<SubmitProgress?> Ambient = new();

    private readonly SubmitWindow? _window;
    private readonly Lock _gate = new();
    private long _handed;
    private bool _ended;

    private SubmitProgress(SubmitWindow? window) => _window = window;

    /// <summary>That of the request which is being sent; null outside of any.</summary>
    public static SubmitProgress? Current => Ambient.Value;

    /// <summary>Whether its window kept bytes back.</summary>
    public bool CameLate { get; private set; }

    /// <summary>Bytes since <see cref="BeginBody"/>: never fewer than those of the body, more by what wraps them.</summary>
    public long Handed
    {
        get
        {
            lock (_gate)
                return _handed;
        }
    }

    /// <summary>Follows what is sent from here on.</summary>
    public static SubmitProgress Begin(SubmitWindow? window) => Ambient.Value = new SubmitProgress(window);

    /// <summary>Called once: what went before made the connection, and is not counted.</summary>
    /// <exception cref="IOException">It is too late to begin.</exception>
    public void BeginBody()
    {
        lock (_gate)
        {
            _handed = 0;
            DemandTime();
        }
    }

    /// <summary>Takes note of bytes right before they go: only the first need the window, for what is on its way may come to its end within the claim.</summary>
    /// <exception cref="IOException">They may not go.</exception>
    public void Demand(int bytes)
    {
        lock (_gate)
        {
            if (_ended)
                throw new IOException("This request was given up.");
            DemandTime();
            _handed += bytes;
        }
    }

    /// <summary>Lets nothing more go.</summary>
    /// <param name="length">Of the body; null if that is not known.</param>
    /// <returns>
    /// Whether the body surely did not go whole. Where nothing was seen of it and nothing was kept back, it may have gone by a connection that does not tell.
    /// </returns>
    public bool EndsShort(long? length)
    {
        lock (_gate)
        {
            _ended = true;
            return _handed == 0 ? CameLate : _handed < length;
        }
    }

    private void DemandTime()
    {
        if (!(_handed == 0 ? _window is { IsOver: true } : _window is { IsShut: true }))
            return;
        CameLate = true;
        throw new IOException("This process slept after it had decided to send; it is too late to send now.");
    }
}
