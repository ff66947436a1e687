using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts.WooCommerce;

/// <summary>
/// Makes the shop's webhooks, and switches those on again that WooCommerce switched off after failures. They are told by topic and address, so
/// one whose answer was lost is found. The shop never shows a webhook's secret; its name tells whether it still has ours.
/// </summary>
internal sealed class WooCommerceWebhooks(WooCommerceOptions options, WooCommerceApi api)
{
    private const string List = "wc/v3/webhooks";
    private const string OurName = "ProductVideo ";

    /// <summary>More is refused by the shop.</summary>
    private const int Most = 100;

    public static IReadOnlyList<string> Topics { get; } = ["product.created", "product.updated", "product.deleted", "product.restored"];

    /// <inheritdoc cref="IKeepWebhooks.KeepAsync"/>
    public async Task<IReadOnlyList<KeptWebhook>> KeepAsync(Uri deliveryAddress, CancellationToken cancellationToken)
    {
        if (options.WebhookSecret is not { } secret)
            return Lacking("Write a secret of your own choice into WebhookSecret; the webhooks are then made by themselves.");
        if (WooCommerceDelivery.Obstacle(deliveryAddress, options.Url!) is { } obstacle)
            return Lacking(obstacle);
        if (await ThereAsync(deliveryAddress, cancellationToken) is not { } there)
            return Lacking("Give the WordPress user the role Shop manager under Users, so that it may make webhooks. Until then changes are found by looking from time to time.");
        var kept = new List<KeptWebhook>();
        foreach (var topic in Topics)
            kept.Add(await KeepAsync(topic, [.. there.Where(webhook => webhook.Topic == topic)], deliveryAddress, secret, cancellationToken));
        return kept;
    }

    private async Task<KeptWebhook> KeepAsync(string topic, List<WooWebhook> there, Uri deliveryAddress, string secret, CancellationToken cancellationToken)
    {
        var name = NameOf(topic, secret);
        if (there.Count == 0)
        {
            await api.SendAsync<WooWebhook>(
                HttpMethod.Post, List, new { Name = name, Topic = topic, DeliveryUrl = deliveryAddress.AbsoluteUri, Secret = secret, Status = "active" }, cancellationToken);
            return new KeptWebhook(topic, WebhookUpkeep.Made);
        }

        var keep = there.Find(webhook => webhook.Name == name) ?? there[0];
        var surplus = there.FindAll(webhook => webhook.Id != keep.Id && webhook.Name?.StartsWith(OurName, StringComparison.Ordinal) is true);
        foreach (var webhook in surplus)
            await api.DeleteAsync(Path(webhook.Id) + "?force=true", gone: "woocommerce_rest_shop_webhook_invalid_id", cancellationToken);
        if (keep.Status is "paused")
            return new KeptWebhook(topic, WebhookUpkeep.Lacking, $"The webhook {topic} was paused in the shop. Set it to Active under WooCommerce → Settings → Advanced → Webhooks to have changes noticed at once.");
        if (keep.Status is "active" && keep.Name == name)
            return new KeptWebhook(topic, surplus.Count == 0 ? WebhookUpkeep.WasThere : WebhookUpkeep.Mended);
        await api.SendAsync<WooWebhook>(HttpMethod.Put, Path(keep.Id), new { Name = name, Secret = secret, Status = "active" }, cancellationToken);
        return new KeptWebhook(topic, WebhookUpkeep.Mended);
    }

    /// <returns>Those that go to the address; null where the user may not see webhooks.</returns>
    private async Task<List<WooWebhook>?> ThereAsync(Uri deliveryAddress, CancellationToken cancellationToken)
    {
        var found = new List<WooWebhook>();
        for (var page = 1; ; page++)
        {
            // By pages: this list takes an offset and does not mind it.
            var answer = await api.AskAsync(
                HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"{List}?orderby=id&order=asc&per_page={Most}&page={page}&_fields={WooWebhook.Fields}"), cancellationToken);
            if (answer.Status == 403)
                return null;
            var rows = WooCommerceApi.Read<List<WooWebhook>>(answer);
            found.AddRange(rows.Where(row => Uri.TryCreate(row.DeliveryUrl, UriKind.Absolute, out var to) && to == deliveryAddress));
            if (rows.Count < Most)
                return found;
        }
    }

    /// <summary>With a mark of the secret in it, from which it can't be worked out.</summary>
    private static string NameOf(string topic, string secret) =>
        $"{OurName}{topic} {Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "ProductVideo webhook"u8))[..8]}";

    private static IReadOnlyList<KeptWebhook> Lacking(string wayOut) => [.. Topics.Select(topic => new KeptWebhook(topic, WebhookUpkeep.Lacking, wayOut))];

    private static string Path(long webhook) => string.Create(CultureInfo.InvariantCulture, $"{List}/{webhook}");
}
