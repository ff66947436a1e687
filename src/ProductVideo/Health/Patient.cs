using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ProductVideo.Health;

/// <summary>
/// Asks a check that may not answer, and waits for it no longer than a balancer would. One look goes on for all who ask meanwhile: where a disk
/// or a server has died, each look would keep a thread or a connection.
/// </summary>
internal sealed class Patient<TCheck>(TCheck check, TimeProvider clock) : IHealthCheck
    where TCheck : IHealthCheck
{
    /// <summary>A balancer asks again soon, and a database whose machine has died does not even refuse.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _one = new();
    private (Task<HealthCheckResult> Answer, long Since)? _look;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (answer, since) = Look(context);
        var left = Longest - clock.GetElapsedTime(since);
        try
        {
            return await answer.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancellationToken);
        }
        catch (TimeoutException) when (!answer.IsFaulted)
        {
            // It may have answered at the very last moment.
            return answer.IsCompleted ? await answer : HealthCheckResult.Unhealthy(string.Create(
                CultureInfo.InvariantCulture, $"It has not answered for {clock.GetElapsedTime(since).TotalSeconds:0} s."));
        }
    }

    private (Task<HealthCheckResult> Answer, long Since) Look(HealthCheckContext context)
    {
        lock (_one)
        {
            if (_look is not { Answer.IsCompleted: false })
            {
                // Of nobody who asks, for others wait for it too; and aside, because a disk that has died holds its thread.
                _look = (Task.Run(() => check.CheckHealthAsync(context, CancellationToken.None), CancellationToken.None), clock.GetTimestamp());
            }

            return _look.Value;
        }
    }
}
