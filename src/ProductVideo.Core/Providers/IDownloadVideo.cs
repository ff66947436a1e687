namespace ProductVideo.Providers;

/// <summary>A provider whose finished clips can't be had by an address alone, because their address asks for its key.</summary>
public interface IDownloadVideo
{
    /// <summary>Streams the clip once, without holding it in memory. After a fault <paramref name="target"/> may hold a part of it.</summary>
    /// <param name="clip">As <see cref="IVideoProvider.CheckAsync"/> named it.</param>
    /// <param name="target">Where the bytes go.</param>
    /// <param name="maxBytes">More than this is a fault.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Null if all of it is there.</returns>
    Task<ProviderFault?> DownloadAsync(ClipSource.AtProvider clip, Stream target, long maxBytes, CancellationToken cancellationToken);
}
