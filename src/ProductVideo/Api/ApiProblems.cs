using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Catalog;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Api;

/// <summary>Turns refusals into problem details (RFC 9457): <c>detail</c> for the merchant, <c>operatorText</c> for the operator, <c>code</c> for programs.</summary>
internal sealed class ApiProblems(ILogger<ApiProblems> log) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            RefuseNull(context.HttpContext.Request);
            return await next(context);
        }
        catch (RefusedException e)
        {
            return Problem(e);
        }
        catch (StorefrontException e)
        {
            return Problem(Refusals.From(e));
        }
        catch (BlobStoreException e)
        {
            return Problem(Refusals.From(e));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problem(ApiJson.TooLarge($"The body is longer than this server takes: {e.Message}"));
        }
        catch (BadHttpRequestException e)
        {
            return Problem(Caller.Bad("body", $"The request can't be read: {e.Message}"), e.StatusCode);
        }
        catch (Exception e) when (DatabaseFaults.IsUnavailable(e))
        {
            // What keeps the database away is told once, by who waits for it; a stack for each request would fill the disk meanwhile.
            log.LogWarning("{Method} {Path} could not use the database: {Why}", context.HttpContext.Request.Method, context.HttpContext.Request.Path, e.Message);
            return Problem(Refusals.DatabaseUnavailable(e));
        }
    }

    /// <summary>No name of ours holds the character U+0000, and PostgreSQL takes no text with it. Paths with it are refused before they get here.</summary>
    private static void RefuseNull(HttpRequest request)
    {
        var field = request.Query.FirstOrDefault(one => one.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true)).Key;
        if (field is not null)
            throw Refusals.Invalid("invalid_request", $"'{field}' holds a character that no name has (U+0000).", $"'{field}' holds U+0000.", field);
    }

    /// <param name="e">What was refused.</param>
    /// <param name="status">The status; null for the one of its kind.</param>
    public static IResult Problem(RefusedException e, int? status = null) => Results.Problem(
        detail: e.Problem.MerchantText,
        statusCode: status ?? StatusOf(e),
        title: TitleOf(e.Kind),
        type: "urn:productvideo:" + e.Problem.Code,
        extensions: ExtensionsOf(e));

    private static Dictionary<string, object?> ExtensionsOf(RefusedException e)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = e.Problem.Code, ["field"] = e.Field, ["operatorText"] = e.Problem.OperatorText };
        if (e.Prices is { } prices)
            extensions["prices"] = prices;
        return extensions;
    }

    /// <summary>The status of an answer that is this refusal.</summary>
    public static int StatusOf(RefusedException e) => e.Kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Invalid => e.Problem.Code switch
        {
            "invalid_request" => StatusCodes.Status400BadRequest,
            ApiJson.TooLong => StatusCodes.Status413PayloadTooLarge,
            ApiJson.WrongType => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.OverBudget => StatusCodes.Status402PaymentRequired,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.Kind, message: null),
    };

    private static string TitleOf(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => "Not found",
        RefusalKind.Invalid => "The request can't be followed",
        RefusalKind.Forbidden => "Not allowed",
        RefusalKind.Conflict => "Not possible now",
        RefusalKind.OverBudget => "Over budget",
        RefusalKind.Unavailable => "Not reachable now",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
