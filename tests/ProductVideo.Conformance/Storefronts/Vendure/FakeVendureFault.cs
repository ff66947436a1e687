namespace ProductVideo.Conformance.Storefronts.Vendure;

/// <summary>What goes wrong with a request.</summary>
public enum FakeVendureFault
{
    None,

    /// <summary>It is done, and the answer is lost.</summary>
    DropAfter,

    /// <summary>429 with seven seconds to wait.</summary>
    Busy,

    /// <summary>A page in the place of an answer, with 503.</summary>
    Maintenance,

    /// <summary>A page in the place of an answer, with 200.</summary>
    Page,

    /// <summary>A web server's limit.</summary>
    TooLarge,

    /// <summary>To another host.</summary>
    Moved,

    /// <summary>What Vendure did not foresee: 200, an error without a code.</summary>
    Inside,

    /// <summary>The role lacks the permission: 200, <c>FORBIDDEN</c>.</summary>
    Forbidden,

    /// <summary>The channel's token is unknown: 200, <c>CHANNEL_NOT_FOUND</c>.</summary>
    NoChannel,
}
