namespace ProductVideo.Accounts;

/// <summary>Limits of provider accounts, by provider key. Bound from <c>ProductVideo:Accounts</c>.</summary>
public sealed class AccountsOptions
{
    public Dictionary<string, AccountOptions> Accounts { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The settings of an account; the defaults where none were made.</summary>
    public AccountOptions Of(string account) => Accounts.TryGetValue(account, out var options) ? options : Default;

    /// <summary>Sets the limits that a provider is known to have, wherever the settings name no other.</summary>
    internal void Assume(string account, int? maxInFlight = null, double? startsPerSecond = null)
    {
        if (!Accounts.TryGetValue(account, out var options))
            Accounts.Add(account, options = new AccountOptions());
        options.MaxInFlight ??= maxInFlight;
        options.StartsPerSecond ??= startsPerSecond;
    }

    private static AccountOptions Default { get; } = new();
}

/// <summary>What one provider account may be asked for.</summary>
public sealed class AccountOptions
{
    /// <summary>Tasks that may be unfinished at the provider at once.</summary>
    /// <value>null: what the provider is known to allow, or no limit where that is not known.</value>
    public int? MaxInFlight { get; set; }

    /// <summary>Starts per second, over all nodes. Less than 1 is allowed: 0.1 is one every ten seconds.</summary>
    /// <value>null: as for <see cref="MaxInFlight"/>.</value>
    public double? StartsPerSecond { get; set; }

    /// <summary>
    /// Nothing but this installation orders videos with this account. Only then may a task that carries no mark of ours be taken for ours
    /// because it is the only one that can be.
    /// </summary>
    /// <value>false.</value>
    public bool Exclusive { get; set; }

    /// <summary>Starts in a row that meet an unusable provider before no more are sent for a while.</summary>
    /// <value>5.</value>
    public int BreakerFailures { get; set; } = 5;

    /// <summary>The day on which the provider switches a model off, by model: shown from now on, warned of a month before, and from that day on nothing is ordered of it.</summary>
    public Dictionary<string, DateOnly> Retires { get; set; } = new(StringComparer.Ordinal);
}
