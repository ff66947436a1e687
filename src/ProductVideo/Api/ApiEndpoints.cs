using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary>The REST API under <c>/api/v1</c> and its OpenAPI description.</summary>
internal static class ApiEndpoints
{
    /// <summary>The name of the OpenAPI document.</summary>
    public const string Document = "productvideo";

    /// <summary>Before the endpoints' names, which are one list for all of a host: a shop has a GetProduct of its own.</summary>
    private const string NamePrefix = "ProductVideo.";

    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(ApiPaths.Root).WithGroupName(Document);
        api.AddEndpointFilter<ApiProblems>();
        ((IEndpointConventionBuilder)api).Finally(Prefix);
        ((IEndpointConventionBuilder)api).Finally(TellOfBodies);
        // Every one of them: a request that can't be read, no key, a key without the right, the database away.
        api.ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(503);
        ProductEndpoints.Map(api);
        GenerationEndpoints.Map(api);
        ApprovalEndpoints.Map(api);
        ClipEndpoints.Map(api);
        SpendingEndpoints.Map(api);
        AccountEndpoints.Map(api);
        ProviderListEndpoints.Map(api);
        ChangeEndpoints.Map(api);
        RegenerationEndpoints.Map(api);
        CatalogEndpoints.Map(api);
        BackfillEndpoints.Map(api);
        WebhookEndpoints.Map(api);
        ConnectionEndpoints.Map(api);
        LabelEndpoints.Map(api);
        FeedEndpoints.Map(api);
        UnmatchedEndpoint.Map(api);
        endpoints.MapOpenApi(ApiPaths.Root + "/openapi/{documentName}.json").RequireAuthorization(ProductVideoAuth.MediaPolicy);
        return api;
    }

    /// <summary>The name in the description, where it is alone.</summary>
    public static string? OperationOf(string? endpointName) =>
        endpointName?.StartsWith(NamePrefix, StringComparison.Ordinal) is true ? endpointName[NamePrefix.Length..] : endpointName;

    /// <summary>Each that reads a body: it comes too slowly, is too long, or is no JSON.</summary>
    private static void TellOfBodies(EndpointBuilder endpoint)
    {
        if (!endpoint.Metadata.OfType<IAcceptsMetadata>().Any())
            return;
        int[] statuses = [StatusCodes.Status408RequestTimeout, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];
        foreach (var status in statuses)
            endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
    }

    private static void Prefix(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<IEndpointNameMetadata>().LastOrDefault() is not { EndpointName: var name })
            return;
        foreach (var named in endpoint.Metadata.Where(one => one is IEndpointNameMetadata or IRouteNameMetadata).ToList())
            endpoint.Metadata.Remove(named);
        endpoint.Metadata.Add(new EndpointNameMetadata(NamePrefix + name));
        endpoint.Metadata.Add(new RouteNameMetadata(NamePrefix + name));
    }
}
