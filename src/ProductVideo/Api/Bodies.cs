using System.ComponentModel.DataAnnotations;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Api;

/// <summary>What a caller may wish for; everything left out is chosen from the product and the shop's settings.</summary>
internal record WishesBody
{
    /// <summary>Provider key, for example <c>local</c>.</summary>
    public string? Provider { get; init; }

    public string? Model { get; init; }

    /// <summary>Prompt template, for example <c>turntable</c>.</summary>
    public string? Template { get; init; }

    /// <summary>For example <c>1:1</c>, <c>9:16</c>, <c>16:9</c>.</summary>
    public string? Aspect { get; init; }

    /// <summary>Length in seconds, 1 to 60; fitted to what the model can make.</summary>
    public decimal? Seconds { get; init; }

    public string? Resolution { get; init; }

    /// <summary>0 to 2147483647, where the model takes one.</summary>
    public int? Seed { get; init; }

    public bool Audio { get; init; }

    /// <summary>One more sentence for the prompt, at most 500 characters.</summary>
    public string? Wish { get; init; }

    /// <summary>The pictures to use, by the listing's ids.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    /// <summary>The picture on which the video ends, by the listing's id, where the model can do that.</summary>
    public string? LastImage { get; init; }

    /// <summary>The id of a video of this product whose clip is changed as <c>wish</c> says, where a model can do that; it keeps its length and format.</summary>
    public Guid? ChangeOf { get; init; }

    /// <summary>Overrides the shop's setting.</summary>
    public bool? ShowTitle { get; init; }

    /// <summary>Overrides the shop's setting.</summary>
    public bool? ShowPrice { get; init; }

    /// <summary>Whether adults may be seen using the product, where a model draws the video; overrides the shop's setting.</summary>
    public bool? AllowPeople { get; init; }

    /// <summary>Publishes without a person's look.</summary>
    public bool AutoApprove { get; init; }

    /// <summary>Leaves the product's earlier videos on the listing; else those of its ratio make room once this one is there, or all where none has its ratio.</summary>
    public bool KeepEarlier { get; init; }

    /// <summary>Makes a clip even if the very same one was published before.</summary>
    public bool Again { get; init; }

    internal VideoWishes ToWishes()
    {
        if (Seconds is < 1 or > 60)
            throw Caller.Bad("seconds", "'seconds' is the clip's length, 1 to 60.");
        if (Seed is < 0)
            throw Caller.Bad("seed", "'seed' is a whole number from 0 to 2147483647.");
        if (Wish is { Length: > 500 })
            throw Caller.Bad("wish", "'wish' is one sentence of at most 500 characters.");
        if (Images is { Count: < 1 or > 12 })
            throw Caller.Bad("images", "'images' names 1 to 12 pictures; leave it out to have them chosen.");
        return new VideoWishes
        {
            Provider = Provider,
            Model = Model,
            Template = Template,
            Aspect = Aspect,
            Seconds = Seconds,
            Resolution = Resolution,
            Seed = Seed,
            Audio = Audio,
            Wish = Wish,
            ImageIds = Images,
            LastImageId = LastImage,
            ChangeOf = ChangeOf,
            ShowTitle = ShowTitle,
            ShowPrice = ShowPrice,
            AllowPeople = AllowPeople,
            AutoApprove = AutoApprove,
            KeepEarlier = KeepEarlier,
            Again = Again,
        };
    }
}

/// <summary>What a caller may wish for, and what they agree to pay for it.</summary>
internal abstract record OrderBody : WishesBody
{
    /// <summary>
    /// The most that the video may cost, one amount for each currency, as its preview told: 'price', and what 'upTo' adds; empty where it must
    /// cost nothing. Who costs more is passed over, at first and wherever another provider takes over; where nobody else is left, 409
    /// price_not_agreed, with 'prices'. Left out, any price is paid that the caps have room for.
    /// </summary>
    public IReadOnlyList<MoneyBody>? Agreed { get; init; }

    internal IReadOnlyList<Money>? ToAgreed() => MoneyBody.Agreed(Agreed);
}

/// <summary>Orders a video of one product.</summary>
internal sealed record CreateBody : OrderBody
{
    /// <summary>Shop key; may be left out where there is only one.</summary>
    public string? Shop { get; init; }

    /// <summary>The shop's id of the product.</summary>
    [Required]
    public string? Product { get; init; }
}

/// <summary>A command without particulars: <c>{}</c>.</summary>
/// <remarks>Actions carry a body because HTTP stacks send body-less requests again by themselves when a connection breaks.</remarks>
internal sealed record EmptyBody;

/// <param name="Agreed">The most that it may cost, one amount for each currency; empty where it must cost nothing, and left out, whatever the caps have room for.</param>
internal sealed record AgreedBody(IReadOnlyList<MoneyBody>? Agreed = null);

/// <param name="KeepEarlier">Whether the product's earlier videos stay on the listing; left out, what the order wished counts.</param>
internal sealed record ApproveBody(bool? KeepEarlier = null);

/// <param name="Task">The provider's id of the task, at most 200 characters.</param>
internal sealed record AdoptBody([property: Required] string? Task = null);

/// <param name="Reason">Why, for whoever looks later; at most 500 characters.</param>
internal sealed record RejectBody(string? Reason = null);
