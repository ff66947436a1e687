using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class WorkFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("pv-work-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void its_files_go_with_it()
    {
        using (var work = new WorkFolder(_parent, "one", NullLogger.Instance))
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(work.Path, "inner")).FullName, "clip.mp4"), "");
        Directory.EnumerateFileSystemEntries(_parent).ShouldBeEmpty();
    }

    [Fact]
    public void what_keeps_it_from_being_removed_says_nothing_about_the_work()
    {
        var gone = new WorkFolder(_parent, "gone", NullLogger.Instance);
        Directory.Delete(gone.Path);
        Should.NotThrow(gone.Dispose);

        var held = new WorkFolder(_parent, "held", NullLogger.Instance);
        // Windows removes no file that somebody reads.
        using (new FileStream(Path.Combine(held.Path, "clip.mp4"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Should.NotThrow(held.Dispose);
    }

    [Fact]
    public void a_file_that_may_not_be_removed_keeps_nothing_from_going_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Who may do everything may remove it.");
        var held = new WorkFolder(_parent, "held", NullLogger.Instance);
        File.WriteAllText(Path.Combine(held.Path, "clip.mp4"), "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(held.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Should.NotThrow(held.Dispose);
        Should.NotThrow(() => WorkFolder.Remove(held.Path, NullLogger.Instance));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(held.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
