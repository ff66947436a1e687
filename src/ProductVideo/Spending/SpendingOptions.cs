namespace ProductVideo.Spending;

/// <summary>Caps on spending from the settings, section <c>ProductVideo:Spending</c>. Others are set on the page “Spending” or by the API.</summary>
public sealed class SpendingOptions
{
    public const string Section = "ProductVideo:Spending";

    /// <summary>The caps. They can't be changed anywhere else.</summary>
    public IList<CapOptions> Caps { get; } = [];

    /// <summary>The zone whose midnight begins a day or a month, for caps that name none; an IANA name.</summary>
    /// <value>UTC.</value>
    public string TimeZone { get; set; } = "UTC";
}

/// <summary>
/// One cap. What it is for follows from which of <see cref="Shop"/>, <see cref="Provider"/>, <see cref="ApiKey"/> and
/// <see cref="Backfills"/> is named; if none is, it is for everything. All are texts, so that a mistake is told and not thrown.
/// </summary>
public sealed class CapOptions
{
    public string? Shop { get; set; }

    /// <summary>The provider's key.</summary>
    public string? Provider { get; set; }

    /// <summary>Its first nine characters, as <c>keys list</c> and the page <i>API keys</i> show them.</summary>
    public string? ApiKey { get; set; }

    /// <summary><c>true</c> for all backfill runs together.</summary>
    public string? Backfills { get; set; }

    /// <summary><c>clip</c> (the highest price of one video), <c>day</c>, <c>month</c> or <c>ever</c>.</summary>
    public string? Period { get; set; }

    /// <summary>In the currency's main unit, with a point, for example <c>99.50</c>.</summary>
    public string? Amount { get; set; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; set; }

    /// <summary>An IANA name; where it is missing, the one of all caps.</summary>
    public string? TimeZone { get; set; }
}
