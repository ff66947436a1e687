namespace ProductVideo.Bridge;

/// <summary>Lets in what is signed with the shop's secret, near in time, and for the first time. Nothing of a body is read here.</summary>
public sealed class BridgeGate(SeenNonces seen, TimeProvider clock)
{
    public bool LetsIn(BridgeRequest request, string secret)
    {
        var now = clock.GetUtcNow();
        return BridgeSignature.KeyOf(secret) is { } key
            && request.Header(BridgeSignature.TimestampHeader) is { Length: <= 20 } timestamp
            && request.Header(BridgeSignature.NonceHeader) is { Length: >= 16 and <= 64 } nonce
            && request.Header(BridgeSignature.ContentHeader) is { Length: 64 } content
            && request.Header(BridgeSignature.SignatureHeader) is { Length: 64 } signature
            && BridgeSignature.IsFresh(timestamp, now)
            && BridgeSignature.AreSame(signature, BridgeSignature.Sign(key, timestamp, nonce, request.Method, request.Path + request.QueryString, content))
            && seen.TryAdd(nonce, now);
    }
}
