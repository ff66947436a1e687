namespace ProductVideo.Chaos.Outside;

/// <summary>A task as the provider keeps it. It is charged from the moment it is stored.</summary>
internal sealed class RemoteTask
{
    public required string Id { get; init; }

    /// <summary>Read from the prompt: by whose order it was made, whatever tag came with it.</summary>
    public required string Product { get; init; }

    public string? Tag { get; init; }
    public required decimal Seconds { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DoneAt { get; init; }
    public DateTimeOffset VisibleAt { get; init; }
    public bool Cancelled { get; set; }
    public FileFault FileFault { get; init; }

    /// <summary>Null where it never calls back.</summary>
    public CallbackFault? CallbackFault { get; init; }

    /// <summary>How often it was asked about.</summary>
    public int Checks { get; set; }

    /// <summary>How often fresh addresses were asked for.</summary>
    public int Addresses { get; set; }

    public decimal Charge => Cancelled ? 0 : World.PricePerSecond * Seconds;

    public bool IsDone(DateTimeOffset now) => now >= DoneAt && !Cancelled;
}

/// <summary>A clip on a listing.</summary>
/// <param name="Id">The shop's id.</param>
/// <param name="Product">Of which product.</param>
/// <param name="Key">The attach key that came with it.</param>
/// <param name="Task">The provider's task whose bytes these are; null if they are nobody's.</param>
/// <param name="Sha256">Of the bytes.</param>
/// <param name="Sound">Whether the bytes are those of a clip that may be shown.</param>
internal sealed record ShopMedia(string Id, string Product, string Key, string? Task, string Sha256, bool Sound);
