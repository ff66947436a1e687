using ProductVideo.Http;

namespace ProductVideo.Exchange;

/// <summary>What came of fetching a file from a provider.</summary>
internal abstract record DownloadAnswer
{
    private DownloadAnswer()
    {
    }

    /// <summary>All of it is in the target.</summary>
    public sealed record Complete(long Length) : DownloadAnswer;

    /// <summary>It is larger than allowed, or of another kind.</summary>
    /// <param name="OperatorText">What it is.</param>
    public sealed record Unusable(string OperatorText) : DownloadAnswer;

    /// <summary>The file was not given.</summary>
    /// <param name="Answer">What came instead, its body cut where it is long.</param>
    public sealed record NotGiven(SubmitAnswer Answer) : DownloadAnswer;
}
