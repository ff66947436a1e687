using Microsoft.EntityFrameworkCore;

namespace ProductVideo.Data;

/// <summary>Which of a provider's tasks are some video's: those that a generation holds or held, and those that were counted as a second charge of one.</summary>
internal static class HeldTasks
{
    /// <param name="db">Read from.</param>
    /// <param name="provider">The provider's key.</param>
    /// <param name="tasks">Their ids there.</param>
    /// <param name="own">The generation whose own are left out of it; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    internal static async Task<IReadOnlySet<string>> AmongAsync(
        ProductVideoDb db, string provider, IReadOnlyCollection<string> tasks, Guid? own, CancellationToken cancellationToken)
    {
        var here = await db.Generations.Where(row => row.Provider == provider && row.RemoteId != null && tasks.Contains(row.RemoteId) && row.Id != own)
            .Select(row => row.RemoteId!).ToListAsync(cancellationToken);
        var archived = await db.ArchivedGenerations.Where(row => row.Provider == provider && row.RemoteId != null && tasks.Contains(row.RemoteId))
            .Select(row => row.RemoteId!).ToListAsync(cancellationToken);
        var counted = await db.DuplicateCharges.Where(row => row.Account == provider && tasks.Contains(row.RemoteId) && row.GenerationId != own)
            .Select(row => row.RemoteId).ToListAsync(cancellationToken);
        return new HashSet<string>([.. here, .. archived, .. counted], StringComparer.Ordinal);
    }
}
