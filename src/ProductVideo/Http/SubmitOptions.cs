namespace ProductVideo.Http;

/// <summary>Times of paid requests. Bound from <c>ProductVideo:Submit</c>.</summary>
public sealed class SubmitOptions
{
    /// <summary>From the first byte to the last of the answer. Must end well before the lease, or another worker takes the row meanwhile.</summary>
    /// <value>30 s.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For one connection including its encryption.</summary>
    /// <value>10 s.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer that are read; an answer to a start is an id.</summary>
    /// <value>1 MB.</value>
    public int MaxAnswerBytes { get; set; } = 1_000_000;
}
