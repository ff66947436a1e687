using System.IO.Compression;
using System.Text.Json;

namespace ProductVideo.Data.Archive;

/// <summary>Documents that are kept for ever and hardly read: JSON under Brotli.</summary>
internal static class PackedJson
{
    public static byte[] Pack<T>(T value)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
            JsonSerializer.Serialize(brotli, value, Json.Options);
        return packed.ToArray();
    }

    public static T Unpack<T>(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli, Json.Options) ?? throw new JsonException($"An archived {typeof(T).Name} is null.");
    }
}
