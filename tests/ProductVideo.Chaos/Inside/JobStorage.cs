using System.Reflection;
using Hangfire;
using ProductVideo.Pipeline;

namespace ProductVideo.Chaos.Inside;

/// <summary>Takes the jobs away under the product's feet, as whoever empties the job tables does.</summary>
internal static class JobStorage
{
    /// <summary>Deletes every job that waits or runs; returns how many these were.</summary>
    public static int Empty(IWakeGenerations jobs)
    {
        // The storage is the product's own business, and this is the one place that reaches for it.
        var field = jobs.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single(field => typeof(Hangfire.JobStorage).IsAssignableFrom(field.FieldType));
        var storage = (Hangfire.JobStorage)field.GetValue(jobs)!;
        var (client, looked) = (new BackgroundJobClient(storage), storage.GetMonitoringApi());
        return looked.EnqueuedJobs("default", 0, 10_000).Select(job => job.Key).Concat(looked.ProcessingJobs(0, 10_000).Select(job => job.Key))
            .Count(client.Delete);
    }
}
