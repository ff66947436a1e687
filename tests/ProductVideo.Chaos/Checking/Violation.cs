namespace ProductVideo.Chaos.Checking;

/// <summary>A promise that was broken.</summary>
internal enum Breach
{
    /// <summary>P1: paid more than once without a person.</summary>
    DoubleCharge,

    /// <summary>P2: accepted and never ended.</summary>
    Lost,

    /// <summary>P3: the provider's ledger and ours differ.</summary>
    Ledger,

    /// <summary>P1 and P3: a paid task that no generation accounts for.</summary>
    Orphan,

    /// <summary>P4: more than one live copy of a clip.</summary>
    DoubleAttach,

    /// <summary>P4: another product's clip.</summary>
    WrongProduct,

    /// <summary>Told to be on its listing, and is not; or told to be off, and is there.</summary>
    Listing,

    /// <summary>P5: shown without being sound.</summary>
    UnsoundClip,

    /// <summary>P6: what was on the listing before is gone.</summary>
    ListingWorse,

    /// <summary>A person was asked though nothing had failed.</summary>
    NeedlessDoubt,

    /// <summary>Came back before the time that it was told.</summary>
    TooEarly,

    /// <summary>Whatever else a scenario expected and did not find.</summary>
    Unexpected,
}

/// <param name="Breach">Of what.</param>
/// <param name="Product">With which product.</param>
/// <param name="What">Seen.</param>
internal sealed record Violation(Breach Breach, string Product, string What)
{
    public override string ToString() => $"{Breach} {Product}: {What}";
}
