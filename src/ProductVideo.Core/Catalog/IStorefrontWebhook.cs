using ProductVideo.Webhooks;

namespace ProductVideo.Catalog;

/// <summary>A shop that calls when something has changed there. What it says is a hint to look now, never the truth.</summary>
public interface IStorefrontWebhook
{
    /// <summary>The headers that <see cref="Read"/> looks at; no others are kept with a delivery.</summary>
    IReadOnlyList<string> Headers { get; }

    /// <summary>Checks the signature over the raw body, and its time where it has one against <see cref="WebhookCall.ReceivedAt"/>.</summary>
    ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken);

    /// <summary>What a verified call says.</summary>
    /// <exception cref="FormatException">The body is not what the shop sends.</exception>
    /// <exception cref="System.Text.Json.JsonException">The body is not what the shop sends.</exception>
    ShopNews Read(WebhookCall call);
}

/// <summary>What a shop told.</summary>
public abstract record ShopNews
{
    private ShopNews()
    {
    }

    /// <summary>These products were made or changed; they may be read again.</summary>
    public sealed record ProductsChanged(IReadOnlyList<string> ProductIds) : ShopNews;

    /// <summary>These products are gone.</summary>
    public sealed record ProductsRemoved(IReadOnlyList<string> ProductIds) : ShopNews;

    /// <summary>The merchant took our app or our access away.</summary>
    public sealed record Uninstalled : ShopNews;

    /// <summary>Nothing that concerns us.</summary>
    /// <param name="Topic">As the shop calls it.</param>
    public sealed record Other(string Topic) : ShopNews;
}
