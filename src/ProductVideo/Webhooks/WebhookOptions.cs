namespace ProductVideo.Webhooks;

/// <summary>Settings of the webhooks. Bound from the section <c>ProductVideo:Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>
    /// Exact <c>host:port</c> of the merchant's systems on this machine, for example <c>localhost:5005</c>: the only ones that may be told
    /// over plain http and at a loopback address.
    /// </summary>
    public IList<string> LoopbackAllowed { get; set; } = [];

    /// <summary>How long deliveries and events are kept: so long is a repeated delivery known, and an event can be sent again.</summary>
    /// <value>30 days.</value>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(30);
}
