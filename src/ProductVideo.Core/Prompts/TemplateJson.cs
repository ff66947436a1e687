using System.Text.Json;
using System.Text.Json.Serialization;
using ProductVideo.Planning;

namespace ProductVideo.Prompts;

/// <summary>The shape of <c>template.json</c>. Unknown names and values out of range are refused with their line.</summary>
internal sealed record TemplateJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter<PictureRole>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public required string Name { get; init; }

    [Within(1, 1_000_000)]
    public required int Version { get; init; }

    public required string Description { get; init; }

    public IReadOnlyList<string> Suits { get; init; } = [];

    [JsonPropertyName("default")]
    public bool IsDefault { get; init; }

    [Within(1, 20)]
    public int MinPictures { get; init; } = 1;

    public bool FreeStart { get; init; }

    [Within(2, 120)]
    public decimal Seconds { get; init; } = 10m;

    [Within(2, 60)]
    public decimal GeneratedSeconds { get; init; } = 5m;

    public required IReadOnlyList<string> Aspects { get; init; }

    [Within(0, 0.9)]
    public decimal CrossFade { get; init; } = 0.5m;

    [Within(1.8, 30)]
    public decimal MinShotSeconds { get; init; } = 1.8m;

    public bool UsesAllPictures { get; init; } = true;

    public required IReadOnlyList<Move> Shots { get; init; }

    public static TemplateJson Read(string json) =>
        JsonSerializer.Deserialize<TemplateJson>(json, Options) ?? throw new JsonException("it holds nothing");

    public ShotRecipe ToRecipe() => new(
        [.. Shots.Select(s => new RecipeMove(s.Picture, s.From.ToWindow(), s.To.ToWindow(), s.Weight))],
        Math.Round(CrossFade, 1), Math.Ceiling(MinShotSeconds * 10m) / 10m, UsesAllPictures);

    internal sealed record Move
    {
        public PictureRole Picture { get; init; } = PictureRole.Next;
        public required Window From { get; init; }
        public required Window To { get; init; }

        [Within(0.1, 10)]
        public decimal Weight { get; init; } = 1m;
    }

    internal sealed record Window
    {
        [Within(1, 4)]
        public double Zoom { get; init; } = 1;

        [Within(0, 1)]
        public double X { get; init; } = 0.5;

        [Within(0, 1)]
        public double Y { get; init; } = 0.5;

        public CameraWindow ToWindow() => new(Zoom, X, Y);
    }
}

/// <summary>Refuses numbers out of range while the reader still knows the line.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WithinAttribute(double min, double max) : JsonConverterAttribute
{
    public override JsonConverter CreateConverter(Type typeToConvert) => Type.GetTypeCode(typeToConvert) switch
    {
        TypeCode.Int32 => new Converter<int>((ref reader) => reader.GetInt32(), v => v, min, max),
        TypeCode.Decimal => new Converter<decimal>((ref reader) => reader.GetDecimal(), v => (double)v, min, max),
        _ => new Converter<double>((ref reader) => reader.GetDouble(), v => v, min, max),
    };

    private delegate T Getter<out T>(ref Utf8JsonReader reader);

    private sealed class Converter<T>(Getter<T> get, Func<T, double> number, double min, double max) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.Number)
                throw new JsonException();
            T value;
            try
            {
                value = get(ref reader);
            }
            catch (FormatException)
            {
                throw new JsonException();
            }

            return number(value) >= min && number(value) <= max ? value : throw new JsonException(FormattableString.Invariant($"the number must lie between {min} and {max}"));
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw new NotSupportedException("Templates are only read.");
    }
}
