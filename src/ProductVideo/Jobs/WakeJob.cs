using Hangfire;
using ProductVideo.Pipeline;

namespace ProductVideo.Jobs;

/// <summary>"Look at this generation." It may run twice, late or never; the row decides what happens.</summary>
internal sealed class WakeJob(Advance advance)
{
    /// <remarks>The state machine owns retries; a retry here would be a second owner.</remarks>
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public Task RunAsync(Guid generation, CancellationToken cancellationToken) => advance.RunAsync(generation, cancellationToken);
}
