using ProductVideo.Blobs;

namespace ProductVideo.BlobStores;

/// <summary>The rule for what a listing may start with: nothing, or a valid key with or without a <c>/</c> behind it.</summary>
public static class BlobPrefix
{
    /// <summary>Returns the prefix, or throws: a bad one is a mistake in the program, never input.</summary>
    public static string Check(string prefix) =>
        prefix.Length == 0 || BlobKey.IsValid(prefix.EndsWith('/') ? prefix[..^1] : prefix)
            ? prefix
            : throw new ArgumentException($"No blob's key can start with '{prefix}'.", nameof(prefix));
}
