namespace ProductVideo.Storefronts.Folder.Galleries;

/// <summary>A product's gallery since the first clip was attached: pure, adding and removing are each other's inverse.</summary>
/// <param name="Product">The handle.</param>
/// <param name="Before">Ids of the pictures that made up the gallery before the first clip.</param>
/// <param name="Media">What it shows now, in order.</param>
internal sealed record Gallery(string Product, IReadOnlyList<string> Before, IReadOnlyList<GalleryMedia> Media)
{
    public IEnumerable<AttachedVideo> Videos => Media.Select(m => m.Video).OfType<AttachedVideo>();

    public static Gallery Of(string product, IReadOnlyList<string> imageIds) =>
        new(product, imageIds, [.. imageIds.Select(id => new GalleryMedia(id, null))]);

    public AttachedVideo? Find(string key) => Videos.FirstOrDefault(v => v.Key == key);

    /// <summary>A new clip comes second, after the main picture; one that is there already keeps its place.</summary>
    public Gallery With(AttachedVideo video)
    {
        var media = Media.ToList();
        var at = media.FindIndex(m => m.Video?.Key == video.Key);
        if (at >= 0)
            media[at] = new(null, video);
        else
            media.Insert(Math.Min(1, media.Count), new(null, video));
        return this with { Media = media };
    }

    /// <summary>Null where no clip is left: the listing is as it was before.</summary>
    public Gallery? Without(string key)
    {
        var left = this with { Media = [.. Media.Where(m => m.Video?.Key != key)] };
        return left.Videos.Any() ? left : null;
    }

    /// <summary>The shop's pictures as they are today, with the clips at their places.</summary>
    public IReadOnlyList<GalleryMedia> Arrange(IReadOnlyList<string> imageIds)
    {
        var arranged = imageIds.Select(id => new GalleryMedia(id, null)).ToList();
        foreach (var (at, media) in Media.Index().Where(m => m.Item.Video is not null))
            arranged.Insert(Math.Min(at, arranged.Count), media);
        return arranged;
    }
}

/// <summary>Either a picture of the shop or a clip of ours.</summary>
internal sealed record GalleryMedia(string? Image, AttachedVideo? Video);

/// <param name="Key">The attach key and the base of the files' names.</param>
/// <param name="Length">Bytes of the clip.</param>
/// <param name="Sha256">Lower-case hex of the clip.</param>
/// <param name="PosterSha256">Lower-case hex of the poster; null without one.</param>
/// <param name="Duration">Its length.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="AltText">What it shows.</param>
/// <param name="AttachedAt">When it came onto the listing.</param>
/// <param name="MadeWithAi">Whether shoppers are told that a model drew it.</param>
internal sealed record AttachedVideo(
    string Key, long Length, string Sha256, string? PosterSha256, TimeSpan Duration, int Width, int Height, string AltText, DateTimeOffset AttachedAt,
    bool MadeWithAi = false);
