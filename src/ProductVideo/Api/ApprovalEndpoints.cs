using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/generations/approve</c>: many videos at once, each as if it were alone.</summary>
internal static class ApprovalEndpoints
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/generations/approve", ManyAsync).RequireAuthorization(ProductVideoAuth.PolicyFor(Scopes.Review)).WithTags("Generations").WithName("ApproveGenerations")
            .Accepts<ApproveManyBody>("application/json").Produces<ApprovalsAnswer>().ProducesProblem(400).ProducesProblem(422).TakesIdempotencyKey()
            .WithSummary("Approves up to 200 videos, each as its own approve would. The answer has the outcome of each: what is refused stays as it is, and the others are approved. With the same Idempotency-Key it goes on where it was broken off, and gives what is past its review as that is now: nothing that was taken off a listing is put back by it.");

    private static async Task<IResult> ManyAsync(
        HttpContext context, ClaimsPrincipal caller, VideoGenerations generations, IdempotencyKeys idempotency, Creating creating, CancellationToken cancellationToken)
    {
        var body = await ApiJson.ReadAsync<ApproveManyBody>(context.Request);
        var ids = body.Ids?.Distinct().ToList() ?? [];
        if (ids.Count is 0 or > SideBySide.Most)
            throw Caller.Bad("ids", $"'ids' are the ids of 1 to {SideBySide.Most} videos.");
        var isRepeated = Caller.IdempotencyKey(context.Request, caller) is { } key && await IsRepeatedAsync(idempotency, creating, key, body, cancellationToken);
        var items = new List<ApprovalAnswer>();
        foreach (var id in ids)
        {
            try
            {
                var video = Caller.Owned(caller, await generations.GetAsync(id, cancellationToken));
                var approved = isRepeated && IsPastReview(video.State) ? video : await generations.ApproveAsync(id, Caller.Name(caller), body.KeepEarlier, cancellationToken);
                items.Add(new ApprovalAnswer(id, StatusCodes.Status200OK, GenerationAnswer.Of(approved), Problem: null));
            }
            catch (RefusedException e)
            {
                items.Add(new ApprovalAnswer(id, ApiProblems.StatusOf(e), Video: null, e.Problem));
            }
        }

        return ApiJson.Ok(new ApprovalsAnswer(items));
    }

    /// <summary>Written down before anything is approved: whoever asks again after a break must not put on a listing what was taken off it meanwhile.</summary>
    private static async Task<bool> IsRepeatedAsync(
        IdempotencyKeys idempotency, Creating creating, IdempotencyKey key, ApproveManyBody body, CancellationToken cancellationToken)
    {
        var hash = IdempotencyKeys.HashOf(new { approve = body.Ids, body.KeepEarlier });
        if (await idempotency.FindAsync(key, hash, cancellationToken) is not null)
            return true;
        await creating.RememberAsync(key, hash, IdempotencyKeys.Nothing, cancellationToken);
        return false;
    }

    private static bool IsPastReview(GenerationState state) => state is
        GenerationState.Publishing or GenerationState.Published or GenerationState.Withdrawing or GenerationState.Withdrawn or GenerationState.Failed { Clip: not null };
}

/// <summary>Approves many videos.</summary>
internal sealed record ApproveManyBody
{
    /// <summary>The ids of 1 to 200 videos; each counts once.</summary>
    [Required]
    public IReadOnlyList<Guid>? Ids { get; init; }

    /// <summary>Whether the products' earlier videos stay on the listing; left out, what each order wished counts.</summary>
    public bool? KeepEarlier { get; init; }
}

/// <param name="Items">The outcome of each, in the order in which they were named.</param>
internal sealed record ApprovalsAnswer(IReadOnlyList<ApprovalAnswer> Items);

/// <summary>What came of approving one of many.</summary>
/// <param name="Id">Of the video.</param>
/// <param name="Status">As its own approve would have answered: 200, 404 or 409.</param>
/// <param name="Video">As it is now, where it was approved.</param>
/// <param name="Problem">Why it was not.</param>
internal sealed record ApprovalAnswer(Guid Id, int Status, GenerationAnswer? Video, Problem? Problem);
