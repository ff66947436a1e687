namespace ProductVideo.Data;

/// <summary>Whom a shop wants its clips made by.</summary>
internal sealed class ProviderListRow
{
    public required string Shop { get; set; }

    /// <summary>JSON of the <c>ProviderList</c>.</summary>
    public required string List { get; set; }

    /// <summary>Who set it last.</summary>
    public required string By { get; set; }

    public DateTimeOffset At { get; set; }
}
