using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using ProductVideo.Blobs;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Api;

/// <summary><c>/clips</c>: the finished files and the pictures they were made of, by the generation that made them.</summary>
internal static class ClipEndpoints
{
    private static readonly TimeSpan s_kept = TimeSpan.FromHours(1);

    public static void Map(RouteGroupBuilder api)
    {
        var group = api.MapGroup("/clips/{id:guid}").WithTags("Clips").RequireAuthorization(ProductVideoAuth.MediaPolicy);
        group.MapGet("", GetAsync).Produces<ClipAnswer>().ProducesProblem(404).WithName("GetClip").WithSummary("What is known of a finished clip.");
        File("/video.mp4", clip => clip.BlobKey, "video/mp4", "GetClipVideo", "The MP4, or the range of it that is asked for; it never changes, so If-None-Match and If-Match are judged by its ETag.");
        File("/poster.jpg", clip => clip.PosterKey, "image/jpeg", "GetClipPoster", "The poster picture, or the range of it that is asked for.");

        group.MapGet("/pictures/{number:int:min(1)}", PictureAsync).Produces<Stream>(200, "image/jpeg").ProducesProblem(404).WithName("GetClipPicture")
            .WithSummary("A picture that the clip was made of, as it was sent; the first has number 1.");

        void File(string path, Func<Clips.Clip, string> key, string contentType, string name, string summary)
        {
            Task<IResult> Answer(HttpContext context, ClaimsPrincipal caller, VideoGenerations generations, IBlobStore blobs, Guid id) =>
                FileAsync(context, caller, generations, blobs, id, key, contentType);
            group.MapGet(path, Answer).Produces<Stream>(200, contentType).Produces<Stream>(206, contentType).Produces(304).Produces(412).Produces(416)
                .ProducesProblem(404).WithName(name).WithSummary(summary);
            // Programs ask for length and type before they fetch; without this they are told that there is no clip.
            group.MapMethods(path, [HttpMethods.Head], Answer).ExcludeFromDescription();
        }
    }

    private static async Task<IResult> GetAsync(ClaimsPrincipal caller, VideoGenerations generations, Guid id, CancellationToken cancellationToken) =>
        ApiJson.Ok(ClipAnswer.Of(id, await ClipAsync(caller, generations, id, cancellationToken)));

    private static async Task<IResult> FileAsync(
        HttpContext context, ClaimsPrincipal caller, VideoGenerations generations, IBlobStore blobs, Guid id, Func<Clips.Clip, string> key, string contentType)
    {
        var clip = await ClipAsync(caller, generations, id, context.RequestAborted);
        var content = await blobs.OpenAsync(key(clip), context.RequestAborted) ?? throw new RefusedException(RefusalKind.Unavailable, new Problem(
            Problem.StorageUnavailable, "This video's file can't be found in the storage just now. Whoever runs the server must see that the storage is there.",
            $"Generation {id}: blob {key(clip)} is missing."));
        return PrivateFile.Answer(context, content, contentType, s_kept, new EntityTagHeaderValue($"\"{clip.Sha256}\""));
    }

    private static async Task<IResult> PictureAsync(
        HttpContext context, ClaimsPrincipal caller, VideoGenerations generations, IBlobStore blobs, Guid id, int number)
    {
        var sent = Caller.Owned(caller, await generations.GetAsync(id, context.RequestAborted)).Order.Request.Images;
        if (number > sent.Count || await blobs.OpenAsync(sent[number - 1].BlobKey, context.RequestAborted) is not { } content)
        {
            throw new RefusedException(RefusalKind.NotFound, new Problem(
                "no_picture", number > sent.Count ? "There is no such picture: fewer were sent." : "That picture is no longer stored.",
                $"Generation {id}: picture {number} of {sent.Count}."));
        }

        return PrivateFile.Answer(context, content, sent[number - 1].ContentType, s_kept);
    }

    private static async Task<Clips.Clip> ClipAsync(ClaimsPrincipal caller, VideoGenerations generations, Guid id, CancellationToken cancellationToken) =>
        GenerationFacts.Clip(Caller.Owned(caller, await generations.GetAsync(id, cancellationToken))) ?? throw NoClip(id, "It has no clip (yet).");

    private static RefusedException NoClip(Guid id, string why) =>
        new(RefusalKind.NotFound, new Problem("no_clip", $"There is no finished video to show. {why}", $"Generation {id}: {why}"));
}
