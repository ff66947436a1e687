using System.Security.Cryptography;
using System.Text;
using ProductVideo.Webhooks;

namespace ProductVideo.Providers.Seedance;

/// <summary>Ark calls when a task changes and signs nothing: what proves that it is Ark is the end of the address, which it alone was told.</summary>
internal sealed partial class SeedanceVideoProvider : IVideoWebhook
{
    public IReadOnlyList<string> Headers => [];

    public ValueTask<WebhookVerdict> VerifyAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        var isArk = call.SecretPath is { } path
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path), Encoding.UTF8.GetBytes(SeedanceCallback.Secret(_options.ApiKey)));
        // Ark numbers nothing, so the same words are the same delivery.
        return ValueTask.FromResult<WebhookVerdict>(isArk
            ? new WebhookVerdict.Accepted(Convert.ToHexStringLower(SHA256.HashData(call.Body.Span)))
            : new WebhookVerdict.Refused("the address does not end as Ark was told"));
    }

    public string? Read(WebhookCall call) => ArkTask.Read(call.Body.Span)?.Id;
}

/// <summary>The address that Ark calls.</summary>
internal static class SeedanceCallback
{
    /// <returns>null where this server can't be called.</returns>
    public static string? AddressOf(SeedanceOptions options) => options.CallbackAddress is { } server
        ? $"{server.AbsoluteUri.TrimEnd('/')}/webhooks/provider/{SeedanceVideoProvider.ProviderKey}/{Secret(options.ApiKey)}" : null;

    /// <summary>The same after every restart and on every node, and nothing that tells of the key.</summary>
    public static string Secret(string apiKey) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(apiKey), "productvideo callback"u8))[..40];
}
