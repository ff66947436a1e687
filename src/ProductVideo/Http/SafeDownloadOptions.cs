namespace ProductVideo.Http;

/// <summary>Settings of all downloads from strangers.</summary>
public sealed class SafeDownloadOptions
{
    /// <summary>Redirects that are followed.</summary>
    /// <value>3.</value>
    public int MaxRedirects { get; set; } = 3;

    /// <summary>Time for one connection including its encryption.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How we call ourselves; some shops' servers refuse clients without a name.</summary>
    /// <value><c>ProductVideo/1.0</c>.</value>
    public string UserAgent { get; set; } = "ProductVideo/1.0";
}
