using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProductVideo.Api;

/// <summary>
/// Reads an enum's value from exactly one of its words. The framework's own reader takes numbers too, and words with commas between them, of
/// which it makes one value: "day, month" would be "ever".
/// </summary>
internal sealed class OneWord : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T> where T : struct, Enum
    {
        private readonly IReadOnlyList<string> _words = ApiJson.WordsOf<T>();
        private readonly T[] _values = [.. Enum.GetNames<T>().Select(Enum.Parse<T>)];

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is JsonTokenType.String)
            {
                for (var i = 0; i < _words.Count; i++)
                {
                    if (reader.ValueTextEquals(_words[i]))
                        return _values[i];
                }
            }

            throw new NoWordException(_words);
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(_words[Array.IndexOf(_values, value)]);
    }
}

/// <summary>The reader adds to it where it was.</summary>
/// <param name="words">What may stand there.</param>
internal sealed class NoWordException(IReadOnlyList<string> words) : JsonException
{
    public IReadOnlyList<string> Words { get; } = words;
}
