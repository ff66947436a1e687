using System.Globalization;
using Azure;
using Azure.Identity;
using ProductVideo.Blobs;

namespace ProductVideo.BlobStores.AzureBlobs;

/// <summary>Turns the service's answers into sentences.</summary>
internal static class AzureBlobFault
{
    /// <summary>Runs a call; what the service or the way to it does wrong becomes a <see cref="BlobStoreException"/>.</summary>
    /// <param name="call">To the service.</param>
    /// <param name="cancellationToken">Of the call: what it ends is no failure.</param>
    /// <param name="source">What the call uploads: its errors are the caller's own.</param>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken, CountedSource? source = null)
    {
        BlobStoreException? fault = null;
        try
        {
            return await call();
        }
        catch (Exception e) when (e != source?.Failure && (fault = Of(e)) is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw fault;
        }
    }

    /// <summary>What an error of the client means; null for one that is neither the service's nor the way's to it.</summary>
    public static BlobStoreException? Of(Exception e) => Of(e, e);

    public static bool IsMissing(RequestFailedException e) => e.Status == 404;

    /// <summary>409 when another put won, 412 when the condition was tested later.</summary>
    public static bool IsThere(RequestFailedException e) => e.ErrorCode is "BlobAlreadyExists" or "ConditionNotMet" or "TargetConditionNotMet";

    private static BlobStoreException? Of(Exception e, Exception whole) => e switch
    {
        RequestFailedException answered => Of(answered, whole),
        // The client gave up after its retries.
        AggregateException { InnerExceptions: [.., var last] } => Of(last, whole),
        // Long, and about every way to sign in that was tried: for the operator only.
        AuthenticationFailedException => new BlobStoreException(
            "The storage for pictures and clips refuses our credentials. Nothing was changed; please try again later.",
            $"No identity for ProductVideo:AzureBlobs:ServiceUri. {e.Message}", whole),
        // Its time-outs are cancellations that nobody asked for.
        OperationCanceledException or IOException => Silent(e, whole),
        _ => null,
    };

    private static BlobStoreException Silent(Exception e, Exception whole)
    {
        const string sentence = "The storage for pictures and clips does not answer.";
        return new BlobStoreException($"{sentence} Nothing was changed; please try again later.", $"{sentence} {e.Message}", whole);
    }

    private static BlobStoreException Of(RequestFailedException e, Exception whole)
    {
        var sentence = e.Status switch
        {
            0 => "The storage for pictures and clips can't be reached.",
            401 or 403 => "The storage for pictures and clips refuses our credentials.",
            429 or 503 => "The storage for pictures and clips is busy.",
            507 => "The storage for pictures and clips is full.",
            _ => "The storage for pictures and clips has a fault.",
        };
        return new BlobStoreException(
            $"{sentence} Nothing was changed; please try again later.",
            string.Create(CultureInfo.InvariantCulture, $"{sentence} Status {e.Status}, code {e.ErrorCode ?? "none"}."),
            whole);
    }
}
