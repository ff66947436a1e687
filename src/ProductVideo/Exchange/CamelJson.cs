using System.Text.Json;

namespace ProductVideo.Exchange;

/// <summary>JSON as most shops write it: camel case, read without regard to case.</summary>
internal static class CamelJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>null for what is no JSON of this shape.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> body) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read{T}(ReadOnlySpan{byte})"/>
    public static T? Read<T>(JsonElement part) where T : class
    {
        try
        {
            return part.Deserialize<T>(Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write(object value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);
}
