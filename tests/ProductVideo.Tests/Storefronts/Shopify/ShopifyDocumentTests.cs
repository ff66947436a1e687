using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using ProductVideo.Conformance.Storefronts.Shopify;
using ProductVideo.Storefronts.Shopify;
using ProductVideo.Tests.Architecture;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Shopify;

/// <summary>Every document that is sent holds by the whole schema that Shopify publishes.</summary>
public sealed class ShopifyDocumentTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "tests", "ProductVideo.Tests", "Storefronts", "Shopify", "Schema");

    private static readonly Lazy<ISchema> _schema = new(() => FakeSchema.Of(Introspection.ToSdl(Path.Combine(_folder, "admin_2026-10.json.gz"))));

    public static TheoryData<string> Documents => [.. ShopifyDocuments.Names];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task a_document_that_is_sent_holds_by_the_published_schema(string name) => (await MistakesAsync(ShopifyDocuments.Text(name))).ShouldBeEmpty();

    [Fact]
    public async Task a_wrong_document_does_not() => (await MistakesAsync(await File.ReadAllTextAsync(Path.Combine(_folder, "negative.graphql"), TestContext.Current.CancellationToken))).Count.ShouldBeGreaterThanOrEqualTo(3);

    [Fact]
    public void all_that_the_shop_is_asked_is_among_them() => ShopifyDocuments.Names.Count.ShouldBe(14);

    private static async Task<List<string>> MistakesAsync(string text)
    {
        var document = Parser.Parse(text);
        var result = await new DocumentValidator().ValidateAsync(new ValidationOptions
        {
            Schema = _schema.Value, Document = document, Operation = document.Definitions.OfType<GraphQLOperationDefinition>().Single(), Variables = Inputs.Empty,
        });
        // Of variables only their types are of interest here.
        return [.. result.Errors.Where(error => error is not InvalidVariableError).Select(error => error.Message)];
    }
}

/// <summary>Writes what a schema says about itself in the language of schemas.</summary>
internal static class Introspection
{
    private static readonly string[] _known = ["String", "Int", "Float", "Boolean", "ID"];

    public static string ToSdl(string path)
    {
        using var file = File.OpenRead(path);
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var document = JsonDocument.Parse(plain);
        var root = document.RootElement.TryGetProperty("data", out var data) ? data : document.RootElement;
        var sdl = new StringBuilder("schema { query: QueryRoot mutation: Mutation }\n");
        foreach (var type in root.GetProperty("__schema").GetProperty("types").EnumerateArray().Where(type => !Name(type).StartsWith("__", StringComparison.Ordinal) && !_known.Contains(Name(type))))
            sdl.Append(Definition(type)).Append('\n');
        return sdl.ToString();
    }

    private static string Definition(JsonElement type) => type.GetProperty("kind").GetString() switch
    {
        "SCALAR" => $"scalar {Name(type)}",
        "ENUM" => $"enum {Name(type)} {{ {string.Join(' ', Names(type, "enumValues"))} }}",
        "UNION" => $"union {Name(type)} = {string.Join(" | ", Names(type, "possibleTypes"))}",
        "INPUT_OBJECT" => $"input {Name(type)} {{ {string.Join(' ', type.GetProperty("inputFields").EnumerateArray().Select(Argument))} }}",
        "INTERFACE" => $"interface {Name(type)} {{ {Fields(type)} }}",
        _ => $"type {Name(type)}{(Names(type, "interfaces").ToList() is { Count: > 0 } all ? " implements " + string.Join(" & ", all) : "")} {{ {Fields(type)} }}",
    };

    private static string Fields(JsonElement type) => string.Join(' ', type.GetProperty("fields").EnumerateArray().Select(field =>
        field.GetProperty("args").EnumerateArray().Select(Argument).ToList() is { Count: > 0 } arguments
            ? $"{Name(field)}({string.Join(' ', arguments)}): {Type(field.GetProperty("type"))}" : $"{Name(field)}: {Type(field.GetProperty("type"))}"));

    private static string Argument(JsonElement argument) =>
        $"{Name(argument)}: {Type(argument.GetProperty("type"))}{(argument.GetProperty("defaultValue").GetString() is { } value ? " = " + value : "")}";

    private static string Type(JsonElement type) => type.GetProperty("kind").GetString() switch
    {
        "NON_NULL" => Type(type.GetProperty("ofType")) + "!",
        "LIST" => $"[{Type(type.GetProperty("ofType"))}]",
        _ => Name(type),
    };

    private static string Name(JsonElement named) => named.GetProperty("name").GetString()!;

    private static IEnumerable<string> Names(JsonElement type, string of) =>
        type.TryGetProperty(of, out var all) && all.ValueKind is JsonValueKind.Array ? all.EnumerateArray().Select(Name) : [];
}
