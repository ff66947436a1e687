using System.Collections.Concurrent;
using System.Security.Claims;

namespace ProductVideo.Security;

/// <summary>
/// Which sessions of <see cref="ProductVideoAuth.SessionScheme"/> count: until they expire or are signed out of. A sign-out is known to this process;
/// in others, and after a restart, the session counts until it expires.
/// </summary>
internal sealed class Sessions(TimeProvider clock)
{
    private const string IdClaim = "productvideo:session";
    private const string UntilClaim = "productvideo:until";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>How long one lasts at most.</summary>
    internal static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    /// <summary>Whether it is still good. Whoever was let in otherwise, by the host's own sign-in, always is.</summary>
    public bool Counts(ClaimsPrincipal visitor) =>
        (visitor.FindFirstValue(IdClaim) is not { } id || !_ended.ContainsKey(id))
        && (visitor.FindFirstValue(UntilClaim) is not { } until || clock.GetUtcNow() < DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What a new one carries.</summary>
    internal IEnumerable<Claim> Begin() =>
        [new(IdClaim, Guid.NewGuid().ToString("n")), new(UntilClaim, (clock.GetUtcNow() + Lifetime).ToString("O", System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>Ends it wherever it is open.</summary>
    internal void End(ClaimsPrincipal visitor)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, at) in _ended)
        {
            if (at + Lifetime < now)
                _ended.TryRemove(id, out _);
        }

        if (visitor.FindFirstValue(IdClaim) is { } ended)
            _ended[ended] = now;
    }
}
