using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProductVideo.Exchange;

/// <summary>JSON as most providers write it: snake case, with types that differ from page to page.</summary>
internal static class SnakeJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new LenientText() },
    };

    private static readonly JsonSerializerOptions OptionsOfTasks = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { ReadEachMemberAlone } },
        Converters = { new LenientFlag() },
    };

    /// <summary>null for what is no JSON object of this shape.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> body) where T : class => Read<T>(body, Options);

    /// <summary>
    /// As <see cref="Read{T}(ReadOnlySpan{byte})"/>, for what a paid task is told by: a member of another type than expected is as if absent, so that
    /// no odd field beside them hides the id or the state. Not for answers where what is absent means something.
    /// </summary>
    public static T? ReadTask<T>(ReadOnlySpan<byte> body) where T : class => Read<T>(body, OptionsOfTasks);

    private static T? Read<T>(ReadOnlySpan<byte> body, JsonSerializerOptions options) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Write(object value) => JsonSerializer.SerializeToUtf8Bytes(value, WriteOptions);

    private static readonly JsonSerializerOptions WriteOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // A picture in base64 is full of plus signs, which would be six characters each.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static void ReadEachMemberAlone(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
            member.CustomConverter ??= (JsonConverter?)Activator.CreateInstance(typeof(OrAbsent<>).MakeGenericType(member.PropertyType));
    }

    /// <summary>Of one member: the type itself is read as ever, so what a nested one holds is read member by member too.</summary>
    private sealed class OrAbsent<T> : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var member = JsonDocument.ParseValue(ref reader);
            try
            {
                return member.RootElement.Deserialize<T>(options);
            }
            catch (JsonException)
            {
                return default;
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
    }

    /// <summary>Yes or no as a text is read as what it says.</summary>
    private sealed class LenientFlag : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String when bool.TryParse(reader.GetString(), out var said) => said,
            JsonTokenType.True or JsonTokenType.False => reader.GetBoolean(),
            _ => throw new JsonException("Neither yes nor no."),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }

    /// <summary>A number where a text is documented, or the other way round, is read as what it says.</summary>
    private sealed class LenientText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.String)
                return reader.GetString();
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? document.RootElement.GetRawText() : null;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
