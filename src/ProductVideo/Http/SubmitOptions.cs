using ProductVideo.Hosting;

namespace ProductVideo.Http;

/// <summary>Times of paid requests. Bound from <c>ProductVideo:Submit</c>.</summary>
internal sealed class SubmitOptions
{
    /// <summary>
    /// From the first byte to the last of the answer. Longer where large pictures leave over a slow line; must end well before the lease, or
    /// another worker takes the row meanwhile.
    /// </summary>
    /// <value>30 s.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>For one connection including its encryption.</summary>
    /// <value>10 s.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer that are read; an answer to a start is an id.</summary>
    /// <value>1 MB.</value>
    public int MaxAnswerBytes { get; set; } = 1_000_000;

    internal IEnumerable<string> Mistakes() =>
    [
        .. SettingRules.Time("Submit:Timeout", Timeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        .. SettingRules.Time("Submit:ConnectTimeout", ConnectTimeout, TimeSpan.FromSeconds(1), Timeout),
        .. SettingRules.Number("Submit:MaxAnswerBytes", MaxAnswerBytes, 1_000, 100_000_000),
    ];
}
