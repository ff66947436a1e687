namespace ProductVideo.Providers.DashScope;

/// <summary>Where Model Studio can read what a request shows it.</summary>
/// <param name="Pictures">Of <see cref="VideoRequest.Images"/>, in their order; nothing secret but for the address itself.</param>
/// <param name="Clip">Of <see cref="VideoRequest.SourceClip"/>; null where there is none.</param>
internal sealed record DashScopeMedia(IReadOnlyList<string> Pictures, string? Clip)
{
    /// <summary>Those in its own temporary store.</summary>
    public IReadOnlyList<string> Uploads => [.. Pictures.Append(Clip ?? "").Where(address => address.StartsWith("oss://", StringComparison.Ordinal))];
}
