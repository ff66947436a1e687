using Microsoft.Data.Sqlite;
using ProductVideo.Blobs;

namespace ProductVideo.Host.Commands;

/// <summary>
/// The folder of a backup. It is filled in a folder within it, whose name says what a copy is that was not finished: what ends half-way must not
/// look like a backup.
/// </summary>
internal static class BackupFolder
{
    /// <summary>Where the copy is until it is whole.</summary>
    internal const string Unfinished = ".incomplete";

    private const int SqliteIoError = 10, SqliteFull = 13, SqliteCantOpen = 14;

    /// <summary>Whether a backup may go there: nothing is in it, but perhaps what a try left that was killed.</summary>
    public static bool IsFree(string folder) =>
        !File.Exists(folder) && (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) == Unfinished));

    /// <summary>Fills it, or leaves nothing in it.</summary>
    /// <param name="folder">Free, as <see cref="IsFree"/> says.</param>
    /// <param name="fill">Copies everything into the folder that it is given.</param>
    /// <returns>The exit code; what went wrong is told.</returns>
    public static async Task<int> FillAsync(string folder, Func<string, Task> fill)
    {
        var unfinished = Path.Combine(folder, Unfinished);
        try
        {
            // First of all, for there are keys in it.
            if (!FolderCopy.MakePrivate(folder))
                Console.Error.WriteLine($"The disk of {folder} keeps no rights: whoever gets at it reads the backup and the keys in it. Keep it where nobody else does.");
            Remove(unfinished);
            Directory.CreateDirectory(unfinished);
            await fill(unfinished);
            // The database last: without it nobody takes the rest for a backup.
            foreach (var whole in Directory.EnumerateFileSystemEntries(unfinished).OrderBy(File.Exists).ToList())
                Directory.Move(whole, Path.Combine(folder, Path.GetFileName(whole)));
            return 0;
        }
        catch (Exception e) when (Sentence(e, folder) is { } sentence)
        {
            return Failures.Say(sentence, Failures.Machine);
        }
        finally
        {
            Remove(unfinished);
        }
    }

    /// <summary>Null for what is not about files. What was backed up is never what is full: nothing is written there.</summary>
    internal static string? Sentence(Exception e, string folder) => e switch
    {
        _ when DiskFull.Is(e) || e is SqliteException { SqliteErrorCode: SqliteFull } =>
            $"The disk of {folder} is full, so there is no backup; what was copied is removed. Make room on it, or name a folder on another disk.",
        UnauthorizedAccessException or IOException or SqliteException { SqliteErrorCode: SqliteIoError or SqliteCantOpen } =>
            $"There is no backup in {folder}, for a file can't be read or written: {e.Message.TrimEnd('.')}. What was copied is removed. Check that disk and the permissions, or name another folder.",
        _ => null,
    };

    private static void Remove(string unfinished)
    {
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
    }
}
