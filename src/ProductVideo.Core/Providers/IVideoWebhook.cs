using ProductVideo.Webhooks;

namespace ProductVideo.Providers;

/// <summary>A provider that calls when a task has changed. What it says is a hint to ask now, never the truth.</summary>
public interface IVideoWebhook
{
    /// <summary>The headers that <see cref="Read"/> looks at; no others are kept with a delivery.</summary>
    IReadOnlyList<string> Headers { get; }

    /// <summary>Checks the signature over the raw body, and its time against <see cref="WebhookCall.ReceivedAt"/>.</summary>
    ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken);

    /// <summary>The <see cref="ProviderOperation.RemoteId"/> of the task that a verified call is about; null if it is about none.</summary>
    /// <exception cref="FormatException">The body is not what the provider sends.</exception>
    /// <exception cref="System.Text.Json.JsonException">The body is not what the provider sends.</exception>
    string? Read(WebhookCall call);
}
