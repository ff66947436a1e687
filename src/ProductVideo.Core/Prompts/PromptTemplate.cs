using ProductVideo.Planning;
using ProductVideo.Prompts.Liquid;

namespace ProductVideo.Prompts;

/// <summary>A way to film a product: words for generative models and a shot recipe for the local renderer.</summary>
internal sealed record PromptTemplate
{
    /// <summary>For example <c>turntable</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The name that merchants see.</summary>
    public required string Name { get; init; }

    /// <summary>The author's number and a hash of the content, for example <c>3-1f00ab2c</c>: it changes with any edit, also a forgotten one.</summary>
    public required string Version { get; init; }

    public required string Description { get; init; }

    /// <summary>Words in types, tags and titles that this template suits, lower case, in any language.</summary>
    public required IReadOnlyList<string> Suits { get; init; }

    /// <summary>Taken where no other template suits.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Chosen by itself only for products with at least so many pictures.</summary>
    public int MinPictures { get; init; } = 1;

    /// <summary>Chosen by itself only for a clip that need not begin with a picture of the product.</summary>
    public bool FreeStart { get; init; }

    /// <summary>Default length of a local film.</summary>
    public required decimal SceneSeconds { get; init; }

    /// <summary>Default length of a generated clip, which is paid by the second.</summary>
    public required decimal GeneratedSeconds { get; init; }

    /// <summary>Best first, for example <c>1:1</c>.</summary>
    public required IReadOnlyList<string> Aspects { get; init; }

    public required ShotRecipe Recipe { get; init; }

    /// <summary>The Liquid source of the scene.</summary>
    public required string PromptSource { get; init; }

    /// <summary>The Liquid source of what this scene must not show, parted by commas; empty for nothing.</summary>
    public string NegativeSource { get; init; } = "";

    /// <summary><c>key@version</c>.</summary>
    public string Id => $"{Key}@{Version}";

    internal LiquidTemplate Prompt { get; init; } = null!;

    internal LiquidTemplate Negative { get; init; } = null!;
}
