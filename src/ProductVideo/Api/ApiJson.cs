using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using ProductVideo.Generations;

namespace ProductVideo.Api;

/// <summary>JSON as the API reads and writes it: strict in, plain out. The host's own JSON settings are left alone. The command line writes the same.</summary>
internal static class ApiJson
{
    private const int MaxBody = 64 * 1024;

    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Of a body that is no JSON; 415.</summary>
    internal const string WrongType = "unsupported_content_type";

    /// <summary>Of a body that is too long; 413.</summary>
    internal const string TooLong = "body_too_large";

    /// <summary>For bodies alone: what is written may hold whatever a shop said.</summary>
    private static readonly JsonSerializerOptions Reading = ForBodies();

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="RefusedException">It is missing, too long, no JSON, of another shape or holds U+0000; the text names the field.</exception>
    /// <param name="request">Whose.</param>
    /// <param name="mostBytes">The longest body that is read.</param>
    internal static async Task<T> ReadAsync<T>(HttpRequest request, int mostBytes = MaxBody)
    {
        if (!request.HasJsonContentType())
            throw NotJson(request);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > mostBytes)
                throw TooLarge($"The body is longer than {mostBytes / 1024} KB.");
            body.Write(buffer, 0, read);
        }

        try
        {
            return JsonSerializer.Deserialize<T>(body.GetBuffer().AsSpan(0, (int)body.Length), Reading) ?? throw Caller.Bad("body", "The body is null; send {} at least.");
        }
        catch (JsonException e)
        {
            var field = string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "body" : e.Path.Replace("$.", "", StringComparison.Ordinal);
            if (e is NullCharacterException)
                throw Caller.Bad(field, $"'{field}' holds U+0000, which no text may hold.");
            if (e is NoWordException { Words: var words })
                throw Caller.Bad(field, $"'{field}' is one of: {string.Join(", ", words)}.");
            // The reader's own, not a field's: it breaks off, or is written in another way.
            if (e.InnerException is JsonException)
                throw Caller.Bad("body", $"The body is no JSON: {Cut(e.Message)}");
            throw new RefusedException(
                RefusalKind.Invalid,
                new Problem(
                    "invalid_request", $"'{field}' is unknown, given twice, or not of the kind that the API's description says. Numbers stand without quotes.",
                    Cut(e.Message)),
                field, e);
        }
    }

    /// <summary>How the values of an enum are written.</summary>
    internal static IReadOnlyList<string> WordsOf<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    internal static IResult Ok<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);

    /// <summary>Of a request whose body, or what it says of it, is no JSON.</summary>
    internal static RefusedException NotJson(HttpRequest request) => Refused(
        WrongType, "Content-Type",
        request.ContentType is { Length: > 0 } sent ? $"A body of type '{sent}' is not read here. Send JSON with the header Content-Type: application/json."
            : "Send a JSON body with the header Content-Type: application/json; {} if there is nothing to say.");

    internal static RefusedException TooLarge(string text) => Refused(TooLong, "body", text);

    private static JsonSerializerOptions ForBodies()
    {
        var options = new JsonSerializerOptions(Options) { Converters = { new TextWithoutNull() } };
        options.Converters.Insert(0, new OneWord());
        return options;
    }

    private static string Cut(string message)
    {
        var end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static RefusedException Refused(string code, string field, string text) => new(RefusalKind.Invalid, new Problem(code, text, text), field);

    /// <summary>PostgreSQL keeps no U+0000, and what it refuses while it writes would be a fault of the server.</summary>
    private sealed class TextWithoutNull : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return text?.Contains('\0', StringComparison.Ordinal) is true ? throw new NullCharacterException() : text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    /// <summary>The reader adds to it where it was.</summary>
    private sealed class NullCharacterException : JsonException;
}
