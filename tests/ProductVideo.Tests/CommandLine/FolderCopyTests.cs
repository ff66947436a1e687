using System.Runtime.Versioning;
using ProductVideo.Host.Commands;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class FolderCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-copy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/data/blobs", "/data/blobs", true)]
    [InlineData("/data/blobs/a/b", "/data/blobs", true)]
    [InlineData("/data/blobs/..a", "/data/blobs", true)]
    [InlineData("/data/blobs-2", "/data/blobs", false)]
    [InlineData("/data", "/data/blobs", false)]
    [InlineData("/backup", "/data/blobs", false)]
    public void a_folder_is_within_itself_and_what_it_lies_in(string folder, string other, bool within) => FolderCopy.IsWithin(folder, other).ShouldBe(within);

    [Fact]
    public void what_is_whole_is_copied_with_its_folders()
    {
        foreach (var (name, text) in new[] { ("a~/b", "one"), (".hidden", "two"), (".incoming/c", "half") })
        {
            var file = Path.Combine(_folder, "from", name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        FolderCopy.Copy(Path.Combine(_folder, "from"), Path.Combine(_folder, "to"), CancellationToken.None).ShouldBe(2);
        Directory.EnumerateFiles(Path.Combine(_folder, "to"), "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(Path.Combine(_folder, "to"), file), File.ReadAllText)
            .ShouldBe(new Dictionary<string, string> { ["a~/b"] = "one", [".hidden"] = "two" }, ignoreOrder: true);
        FolderCopy.Copy(Path.Combine(_folder, "nowhere"), Path.Combine(_folder, "to"), CancellationToken.None).ShouldBe(0);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void nobody_else_reads_a_backup()
    {
        FolderCopy.MakePrivate(Path.Combine(_folder, "backup"));
        File.GetUnixFileMode(Path.Combine(_folder, "backup")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
