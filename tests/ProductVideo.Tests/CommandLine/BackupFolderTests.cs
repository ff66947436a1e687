using Microsoft.Data.Sqlite;
using ProductVideo.Host;
using ProductVideo.Host.Commands;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class BackupFolderTests : IDisposable
{
    private const int NoSpace = 28, WindowsDiskFull = 112;

    private readonly string _root = Directory.CreateTempSubdirectory("pv-backup-").FullName;

    private string Backup => Path.Combine(_root, "monday");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task what_is_whole_stands_in_the_folder_itself()
    {
        (await BackupFolder.FillAsync(Backup, FillAsync)).ShouldBe(0);
        Directory.EnumerateFileSystemEntries(Backup).Select(Path.GetFileName).ShouldBe(["blobs", "productvideo.db"], ignoreOrder: true);
        File.ReadAllText(Path.Combine(Backup, "blobs", "a.mp4")).ShouldBe("clip");
        BackupFolder.IsFree(Backup).ShouldBeFalse("a backup is never written over another");
    }

    [Fact]
    public async Task while_it_is_copied_nobody_takes_it_for_a_backup() => await BackupFolder.FillAsync(Backup, async copy =>
    {
        await FillAsync(copy);
        Directory.EnumerateFileSystemEntries(Backup).Select(Path.GetFileName).ShouldBe([BackupFolder.Unfinished]);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_copy_that_ends_half_way_leaves_nothing_and_the_folder_may_be_taken_again(bool isTold)
    {
        var failure = isTold ? (Exception)new IOException("The device does not answer.") : new OperationCanceledException();
        var filling = BackupFolder.FillAsync(Backup, async copy =>
        {
            await FillAsync(copy);
            throw failure;
        });
        if (isTold)
            (await filling).ShouldBe(Failures.Machine);
        else
            await Should.ThrowAsync<OperationCanceledException>(() => filling);
        Directory.EnumerateFileSystemEntries(Backup).ShouldBeEmpty();
        (await BackupFolder.FillAsync(Backup, FillAsync)).ShouldBe(0);
    }

    [Fact]
    public async Task what_a_killed_try_left_makes_room_for_the_next()
    {
        Directory.CreateDirectory(Path.Combine(Backup, BackupFolder.Unfinished, "keys"));
        BackupFolder.IsFree(Backup).ShouldBeTrue();
        (await BackupFolder.FillAsync(Backup, FillAsync)).ShouldBe(0);
        Directory.Exists(Path.Combine(Backup, "keys")).ShouldBeFalse();
    }

    [Fact]
    public void a_full_disk_is_the_backups_and_not_the_data_folders()
    {
        foreach (var full in new Exception[] { new IOException("No space left on device", OperatingSystem.IsWindows() ? WindowsDiskFull : NoSpace), new SqliteException("SQLite Error 13: 'database or disk is full'.", 13) })
            BackupFolder.Sentence(full, "/mnt/usb").ShouldBe("The disk of /mnt/usb is full, so there is no backup; what was copied is removed. Make room on it, or name a folder on another disk.");
    }

    [Fact]
    public void what_is_not_about_files_is_told_by_others() => BackupFolder.Sentence(new SqliteException("SQLite Error 11: 'malformed'.", 11), "/mnt/usb").ShouldBeNull();

    private static async Task FillAsync(string copy)
    {
        Directory.CreateDirectory(Path.Combine(copy, "blobs"));
        await File.WriteAllTextAsync(Path.Combine(copy, "blobs", "a.mp4"), "clip");
        await File.WriteAllTextAsync(Path.Combine(copy, "productvideo.db"), "rows");
    }
}
