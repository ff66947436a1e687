using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ProductVideo.Backfills;

namespace ProductVideo.Api;

/// <summary>Where a list of a backfill's videos goes on: the last one of a page, as a word for addresses.</summary>
internal static class BackfillCursor
{
    public static string Of(BackfillItem last) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Place(last.Rank, last.ProductId, last.Aspect)));

    /// <returns>What stands for the last one; only its place in the order counts.</returns>
    public static BackfillItem? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        try
        {
            if (JsonSerializer.Deserialize<Place>(Base64Url.DecodeFromChars(cursor)) is { Product: { } product } place && !HasNull(product) && !HasNull(place.Aspect))
            {
                return new BackfillItem(
                    product, place.Aspect, ItemState.Waiting, Reason: null, place.Rank, Provider: null, Price: null, Seconds: 0, Generation: null, Problem: null, Title: null);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or DecoderFallbackException)
        {
            throw Wrong(e);
        }

        throw Wrong(inner: null);
    }

    private static bool HasNull(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static Generations.RefusedException Wrong(Exception? inner)
    {
        const string Text = "'cursor' is the next page's, as the page before gave it; leave it out for the first page.";
        return new(Generations.RefusalKind.Invalid, new Generations.Problem("invalid_request", Text, Text), "cursor", inner);
    }

    private sealed record Place(long Rank, string Product, string? Aspect);
}
