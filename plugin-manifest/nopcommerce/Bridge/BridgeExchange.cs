namespace ProductVideo.Bridge;

/// <summary>A request to the bridge as it came.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">Below the bridge's root, without the query.</param>
/// <param name="QueryString">As sent, with its question mark; empty for none.</param>
/// <param name="Query">A part of it, decoded; null where it is missing.</param>
/// <param name="Header">A header; null where it is missing.</param>
/// <param name="Length">Bytes of the body, where they are told.</param>
/// <param name="Body">Not read before the request is found to be signed.</param>
public sealed record BridgeRequest(
    string Method, string Path, string QueryString, Func<string, string?> Query, Func<string, string?> Header, long? Length, Stream Body);

/// <summary>What the bridge answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Json">Written in snake case; null for a file.</param>
public sealed record BridgeAnswer(int Status, object? Json)
{
    public byte[]? File { get; init; }

    public string? ContentType { get; init; }

    public static BridgeAnswer Ok(object json) => new(200, json);

    public static BridgeAnswer Refused(int status, string code, string message) => new(status, new Refusal(code, message));
}

/// <summary>Why the bridge refused. Programs decide by the code.</summary>
public sealed record Refusal(string Code, string Message);

/// <summary>The codes of refusals.</summary>
public static class RefusalCodes
{
    public const string NotSigned = "not_signed";
    public const string UnknownProduct = "unknown_product";
    public const string UnknownPicture = "unknown_picture";
    public const string UnknownFile = "unknown_file";
    public const string NoRoute = "no_route";
    public const string Invalid = "invalid";
    public const string TooLarge = "too_large";
    public const string NotAFile = "not_a_file";
    public const string ContentDiffers = "content_differs";
    public const string CannotStore = "cannot_store";
}
