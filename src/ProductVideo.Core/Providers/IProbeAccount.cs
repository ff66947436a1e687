namespace ProductVideo.Providers;

/// <summary>A provider that can be asked, free of charge, whether its account takes orders again.</summary>
public interface IProbeAccount
{
    /// <summary>Reads something that costs nothing, such as a balance or an empty list; never creates anything.</summary>
    /// <returns>Null if the account answers and is let in; otherwise what it said.</returns>
    Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Whether it also tells that the account can pay. Where it does not, an empty account looks like one that works.</summary>
    bool SeesCredit => false;
}
