using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using ProductVideo.Generations;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary>Answers what no endpoint takes with problem details too; the framework's own answers are empty.</summary>
internal static class UnmatchedEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.Map("/{**address}", Answer).RequireAuthorization(ProductVideoAuth.MediaPolicy).ExcludeFromDescription();

    private static IResult Answer(HttpContext context, EndpointDataSource endpoints)
    {
        var request = context.Request;
        var methods = MethodsAt(request.Path, endpoints);
        if (methods.Count > 0 && !methods.Contains(request.Method))
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            var text = $"This address does not answer {request.Method}; it answers {string.Join(", ", methods)}.";
            return ApiProblems.Problem(
                new RefusedException(RefusalKind.Invalid, new Problem("method_not_allowed", text, text)), StatusCodes.Status405MethodNotAllowed);
        }

        if (request.ContentType is { Length: > 0 } sent && !request.HasJsonContentType())
        {
            var text = $"A body of type '{sent}' is not read here. Send JSON with the header Content-Type: application/json.";
            return ApiProblems.Problem(
                new RefusedException(RefusalKind.Invalid, new Problem("unsupported_content_type", text, text), "Content-Type"),
                StatusCodes.Status415UnsupportedMediaType);
        }

        return ApiProblems.Problem(new RefusedException(
            RefusalKind.NotFound,
            new Problem(
                "unknown_address", $"There is nothing at this address that answers {request.Method}. The API's description lists all that there is.",
                $"{request.Method} {request.Path} matches no endpoint.")));
    }

    private static SortedSet<string> MethodsAt(PathString path, EndpointDataSource endpoints) => new(
        endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.Parameters.All(parameter => !parameter.IsCatchAll)
                && new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []),
        StringComparer.OrdinalIgnoreCase);
}
