using System.Text.Json;

namespace ProductVideo.Tests.Api;

/// <summary>Holds JSON against a schema of an OpenAPI document, as far as such a document of ours says anything; stricter in one thing: what is not described is a mistake.</summary>
internal static class SchemaJudge
{
    /// <summary>The names of the types that a schema allows; none where it does not say.</summary>
    public static IEnumerable<string> TypesOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [];

    public static IReadOnlyList<string> Mistakes(JsonElement document, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return Mistakes(document, Follow(document, reference.GetString()!), value, at);
        if (schema.TryGetProperty("oneOf", out var choices))
            return OfOne([.. choices.EnumerateArray().Select(choice => Mistakes(document, choice, value, at))], at);
        var types = TypesOf(schema).ToList();
        if (types.Count > 0 && !types.Any(type => IsOf(type, value)))
            return [$"{at} is {value.GetRawText()} and not {string.Join(" or ", types)}"];
        if (schema.TryGetProperty("enum", out var listed) && value.ValueKind != JsonValueKind.Null && !listed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
            return [$"{at} is {value.GetRawText()} and none of {listed.GetRawText()}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => [.. OfObject(document, schema, value, at)],
            JsonValueKind.Array => [.. value.EnumerateArray().SelectMany((item, place) => Mistakes(document, schema.GetProperty("items"), item, $"{at}[{place}]"))],
            _ => [],
        };
    }

    private static IReadOnlyList<string> OfOne(List<IReadOnlyList<string>> judged, string at) => judged.Count(mistakes => mistakes.Count == 0) switch
    {
        1 => [],
        0 => judged.MaxBy(mistakes => mistakes.Count)!,
        var several => [$"{at} is {several} of which it must be one"],
    };

    private static IEnumerable<string> OfObject(JsonElement document, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(one => one.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                yield return $"{at} lacks {name}";
        }

        foreach (var part in value.EnumerateObject())
        {
            var known = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(part.Name, out var own) ? own
                : schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object ? others : (JsonElement?)null;
            if (known is not { } described)
                yield return $"{at}.{part.Name} is not described";
            else
            {
                foreach (var mistake in Mistakes(document, described, part.Value, $"{at}.{part.Name}"))
                    yield return mistake;
            }
        }
    }

    public static JsonElement Follow(JsonElement document, string reference) =>
        reference["#/".Length..].Split('/').Aggregate(document, (node, name) => node.GetProperty(name.Replace("~1", "/", StringComparison.Ordinal)));

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "string" => value.ValueKind == JsonValueKind.String,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"The document says a type '{type}'."),
    };
}
