using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Conformance.Blobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.BlobStores;

public sealed class FileBlobStoreTests : BlobStoreConformance, IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("productvideo-blobs-").FullName;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly FileBlobStore _store;

    public FileBlobStoreTests() => _store = new FileBlobStore(new FileBlobOptions { Root = Root }, _clock);

    protected override IBlobStore Store => _store;

    /// <summary>No disk reads that far.</summary>
    protected override async Task<Stream> OpenBeforeAFaultAsync(string key)
    {
        var stream = (await _store.OpenAsync(key, Token))!;
        stream.Position = long.MaxValue;
        return stream;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Root => Path.Combine(_parent, "root");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public async Task a_put_leaves_nothing_beside_the_blob()
    {
        await Put("a/b.mp4");
        await Should.ThrowAsync<IOException>(() => _store.PutAsync("a/c.mp4", new BrokenStream(), "video/mp4", PutMode.Replace, Token));
        Files().ShouldBe([Path.Combine("root", ".productvideo"), Path.Combine("root", "blobs", "a~", "b.mp4")]);
    }

    [Fact]
    public async Task an_empty_folder_in_place_of_the_one_it_began_with_is_not_written_into()
    {
        await Put("a/b.mp4");
        // As where a share is not mounted any more.
        Directory.Move(Root, Root + ".away");
        Directory.CreateDirectory(Root);
        (await Should.ThrowAsync<BlobStoreException>(() => Put("a/c.mp4"))).Message.ShouldContain("is not mounted");
        Directory.EnumerateFileSystemEntries(Root).ShouldBeEmpty();

        Directory.Delete(Root);
        Directory.Move(Root + ".away", Root);
        await Put("a/c.mp4");
        (await _store.ListAsync("", Token).Select(blob => blob.Key).ToListAsync(Token)).ShouldBe(["a/b.mp4", "a/c.mp4"]);
    }

    [Theory]
    [InlineData("../x.mp4")]
    [InlineData("a/../../../x.mp4")]
    [InlineData("/x.mp4")]
    public async Task a_hostile_key_touches_nothing(string key)
    {
        await Should.ThrowAsync<ArgumentException>(() => Put(key));
        Directory.EnumerateFileSystemEntries(_parent).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_symbolic_link_to_a_folder_is_not_followed()
    {
        await Put("a/b.mp4");
        var outside = Directory.CreateDirectory(Path.Combine(_parent, "outside"));
        await File.WriteAllTextAsync(Path.Combine(outside.FullName, "secret.mp4"), "secret", Token);
        Directory.CreateSymbolicLink(Path.Combine(Root, "blobs", "link~"), outside.FullName);
        await Should.ThrowAsync<BlobStoreException>(async () => await _store.OpenAsync("link/secret.mp4", Token));
        await Should.ThrowAsync<BlobStoreException>(() => Put("link/new.mp4"));
        await Should.ThrowAsync<BlobStoreException>(() => _store.DeleteAsync("link/secret.mp4", Token));
        (await _store.ListAsync("", Token).Select(b => b.Key).ToListAsync(Token)).ShouldBe(["a/b.mp4"]);
        await Should.ThrowAsync<BlobStoreException>(async () => await _store.ListAsync("link/", Token).CountAsync(Token));
        outside.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public async Task a_symbolic_link_to_a_file_is_not_followed()
    {
        await Put("a/b.mp4");
        var secret = Path.Combine(_parent, "secret");
        await File.WriteAllTextAsync(secret, "secret", Token);
        File.CreateSymbolicLink(Path.Combine(Root, "blobs", "a~", "c.mp4"), secret);
        await Should.ThrowAsync<BlobStoreException>(async () => await _store.OpenAsync("a/c.mp4", Token));
        await Should.ThrowAsync<BlobStoreException>(() => Put("a/c.mp4"));
        (await File.ReadAllTextAsync(secret, Token)).ShouldBe("secret");
    }

    [Fact]
    public async Task a_type_that_the_key_does_not_say_is_a_mistake()
    {
        await Should.ThrowAsync<ArgumentException>(() => _store.PutAsync("a/b.mp4", new MemoryStream([1]), "image/jpeg", PutMode.Replace, Token));
        await Should.ThrowAsync<ArgumentException>(() => _store.PutAsync("a/b", new MemoryStream([1]), "image/jpeg", PutMode.Replace, Token));
        Files().ShouldBeEmpty();
    }

    [Fact]
    public async Task sweeping_removes_only_what_is_older_than_an_hour()
    {
        await Put("a/b.mp4");
        var (old, young) = (Path.Combine(Root, ".incoming", "old"), Path.Combine(Root, ".incoming", "young"));
        await File.WriteAllTextAsync(old, "x", Token);
        await File.WriteAllTextAsync(young, "x", Token);
        File.SetLastWriteTimeUtc(old, _clock.GetUtcNow().UtcDateTime.AddMinutes(-61));
        File.SetLastWriteTimeUtc(young, _clock.GetUtcNow().UtcDateTime.AddMinutes(-59));
        (await _store.SweepAsync(Token)).ShouldBe(1);
        File.Exists(old).ShouldBeFalse();
        File.Exists(young).ShouldBeTrue();
        (await _store.FindAsync("a/b.mp4", Token)).ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await _store.SweepAsync(Token)).ShouldBe(1);
    }

    [Fact]
    public async Task sweeping_a_store_that_was_never_used_is_fine() => (await _store.SweepAsync(Token)).ShouldBe(0);

    [Fact]
    public async Task a_folder_that_can_not_be_made_is_the_stores_failure()
    {
        await File.WriteAllTextAsync(Root, "a file where the folder should be", Token);
        var e = await Should.ThrowAsync<BlobStoreException>(() => Put("a/b.mp4"));
        e.MerchantText.ShouldContain("Nothing was changed");
    }

    [Fact]
    public void a_full_disk_is_called_full()
    {
        var e = FileBlobFault.Of(new IOException("No space left on device", OperatingSystem.IsWindows() ? unchecked((int)0x80070070) : 28));
        e.MerchantText.ShouldBe("The storage for pictures and clips is full. Nothing was changed; please try again when it is solved.");
        FileBlobFault.Of(new IOException("Input/output error", 5)).MerchantText.ShouldNotContain("full");
        FileBlobFault.Of(new UnauthorizedAccessException("Denied")).MerchantText.ShouldContain("can't be written or read");
    }

    [Fact]
    public async Task a_file_has_no_address() => (await _store.ReadUrlAsync("a/b.mp4", TimeSpan.FromHours(1), Token)).ShouldBeNull();

    [Fact]
    public async Task an_open_blob_can_be_wound_back()
    {
        await Put("a/b.mp4");
        await using var stream = await _store.OpenAsync("a/b.mp4", Token);
        stream!.CanSeek.ShouldBeTrue();
    }

    [Fact]
    public void all_mistakes_in_the_options_are_named_at_once()
    {
        var options = new FileBlobOptions { Root = " ", StaleAfter = TimeSpan.Zero };
        options.Mistakes().Count.ShouldBe(2);
        Should.Throw<ArgumentException>(() => new FileBlobStore(options)).Message.ShouldContain("StaleAfter");
        using var services = new ServiceCollection().AddFileBlobs(o => o.Root = "").BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IBlobStore>());
    }

    [Fact]
    public void the_store_named_last_is_the_one()
    {
        using var services = new ServiceCollection().AddSingleton<IBlobStore, MemoryBlobStore>().AddFileBlobs(o => o.Root = Root).BuildServiceProvider();
        services.GetServices<IBlobStore>().ShouldHaveSingleItem().ShouldBeSameAs(services.GetRequiredService<FileBlobStore>());
    }

    private Task<BlobWritten> Put(string key) => _store.PutAsync(key, new MemoryStream([1, 2, 3]), "video/mp4", PutMode.Replace, Token);

    private string[] Files() => [.. Directory.EnumerateFiles(_parent, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_parent, f))];

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("The source failed.");
    }
}
