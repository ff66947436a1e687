namespace ProductVideo.Http;

/// <summary>What one kind of download may reach and bring.</summary>
internal sealed record DownloadPolicy
{
    /// <summary>Most bytes of the body, counted after decompression.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Time for everything: name, connection, redirects and the last byte. A server that drips is cut by it.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Hosts that may be asked, each with all hosts under it: <c>example.com</c> allows <c>cdn.example.com</c>. Null allows every public host.</summary>
    public IReadOnlyList<string>? AllowedHosts { get; init; }

    /// <summary>Whether http on port 80 is allowed beside https on port 443.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>
    /// Exact <c>host:port</c> of shops on this machine, for example <c>localhost:8080</c>, the only ones that may lead to a loopback address;
    /// http and their port are allowed with them. Only the first address may name one: no redirect of a public host gets there.
    /// </summary>
    public IReadOnlyList<string> LoopbackAllowed { get; init; } = [];

    /// <summary>
    /// Exact <c>host:port</c> of shops in a network of the operator's own, the only ones that may lead to a private address beside public ones;
    /// http and their port are allowed with them. As above, no redirect of another host gets there.
    /// </summary>
    public IReadOnlyList<string> InsideAllowed { get; init; } = [];

    /// <summary>What the media type must start with, for example <c>image/</c>; empty for any.</summary>
    public IReadOnlyList<string> ContentTypes { get; init; } = [];

    /// <summary>Whether an answer without a media type is fine, where <see cref="ContentTypes"/> asks for one.</summary>
    public bool MayNameNoType { get; init; }
}

/// <param name="Length">Bytes written.</param>
/// <param name="ContentType">The media type as the server says, without parameters; not to be believed.</param>
/// <param name="Sha256">Of the bytes written, lower-case hex.</param>
/// <param name="FinalAddress">Where they came from after redirects. May hold a signature: use <see cref="Redaction"/> before writing it down.</param>
internal sealed record DownloadResult(long Length, string? ContentType, string Sha256, Uri FinalAddress);
