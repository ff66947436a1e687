using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace ProductVideo.BlobStores.AzureBlobs;

/// <summary>
/// The options as a host's settings say them. Read word by word: what a setting gets wrong is one of the options' mistakes then, told with
/// all others, and no exception of the binder's.
/// </summary>
internal static class AzureBlobSettings
{
    public const string Section = "ProductVideo:AzureBlobs";

    public static void Apply(IConfigurationSection settings, AzureBlobOptions options)
    {
        options.ConnectionString = settings[nameof(options.ConnectionString)];
        if (settings[nameof(options.ServiceUri)] is { Length: > 0 } address)
            options.ServiceUri = new Uri(address, UriKind.RelativeOrAbsolute);
        if (settings[nameof(options.Container)] is { } container)
            options.Container = container;
        if (settings[nameof(options.ServiceVersion)] is { } version)
            options.ServiceVersion = Enum.GetValues<BlobClientOptions.ServiceVersion>().FirstOrDefault(known => string.Equals($"{known}", version, StringComparison.OrdinalIgnoreCase));
        // The identity of the machine, or of who is signed in on it.
        if (options.ServiceUri is { IsAbsoluteUri: true } uri && !uri.Query.Contains("sig=", StringComparison.Ordinal))
            options.Credential ??= new DefaultAzureCredential();
    }

    /// <summary>The words that are read, each as it is written: what is wrong with them the options say.</summary>
    internal sealed class Words
    {
        public string? ConnectionString { get; set; }

        public string? ServiceUri { get; set; }

        public string? Container { get; set; }

        public string? ServiceVersion { get; set; }
    }
}
