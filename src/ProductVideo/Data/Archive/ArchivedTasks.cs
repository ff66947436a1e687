using Microsoft.EntityFrameworkCore;
using ProductVideo.Generations;

namespace ProductVideo.Data.Archive;

/// <summary>A task that a generation in the archive had is never taken for another one, as the table's index says of those that are not in it.</summary>
internal sealed class ArchivedTasks : IWrittenTogether
{
    /// <exception cref="TaskTakenException">The task was an archived generation's.</exception>
    public Task WriteAsync(ProductVideoDb db, Generation? before, Generation after, CancellationToken cancellationToken) =>
        GenerationRows.NewTaskOf(before, after) is { } task ? RefuseAsync(db, after.Order.Provider, [(task, after.Id)], cancellationToken) : Task.CompletedTask;

    /// <summary>One question for all that have a new task of the same provider.</summary>
    public async Task WriteManyAsync(ProductVideoDb db, IReadOnlyList<GenerationChange> changes, CancellationToken cancellationToken)
    {
        var taken = changes.Select(change => (Task: GenerationRows.NewTaskOf(change.Before, change.After), change.After)).Where(one => one.Task is not null);
        foreach (var ofProvider in taken.GroupBy(one => one.After.Order.Provider, StringComparer.Ordinal))
            await RefuseAsync(db, ofProvider.Key, [.. ofProvider.Select(one => (one.Task!, one.After.Id))], cancellationToken);
    }

    private static async Task RefuseAsync(
        ProductVideoDb db, string provider, IReadOnlyList<(string Task, Guid Id)> taken, CancellationToken cancellationToken)
    {
        var tasks = taken.Select(one => one.Task).ToList();
        var archived = await db.ArchivedGenerations.Where(row => row.Provider == provider && tasks.Contains(row.RemoteId!))
            .Select(row => new { row.RemoteId, row.Id }).ToListAsync(cancellationToken);
        if (archived.Find(row => taken.Any(one => one.Task == row.RemoteId && one.Id != row.Id)) is { } first)
            throw new TaskTakenException($"A generation in the archive had task {first.RemoteId} at {provider}.");
    }
}
