namespace ProductVideo.Data;

/// <summary>Whether a shop wants its drawn clips to say in the picture that they are; see <c>Pipeline/ShopLabels</c>.</summary>
internal sealed class ShopLabelRow
{
    public required string Shop { get; set; }

    public bool IsDrawn { get; set; }

    /// <summary>Who set it last.</summary>
    public required string By { get; set; }

    public DateTimeOffset At { get; set; }
}
