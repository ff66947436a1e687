using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using ProductVideo.Generations;

namespace ProductVideo.Api;

/// <summary>Makes the OpenAPI document say what <see cref="ApiJson"/> reads and writes: by itself it says what the host's own JSON settings would.</summary>
internal static class ApiDescription
{
    private const string ApiKey = "apiKey";

    public static void Configure(OpenApiOptions options)
    {
        options.ShouldInclude = api => api.GroupName == ApiEndpoints.Document;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Correct(schema, context.JsonTypeInfo);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            operation.OperationId = ApiEndpoints.OperationOf(operation.OperationId);
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<IdempotencyKeyTaken>().Any())
                (operation.Parameters ??= []).Add(IdempotencyKey());
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
                Explain(parameter);
            foreach (var words in metadata.OfType<ParameterWords>())
                ((OpenApiSchema)operation.Parameters!.Single(parameter => parameter.Name == words.Parameter).Schema!).Enum = Words(words.Words);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
    }

    /// <summary>Says which words a parameter of the address may be.</summary>
    public static TBuilder TakesWords<TBuilder>(this TBuilder endpoint, string parameter, IReadOnlyList<string> words) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ParameterWords(parameter, words));

    private static void Introduce(OpenApiDocument document)
    {
        document.Info.Title = "ProductVideo";
        document.Info.Description = "Videos of a shop's products: ordered, checked, put on their listings, within the caps that were set.";
        ((document.Components ??= new()).SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal))[ApiKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key, pv_…, as the page \"API keys\" or 'productvideo keys create' makes it.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiKey, document)] = [] }];
    }

    /// <summary>Those that mean the same wherever they stand.</summary>
    private static void Explain(OpenApiParameter parameter)
    {
        const string time = "ISO 8601, UTC where no offset is named, for example 2026-11-01 or 2026-11-01T08:00:00Z.";
        parameter.Description = parameter.Name switch
        {
            "take" => "How many items a page holds.",
            "cursor" => "Where the page begins: 'next' of the page before. Left out for the first page.",
            "from" => $"Only what was written then or later: a day or a time of {time}",
            "to" => $"Only what was written before: a day or a time of {time}",
            _ => parameter.Description,
        };
        if (parameter.Name == "take")
        {
            parameter.Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer, Minimum = "1", Maximum = Caller.MostTake.ToString(CultureInfo.InvariantCulture), Default = Caller.UsualTake,
            };
        }
    }

    /// <summary>Says that the endpoint follows a request once, however often it is sent with the same Idempotency-Key.</summary>
    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IdempotencyKeyTaken());

    private static void Correct(OpenApiSchema schema, JsonTypeInfo told)
    {
        var type = Nullable.GetUnderlyingType(told.Type) ?? told.Type;
        Correct(schema, type);
        // Nobody else looks into a struct that may be null.
        if (type != told.Type && schema.Properties is { } properties)
        {
            foreach (var property in told.Options.GetTypeInfo(type).Properties)
            {
                if (properties.TryGetValue(property.Name, out var part) && part is OpenApiSchema own)
                    Correct(own, told.Options.GetTypeInfo(property.PropertyType));
            }
        }
    }

    private static void Correct(OpenApiSchema schema, Type type)
    {
        var types = schema.Type ?? JsonSchemaType.String;
        if (type.IsEnum)
        {
            schema.Type = JsonSchemaType.String | (types & JsonSchemaType.Null);
            schema.Enum = [.. Enum.GetValues(type).Cast<object>().Select(value => JsonSerializer.SerializeToNode(value, type, ApiJson.Options)!)];
        }
        else if (types.HasFlag(JsonSchemaType.Integer) || types.HasFlag(JsonSchemaType.Number))
        {
            // The pattern is that of a number in quotes, which is refused.
            (schema.Type, schema.Pattern) = (types & ~JsonSchemaType.String, null);
        }
        else if (type == typeof(ProblemDetails))
        {
            AddOurs(schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal));
        }

        if (type == typeof(GenerationAnswer) && schema.Properties?["state"] is OpenApiSchema state)
            state.Enum = Words(GenerationState.Names);
        // Nothing is left out of an answer; what a body must hold it says itself.
        if (type.Assembly.GetName().Name!.StartsWith(nameof(ProductVideo), StringComparison.Ordinal) && !type.Name.EndsWith("Body", StringComparison.Ordinal) && schema.Properties is { } answered)
            schema.Required = answered.Keys.ToHashSet(StringComparer.Ordinal);
    }

    private static List<JsonNode> Words(IReadOnlyList<string> words) => [.. words.Select(word => (JsonNode)word)];

    /// <summary>What <see cref="ApiProblems"/> adds to the problem details of RFC 9457.</summary>
    private static void AddOurs(IDictionary<string, IOpenApiSchema> problem)
    {
        problem["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong, for programs." };
        problem["field"] = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = "The field of the request that it is about." };
        problem["operatorText"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What is wrong, for whoever runs the server; 'detail' is for the merchant." };
        problem["prices"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "What it costs, one amount for each currency; only where the price was not agreed to.",
            Items = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string>(StringComparer.Ordinal) { "amount", "currency" },
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                {
                    ["amount"] = new OpenApiSchema { Type = JsonSchemaType.Number, Description = "In the currency's main unit." },
                    ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "ISO 4217, upper case." },
                },
            },
        };
    }

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = "Idempotency-Key",
        In = ParameterLocation.Header,
        Description = "1 to 200 visible ASCII characters, for example a UUID. A request that is sent again with the same one is answered as before and orders nothing more.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 200, Pattern = "^[!-~]+$" },
    };

    private sealed class IdempotencyKeyTaken;

    private sealed record ParameterWords(string Parameter, IReadOnlyList<string> Words);
}
