using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using ProductVideo.Generations;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary>Answers what no endpoint takes with problem details too; the framework's own answers are empty. Any key is told, for none of it is a secret.</summary>
internal static class UnmatchedEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.Map("/{**address}", Answer)
        .RequireAuthorization(caller => caller.AddAuthenticationSchemes(ProductVideoAuth.SessionScheme, ProductVideoAuth.KeyScheme).RequireAuthenticatedUser())
        .ExcludeFromDescription();

    private static IResult Answer(HttpContext context, EndpointDataSource endpoints, ParameterPolicyFactory policies)
    {
        var request = context.Request;
        var there = endpoints.Endpoints.OfType<RouteEndpoint>().Where(endpoint => IsAt(context, endpoint.RoutePattern, policies)).ToList();
        var methods = new SortedSet<string>(there.SelectMany(MethodsOf), StringComparer.OrdinalIgnoreCase);
        if (methods.Count > 0 && !methods.Contains(request.Method))
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            var text = $"This address does not answer {request.Method}; it answers {string.Join(", ", methods)}.";
            return ApiProblems.Problem(
                new RefusedException(RefusalKind.Invalid, new Problem("method_not_allowed", text, text)), StatusCodes.Status405MethodNotAllowed);
        }

        if (there.Exists(endpoint => TakesJson(endpoint, request.Method)) && !request.HasJsonContentType())
            return ApiProblems.Problem(ApiJson.NotJson(request));
        return ApiProblems.Problem(new RefusedException(
            RefusalKind.NotFound,
            new Problem(
                "unknown_address", $"There is nothing at this address that answers {request.Method}. The API's description lists all that there is.",
                $"{request.Method} {request.Path} matches no endpoint.")));
    }

    private static bool IsAt(HttpContext context, RoutePattern pattern, ParameterPolicyFactory policies)
    {
        var values = new RouteValueDictionary();
        return pattern.Parameters.All(parameter => !parameter.IsCatchAll)
            && new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(context.Request.Path, values)
            && pattern.Parameters.All(parameter => parameter.ParameterPolicies.All(policy =>
                policies.Create(parameter, policy) is not IRouteConstraint constraint
                || constraint.Match(context, route: null, parameter.Name, values, RouteDirection.IncomingRequest)));
    }

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];

    private static bool TakesJson(RouteEndpoint endpoint, string method) =>
        MethodsOf(endpoint).Contains(method, StringComparer.OrdinalIgnoreCase) && endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not null;
}
