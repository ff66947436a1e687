using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Prompts;

namespace ProductVideo.Admin.Wishes;

/// <summary>What stands in the form; what was never touched is left for the pipeline to choose.</summary>
public sealed record WishForm
{
    public const int MaxWish = ComposeOptions.MaxWishLength;

    public static IReadOnlyList<(string Ratio, string Label)> Aspects { get; } = [("1:1", "Square"), ("9:16", "Upright"), ("16:9", "Wide")];

    public string? Provider { get; init; }

    public string? Model { get; init; }

    public string? Resolution { get; init; }

    public string? Template { get; init; }

    public string? Aspect { get; init; }

    public decimal? Seconds { get; init; }

    public bool? ShowTitle { get; init; }

    public bool? ShowPrice { get; init; }

    public bool? AllowPeople { get; init; }

    /// <summary>The listing's id of the picture on which the clip ends.</summary>
    public string? LastImage { get; init; }

    /// <summary>The video whose clip is changed.</summary>
    public Guid? ChangeOf { get; init; }

    public string Wish { get; init; } = "";

    /// <summary>What was wished before, to be changed.</summary>
    public static WishForm Of(VideoWishes wishes) => new()
    {
        Provider = wishes.Provider,
        Model = wishes.Model,
        Resolution = wishes.Resolution,
        Template = wishes.Template,
        Aspect = wishes.Aspect,
        Seconds = wishes.Seconds,
        LastImage = wishes.LastImageId,
        ChangeOf = wishes.ChangeOf,
        ShowTitle = wishes.ShowTitle,
        ShowPrice = wishes.ShowPrice,
        AllowPeople = wishes.AllowPeople,
        Wish = wishes.Wish ?? "",
    };

    /// <param name="again">Makes the clip even if the very same one was published before.</param>
    public VideoWishes ToWishes(bool again = false) => new()
    {
        Provider = Provider,
        Model = Model,
        Resolution = Resolution,
        Template = Template,
        Aspect = Aspect,
        Seconds = Seconds,
        LastImageId = LastImage,
        ChangeOf = ChangeOf,
        ShowTitle = ShowTitle,
        ShowPrice = ShowPrice,
        AllowPeople = AllowPeople,
        Wish = string.IsNullOrWhiteSpace(Wish) ? null : Wish.Trim(),
        Again = again,
    };
}
