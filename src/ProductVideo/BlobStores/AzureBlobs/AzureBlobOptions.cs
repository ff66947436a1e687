using Azure.Core;
using Azure.Storage.Blobs;

namespace ProductVideo.BlobStores.AzureBlobs;

/// <summary>Settings of the blob store in Azure Blob Storage, or anything that speaks its protocol.</summary>
public sealed class AzureBlobOptions
{
    /// <summary>The account's connection string. It can also sign addresses for reading. Either this or <see cref="ServiceUri"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account's blob address, for example <c>https://name.blob.core.windows.net</c>; may carry a shared access signature.</summary>
    public Uri? ServiceUri { get; set; }

    /// <summary>Who we are at <see cref="ServiceUri"/>; null if its address carries a signature.</summary>
    public TokenCredential? Credential { get; set; }

    /// <summary>The container; made if missing, never public.</summary>
    /// <value><c>productvideo</c>.</value>
    public string Container { get; set; } = "productvideo";

    /// <summary>The version of the protocol that is spoken. Emulators and private clouds lag behind the newest.</summary>
    /// <value><c>V2025_11_05</c>.</value>
    public BlobClientOptions.ServiceVersion ServiceVersion { get; set; } = BlobClientOptions.ServiceVersion.V2025_11_05;

    /// <summary>Everything that is wrong with the settings; empty if they are right.</summary>
    public IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(ConnectionString) == (ServiceUri is null))
            mistakes.Add("ProductVideo:AzureBlobs needs either ConnectionString or ServiceUri, and only one of them.");
        if (!string.IsNullOrWhiteSpace(ConnectionString) && !IsReadable(ConnectionString))
            mistakes.Add("ProductVideo:AzureBlobs:ConnectionString can't be read. Copy it whole from the account's access keys: it begins with DefaultEndpointsProtocol= or BlobEndpoint=.");
        if (ServiceUri is { } uri && !(uri.IsAbsoluteUri && uri.Scheme is "https"))
            mistakes.Add("ProductVideo:AzureBlobs:ServiceUri must be an https address, for example https://name.blob.core.windows.net.");
        if (Credential is not null && ServiceUri is null)
            mistakes.Add("ProductVideo:AzureBlobs:Credential goes with ServiceUri.");
        if (!IsContainer(Container))
            mistakes.Add("ProductVideo:AzureBlobs:Container must have 3 to 63 of a-z, 0-9 and single hyphens, beginning and ending with a letter or digit.");
        if (!Enum.IsDefined(ServiceVersion))
            mistakes.Add($"ProductVideo:AzureBlobs:ServiceVersion is not a version that this program speaks. Write {BlobClientOptions.ServiceVersion.V2025_11_05}, or remove the setting.");
        return mistakes;
    }

    /// <summary>By the client itself, which tells by an exception.</summary>
    private static bool IsReadable(string connection)
    {
        try
        {
            _ = new BlobServiceClient(connection);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsContainer(string? name) =>
        name is { Length: >= 3 and <= 63 } && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
        && !name.StartsWith('-') && !name.EndsWith('-') && !name.Contains("--", StringComparison.Ordinal);
}
