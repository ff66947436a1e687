namespace ProductVideo.Chaos.Checking;

/// <summary>Orders that were sent together, one a product.</summary>
internal sealed class Batch(IReadOnlyList<Order> orders)
{
    public IReadOnlyList<Order> Orders { get; } = orders;

    /// <summary>True if nothing was broken while it ran: then nothing may be in doubt either.</summary>
    public bool Undisturbed { get; set; }
}

/// <summary>One wish of a caller, sent under one key until it is answered.</summary>
internal sealed class Order(string product)
{
    public string Product { get; } = product;

    public string Key { get; } = Guid.NewGuid().ToString();

    /// <summary>The generation that a 2xx answer named; null as long as none came.</summary>
    public Guid? Answered { get; set; }

    /// <summary>How often a person asked for another attempt.</summary>
    public int Retries { get; set; }
}
