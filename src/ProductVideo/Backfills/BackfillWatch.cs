using System.Runtime.CompilerServices;
using ProductVideo.Data;
using ProductVideo.Generations;

namespace ProductVideo.Backfills;

/// <summary>Follows a backfill from outside, whichever process moves it.</summary>
internal sealed class BackfillWatch(BackfillDesk desk, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>How long whoever looked rests before the next look: of a million videos one takes a while, and most of the time is the work's.</summary>
    /// <param name="took">How long the look took.</param>
    public static TimeSpan RestAfter(TimeSpan took) => 3 * took;

    /// <summary>How it stands now, and again whenever that changed, at most once a second and resting between two looks (<see cref="RestAfter"/>), up to and with the first for which <paramref name="until"/> holds, or until it is deleted.</summary>
    /// <exception cref="RefusedException">There is no such backfill.</exception>
    public async IAsyncEnumerable<WatchedBackfill> FollowAsync(Guid id, Func<Backfill, bool> until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        while (true)
        {
            var began = time.GetTimestamp();
            if ((before is null ? await desk.GetAsync(id, cancellationToken) : await desk.FindAsync(id, cancellationToken)) is not { } backfill)
                yield break;
            var progress = await desk.ProgressAsync(backfill, cancellationToken);
            var rest = RestAfter(time.GetElapsedTime(began));
            var mark = MarkOf(backfill, progress);
            if (mark != before)
                yield return new WatchedBackfill(backfill, progress);
            before = mark;
            if (until(backfill))
                yield break;
            await Task.Delay(rest > Look ? rest : Look, time, cancellationToken);
        }
    }

    /// <summary>What counts as a change. The estimated end moves with the clock, and the version with every look of the work.</summary>
    private static string MarkOf(Backfill backfill, BackfillProgress progress) => Json.Write(new
    {
        backfill.State,
        backfill.Name,
        backfill.Problem,
        backfill.QuotedAt,
        counts = progress.Counts.OrderBy(count => count.Key).Select(count => new { count.Key, count.Value }),
        skipped = progress.Skipped.OrderBy(count => count.Key).Select(count => new { count.Key, count.Value }),
        progress.Held,
        progress.Spent,
    });
}

/// <param name="Backfill">As it is.</param>
/// <param name="Progress">How far it is.</param>
internal sealed record WatchedBackfill(Backfill Backfill, BackfillProgress Progress);
