using ProductVideo.Generations;

namespace ProductVideo.Changes;

/// <summary>What is wished for to have a clip again by its own recipe: template, ratio, length and choice of provider.</summary>
internal static class Recipe
{
    /// <summary>Whether it was made by changing an earlier clip: then that clip, not the listing, is what it was made from.</summary>
    public static bool IsEdit(GenerationOrder order) => order.Wishes.ChangeOf is not null;

    /// <summary>For a new order; it waits for approval and takes the old one's place, whatever was wished for then.</summary>
    /// <param name="order">The clip's.</param>
    /// <param name="listed">The ids of the pictures that are listed now; a chosen one that left is not wished for any more.</param>
    public static VideoWishes Of(GenerationOrder order, IReadOnlyCollection<string> listed)
    {
        var wishes = order.Wishes;
        var chosen = wishes.ImageIds?.Where(listed.Contains).ToList();
        return wishes with
        {
            Template = KeyOf(order.Template),
            Aspect = order.Request.Aspect,
            Seconds = order.Request.Seconds,
            ImageIds = chosen is { Count: > 0 } ? chosen : null,
            LastImageId = wishes.LastImageId is { } last && listed.Contains(last) ? last : null,
            AutoApprove = false,
            KeepEarlier = false,
            Again = false,
        };
    }

    /// <summary>The key of <c>key@version</c>.</summary>
    public static string KeyOf(string template) => template.Split('@')[0];
}
