namespace ProductVideo.Data;

/// <summary>A shop that was connected while the product runs.</summary>
internal sealed class ShopConnectionRow
{
    /// <summary>The key of the shop.</summary>
    public required string Shop { get; set; }

    /// <summary>The key of its <c>IStorefrontKind</c>.</summary>
    public required string Kind { get; set; }

    /// <summary>JSON of the values that are no secrets, by field.</summary>
    public required string Values { get; set; }

    /// <summary>JSON of the secret values by field, encrypted with the application's key ring.</summary>
    public required string Secrets { get; set; }

    /// <summary>Who wrote it last.</summary>
    public required string By { get; set; }

    /// <summary>When; also tells one writing of the row from another.</summary>
    public DateTimeOffset At { get; set; }
}

/// <summary>What a shop gave a connector in exchange, and will take once more: tokens that rotate.</summary>
internal sealed class ShopTokensRow
{
    /// <summary>The key of the shop.</summary>
    public required string Shop { get; set; }

    /// <summary>Encrypted with the application's key ring.</summary>
    public required string Tokens { get; set; }

    public DateTimeOffset At { get; set; }
}
