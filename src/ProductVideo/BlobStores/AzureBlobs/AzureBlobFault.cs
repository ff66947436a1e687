using System.Globalization;
using Azure;
using Azure.Identity;
using ProductVideo.Blobs;

namespace ProductVideo.BlobStores.AzureBlobs;

/// <summary>Turns the service's answers into sentences.</summary>
internal static class AzureBlobFault
{
    /// <summary>Runs a call; what the service or the way to it does wrong becomes a <see cref="BlobStoreException"/>.</summary>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (RequestFailedException e)
        {
            throw Of(e, e);
        }
        catch (AggregateException e) when (e.InnerExceptions.LastOrDefault() is RequestFailedException last)
        {
            // The client gave up after its retries.
            throw Of(last, e);
        }
        catch (AuthenticationFailedException e)
        {
            // Long, and about every way to sign in that was tried: for the operator only.
            throw new BlobStoreException(
                "The storage for pictures and clips refuses our credentials. Nothing was changed; please try again later.",
                $"No identity for ProductVideo:AzureBlobs:ServiceUri. {e.Message}", e);
        }
    }

    public static bool IsMissing(RequestFailedException e) => e.Status == 404;

    /// <summary>409 when another put won, 412 when the condition was tested later.</summary>
    public static bool IsThere(RequestFailedException e) => e.ErrorCode is "BlobAlreadyExists" or "ConditionNotMet" or "TargetConditionNotMet";

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
