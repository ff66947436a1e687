using System.Security.Claims;
using ProductVideo.Data;

namespace ProductVideo.Security;

/// <summary>Tells when an answer that goes on must end: its key was let in when it began, and nothing else would ask for it again.</summary>
internal sealed class KeyWatch(ApiKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>No answer goes on for longer, whoever asked: who wants more asks again, and is let in again.</summary>
    internal static TimeSpan Longest { get; } = Sessions.Lifetime;

    /// <summary>Returns once the caller's key has expired or was revoked, a minute later at most, or after <see cref="Longest"/>.</summary>
    public async Task EndOfAsync(ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Longest;
        using var ticks = new PeriodicTimer(Every, clock);
        while (await ticks.WaitForNextTickAsync(cancellationToken) && clock.GetUtcNow() < until)
        {
            if (!await CountsAsync(caller, cancellationToken))
                return;
        }
    }

    /// <summary>Whoever was let in otherwise, by the host's own sign-in, has no key that could end.</summary>
    private async Task<bool> CountsAsync(ClaimsPrincipal caller, CancellationToken cancellationToken)
    {
        try
        {
            return !Guid.TryParseExact(caller.FindFirstValue(ClaimTypes.NameIdentifier), "n", out var key) || await keys.CountsAsync(key, cancellationToken);
        }
        catch (Exception e) when (DatabaseFaults.IsUnavailable(e))
        {
            // Nothing says that it ended; the next look will.
            return true;
        }
    }
}
