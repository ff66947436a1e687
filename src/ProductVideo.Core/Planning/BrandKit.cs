namespace ProductVideo.Planning;

/// <summary>How a shop wants its clips to look.</summary>
public sealed record BrandKit
{
    public static BrandKit Plain { get; } = new();

    /// <summary>The shop's name on the end card; null for the product's vendor.</summary>
    public string? Name { get; init; }

    /// <summary><c>#rrggbb</c>, the end card's background.</summary>
    public string Color { get; init; } = "#1f2937";

    /// <summary>Behind transparent and padded pictures, <c>#rrggbb</c>.</summary>
    public string Background { get; init; } = "#ffffff";

    /// <summary>The logo in the blob store; null for none.</summary>
    public string? LogoBlobKey { get; init; }

    public bool ShowTitle { get; init; } = true;

    /// <summary>Prices change and clips stay: off unless the merchant asks.</summary>
    public bool ShowPrice { get; init; }

    public bool EndCard { get; init; } = true;

    /// <summary>People appear only if the merchant asks.</summary>
    public bool AllowPeople { get; init; }
}
