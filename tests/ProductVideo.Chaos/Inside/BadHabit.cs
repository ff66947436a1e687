namespace ProductVideo.Chaos.Inside;

/// <summary>One mistake that a worker can be given; each breaks one rule of the protocol.</summary>
internal enum BadHabit
{
    None,

    /// <summary>An HTTP stack that sends a paid POST again on 5xx and on a broken connection.</summary>
    RetriesSubmits,

    /// <summary>Takes an error status for a refusal.</summary>
    CallsErrorsRefused,

    /// <summary>The search for a lost submit always says: absent.</summary>
    NeverFinds,

    /// <summary>Sends another key than the intent's at every try.</summary>
    FreshKeyEachTry,

    /// <summary>Takes the wish to cancel for its fulfilment.</summary>
    BelievesCancel,

    /// <summary>Writes to the listing without looking first.</summary>
    AttachesBlind,

    /// <summary>Another attach key at every try.</summary>
    FreshAttachKey,

    /// <summary>Trusts the list at once.</summary>
    NoSettling,

    /// <summary>Writes rows whoever holds them and whatever their version.</summary>
    NoFencing,

    /// <summary>Takes rows that somebody else is at work on.</summary>
    NoLease,

    /// <summary>One task may be two generations', and nobody looks for whom it was made.</summary>
    SharedTasks,

    /// <summary>At start, plans again whatever was being submitted.</summary>
    ReplansSubmits,

    /// <summary>Starts on a restored backup as if nothing had happened since.</summary>
    ForgetsRestore,

    /// <summary>Takes every call for the provider's.</summary>
    TrustsStrangers,

    /// <summary>Takes every copy of a call for a call of its own.</summary>
    CountsCopies,

    /// <summary>Lets every clip pass its checks.</summary>
    BlindChecks,

    /// <summary>Relies on wake-ups alone.</summary>
    NoSweep,

    /// <summary>Takes the listing for its own and empties it.</summary>
    ClearsListing,
}
