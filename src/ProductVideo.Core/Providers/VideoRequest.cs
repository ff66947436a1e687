using ProductVideo.Planning;

namespace ProductVideo.Providers;

/// <summary>All that a provider needs to make one clip. Written down before anything is sent, so it can be sent again or compared.</summary>
public sealed record VideoRequest
{
    /// <summary>One of the provider's models.</summary>
    public required string Model { get; init; }

    public required VideoModes Mode { get; init; }

    /// <summary>Already within the model's <see cref="PromptRule"/>.</summary>
    public required string Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    /// <summary>In the order in which the prompt names them.</summary>
    public required IReadOnlyList<RequestImage> Images { get; init; }

    /// <summary>The clip to change, in <see cref="VideoModes.Edit"/> and no other mode.</summary>
    public RequestClip? SourceClip { get; init; }

    /// <summary>Length in seconds, allowed by the model's <see cref="DurationRule"/>.</summary>
    public required decimal Seconds { get; init; }

    /// <summary>For example <c>1:1</c>.</summary>
    public required string Aspect { get; init; }

    public string? Resolution { get; init; }

    public int? Seed { get; init; }

    public bool Audio { get; init; }

    /// <summary>The listing's words, where the model asks for them by <see cref="ProviderCapabilities.ProductWords"/>; null for all others.</summary>
    public ProductWords? Product { get; init; }

    /// <summary>What is to be seen when; a generative provider needs only the prompt, the local renderer films it.</summary>
    public required ShotPlan Plan { get; init; }

    /// <summary>Nobody waits for it: whoever makes clips on this machine makes others first.</summary>
    public bool InBackground { get; init; }
}

/// <summary>A prepared picture: fitted to the model's <see cref="ImageRule"/> and kept in the blob store.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="BlobKey">Where its bytes are.</param>
/// <param name="ContentType">For example <c>image/jpeg</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record RequestImage(ImageRole Role, string BlobKey, string ContentType, int Width, int Height);

/// <summary>A finished clip that is to be changed, as it lies in the blob store: an MP4 with H.264.</summary>
/// <param name="BlobKey">Where its bytes are.</param>
/// <param name="Sha256">Lower-case hex over them.</param>
/// <param name="Length">How many.</param>
/// <param name="Seconds">How long it was measured to be.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Aspect">The ratio that it was ordered in, for example <c>1:1</c>.</param>
public sealed record RequestClip(string BlobKey, string Sha256, long Length, decimal Seconds, int Width, int Height, string Aspect)
{
    public const string ContentType = "video/mp4";
}

/// <summary>What the listing calls the product and says about it: one line each, without addresses and instructions, within the model's <see cref="ProductWordsRule"/>.</summary>
/// <param name="Title">Never empty.</param>
/// <param name="Description">Null if there is none.</param>
public sealed record ProductWords(string Title, string? Description);

public enum ImageRole
{
    FirstFrame,
    LastFrame,
    Reference,
}
