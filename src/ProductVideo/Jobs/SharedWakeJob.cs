using Hangfire;

namespace ProductVideo.Jobs;

/// <summary>
/// "Look at this generation", said to whichever node is first. It hands over to that node's own server at once: work that holds a paid
/// request must not depend on tables that may go away.
/// </summary>
internal sealed class SharedWakeJob(JobsHost node)
{
    [AutomaticRetry(Attempts = 0, OnAttemptsExceeded = AttemptsExceededAction.Delete)]
    public void Run(Guid generation) => node.WakeHere(generation);
}
