using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Data;

namespace ProductVideo.Chaos.Inside;

/// <summary>Bad habits that show at the start of a worker.</summary>
internal static class Habits
{
    public static async Task TakeUpAsync(WorkerSettings settings, IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync();
        switch (settings.Habit)
        {
            case BadHabit.SharedTasks:
                await db.Database.ExecuteSqlAsync($"""DROP INDEX "IX_generations_Provider_RemoteId" """);
                break;
            case BadHabit.ReplansSubmits:
                var planned = """{"state":"Planned"}""";
                await db.Database.ExecuteSqlAsync(
                    $"""
                     UPDATE generations SET "State" = 'Planned', "Document" = {planned}, "DueAt" = 0, "Owner" = NULL WHERE "State" = 'Submitting'
                     """);
                break;
        }
    }
}
