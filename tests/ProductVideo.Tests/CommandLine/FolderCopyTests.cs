using System.Runtime.Versioning;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ProductVideo.Host.Commands;
using ProductVideo.Hosting;
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [UnsupportedOSPlatform("windows")]
    public void nobody_else_reads_a_backup_also_in_a_folder_that_was_there(bool wasThere)
    {
        var backup = Path.Combine(_folder, "backup");
        if (wasThere)
            Directory.CreateDirectory(backup, PrivateFolder.OnlyOwner | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        FolderCopy.MakePrivate(backup).ShouldBeTrue();
        File.GetUnixFileMode(backup).ShouldBe(PrivateFolder.OnlyOwner);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task nobody_else_reads_a_data_folder_and_the_keys_in_it()
    {
        var data = Path.Combine(_folder, "data");
        var ended = await WithDatabase.RunAsync(data, services =>
        {
            services.GetRequiredService<IDataProtectionProvider>().CreateProtector("any").Protect("a password");
            return Task.FromResult(0);
        }, TestContext.Current.CancellationToken, begins: true);
        ended.ShouldBe(0);
        Directory.EnumerateFiles(Path.Combine(data, "keys")).ShouldNotBeEmpty();
        File.GetUnixFileMode(data).ShouldBe(PrivateFolder.OnlyOwner);
        File.GetUnixFileMode(Path.Combine(data, "keys")).ShouldBe(PrivateFolder.OnlyOwner);
    }
}
