namespace ProductVideo.Providers;

/// <summary>What may be believed of the times that a provider tells.</summary>
public static class ProviderClock
{
    /// <summary>
    /// How far the provider's clock may be from ours when a lost task is looked for by its time. A machine whose clock is not kept right drifts
    /// by minutes. Too narrow, and a task that exists is taken for absent and paid for again; too wide, and a person is asked once more.
    /// </summary>
    /// <value>15 minutes.</value>
    public static TimeSpan Skew { get; } = TimeSpan.FromMinutes(15);
}
