using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Types;
using GraphQLParser.AST;

namespace ProductVideo.Conformance.Storefronts.Shopify;

/// <summary>An object of the shop, by the names of the schema; a value that depends on arguments is a function of them.</summary>
public sealed class FakeNode(string typename) : Dictionary<string, object?>(StringComparer.Ordinal)
{
    public string Typename => typename;
}

/// <summary>Reads documents by the schema that Shopify publishes, and lets the shop answer the fields at their root.</summary>
public static partial class FakeSchema
{
    /// <summary>Answers a field of the query or the mutation.</summary>
    public delegate object? Root(string field, IReadOnlyDictionary<string, object?> arguments);

    private static readonly GraphQLSerializer _serializer = new();

    private static readonly Lazy<ISchema> _contract = new(() =>
    {
        using var stream = typeof(FakeSchema).Assembly.GetManifestResourceStream("shopify/admin_2026-10.contract.graphql")!;
        using var reader = new StreamReader(stream);
        return Of(reader.ReadToEnd());
    });

    /// <summary>A schema whose objects are <see cref="FakeNode"/>s and whose own scalars pass through as they are.</summary>
    public static ISchema Of(string sdl)
    {
        var schema = Schema.For(sdl, builder =>
        {
            foreach (var name in Types().Matches(sdl).Select(match => match.Groups["name"].Value))
                builder.Types.For(name).IsTypeOfFunc = value => value is FakeNode node && node.Typename == name;
        });
        foreach (var name in Scalars().Matches(sdl).Select(match => match.Groups["name"].Value))
            schema.RegisterType(new Passing(name));
        schema.FieldMiddleware.Use(_ => context => ValueTask.FromResult(Resolve(context)));
        schema.Initialize();
        return schema;
    }

    /// <returns>The answer's <c>data</c> and <c>errors</c>.</returns>
    public static async Task<JsonObject> ExecuteAsync(string query, JsonElement? variables, Root root)
    {
        var result = await new DocumentExecuter().ExecuteAsync(options =>
        {
            options.Schema = _contract.Value;
            options.Query = query;
            options.Variables = variables is { } given ? _serializer.Deserialize<Inputs>(given.GetRawText()) : Inputs.Empty;
            options.Root = root;
        });
        return JsonNode.Parse(_serializer.Serialize(result))!.AsObject();
    }

    private static object? Resolve(IResolveFieldContext context)
    {
        var arguments = (context.Arguments ?? new Dictionary<string, GraphQL.Execution.ArgumentValue>(StringComparer.Ordinal)).ToDictionary(argument => argument.Key, argument => argument.Value.Value, StringComparer.Ordinal);
        return context.Source switch
        {
            Root root => root(context.FieldDefinition.Name, arguments),
            FakeNode node => node.GetValueOrDefault(context.FieldDefinition.Name) is Func<IReadOnlyDictionary<string, object?>, object?> asks
                ? asks(arguments) : node.GetValueOrDefault(context.FieldDefinition.Name),
            var other => throw new InvalidOperationException($"'{other}' is nothing of the shop."),
        };
    }

    [GeneratedRegex(@"^type (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Types();

    [GeneratedRegex(@"^scalar (?<name>\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Scalars();

    private sealed class Passing : ScalarGraphType
    {
        public Passing(string name) => Name = name;

        public override object? ParseLiteral(GraphQLValue value) => value switch
        {
            GraphQLStringValue text => text.Value.ToString(),
            GraphQLIntValue number => number.Value.ToString(),
            GraphQLFloatValue number => number.Value.ToString(),
            GraphQLNullValue => null,
            _ => ThrowLiteralConversionError(value),
        };

        public override object? ParseValue(object? value) => value;

        public override object? Serialize(object? value) => value;
    }
}
