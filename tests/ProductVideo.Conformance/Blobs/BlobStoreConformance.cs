using ProductVideo.Blobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Blobs;

/// <summary>
/// What every <see cref="IBlobStore"/> must do. Derive a class, return the store, and the facts below run against it. Each fact uses keys
/// of its own, so one store may serve them all.
/// </summary>
public abstract class BlobStoreConformance
{
    private readonly string _folder = $"suite/{Guid.NewGuid():N}";

    /// <summary>The store under test.</summary>
    protected abstract IBlobStore Store { get; }

    /// <summary>Opens a blob of the store that was put before, with a fault on the way that is met only once it is read.</summary>
    protected abstract Task<Stream> OpenBeforeAFaultAsync(string key);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Key => $"{_folder}/clip.mp4";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(20_000_000)]
    public async Task what_was_put_comes_back(int length)
    {
        var bytes = Sources.Random(length);
        var written = await PutAsync(Key, new MemoryStream(bytes));
        written.Written.ShouldBeTrue();
        (written.Properties.Key, written.Properties.Length, written.Properties.ContentType).ShouldBe((Key, length, "video/mp4"));
        (await ReadAsync(Key))!.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task a_source_that_can_only_be_read_forward_is_taken_whole()
    {
        var bytes = Sources.Random(9_000_001);
        (await PutAsync(Key, new ForwardSource(bytes))).Properties.Length.ShouldBe(bytes.Length);
        (await ReadAsync(Key))!.AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Fact]
    public async Task a_source_is_read_from_where_it_stands()
    {
        var source = new MemoryStream([1, 2, 3, 4]) { Position = 2 };
        (await PutAsync(Key, source)).Properties.Length.ShouldBe(2);
        (await ReadAsync(Key)).ShouldBe([3, 4]);
    }

    [Fact]
    public async Task the_properties_are_those_of_the_last_put()
    {
        await PutAsync(Key, new MemoryStream([1, 2, 3]));
        var found = (await Store.FindAsync(Key, Token))!;
        (found.Key, found.Length, found.ContentType).ShouldBe((Key, 3L, "video/mp4"));
        found.WrittenAt.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddMinutes(10));
    }

    [Theory]
    [InlineData("a.jpg", "image/jpeg")]
    [InlineData("a.png", "image/png")]
    [InlineData("a.webp", "image/webp")]
    [InlineData("a.avif", "image/avif")]
    [InlineData("a.json", "application/json")]
    [InlineData("a", "application/octet-stream")]
    public async Task the_media_type_comes_back(string name, string contentType)
    {
        await Store.PutAsync($"{_folder}/{name}", new MemoryStream([1]), contentType, PutMode.Replace, Token);
        (await Store.FindAsync($"{_folder}/{name}", Token))!.ContentType.ShouldBe(contentType);
    }

    [Fact]
    public async Task a_second_put_replaces_the_first()
    {
        await PutAsync(Key, new MemoryStream(new byte[1000]));
        (await PutAsync(Key, new MemoryStream([7, 8]))).Written.ShouldBeTrue();
        (await ReadAsync(Key)).ShouldBe([7, 8]);
    }

    [Fact]
    public async Task if_absent_writes_where_there_is_nothing()
    {
        (await PutAsync(Key, new MemoryStream([7]), PutMode.IfAbsent)).Written.ShouldBeTrue();
        (await ReadAsync(Key)).ShouldBe([7]);
    }

    [Fact]
    public async Task if_absent_leaves_the_first_and_says_so()
    {
        await PutAsync(Key, new MemoryStream([7, 8, 9]));
        var second = await PutAsync(Key, new MemoryStream([1]), PutMode.IfAbsent);
        second.Written.ShouldBeFalse();
        second.Properties.Length.ShouldBe(3);
        (await ReadAsync(Key)).ShouldBe([7, 8, 9]);
    }

    [Fact]
    public async Task of_sixteen_puts_at_once_if_absent_exactly_one_writes()
    {
        using var together = new Barrier(16);
        var puts = await Task.WhenAll(Enumerable.Range(1, 16).Select(i => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait(Token);
                return PutAsync(Key, new MemoryStream([.. Enumerable.Repeat((byte)i, 1000 + i)]), PutMode.IfAbsent);
            },
            Token, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        var winner = puts.Single(p => p.Written);
        var kept = (await ReadAsync(Key))!;
        kept.Length.ShouldBe((int)winner.Properties.Length);
        kept.ShouldAllBe(b => b == kept.Length - 1000);
        puts.ShouldAllBe(p => p.Properties.Length == kept.Length);
    }

    [Fact]
    public async Task a_reader_during_a_replace_sees_the_old_or_the_new_and_never_a_mix()
    {
        await PutAsync(Key, Sources.Filled(1, 5_000_000));
        var buffer = new byte[5_000_000];
        await using var reader = (await Store.OpenAsync(Key, Token))!;
        await reader.ReadExactlyAsync(buffer.AsMemory(0, 10_000), Token);
        await PutAsync(Key, Sources.Filled(2, 5_000_000));
        await reader.ReadExactlyAsync(buffer.AsMemory(10_000), Token);
        buffer.AsSpan().ContainsAnyExcept(buffer[0]).ShouldBeFalse();
        (await ReadAsync(Key))!.AsSpan().ContainsAnyExcept((byte)2).ShouldBeFalse();
    }

    [Fact]
    public async Task readers_beside_many_replaces_never_see_a_mix()
    {
        await PutAsync(Key, Sources.Filled(100, 300_000));
        var writer = Task.Run(
            async () =>
            {
                for (byte i = 0; i < 25; i++)
                    await PutAsync(Key, Sources.Filled(i, 300_000 + i));
            },
            Token);
        do
        {
            var bytes = (await ReadAsync(Key))!;
            bytes.AsSpan().ContainsAnyExcept(bytes[0]).ShouldBeFalse();
            bytes.Length.ShouldBe(bytes[0] == 100 ? 300_000 : 300_000 + bytes[0]);
        }
        while (!writer.IsCompleted);
        await writer;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    [InlineData(9_000_000)]
    public async Task a_source_that_fails_leaves_nothing_and_its_own_error_comes_through(int after)
    {
        await Should.ThrowAsync<SourceFailedException>(() => PutAsync(Key, new FailingSource(after)));
        (await Store.FindAsync(Key, Token)).ShouldBeNull();
        (await ListAsync(_folder)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_source_that_fails_leaves_the_blob_that_was_there()
    {
        await PutAsync(Key, new MemoryStream([1, 2]));
        await Should.ThrowAsync<SourceFailedException>(() => PutAsync(Key, new FailingSource(500_000)));
        (await ReadAsync(Key)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task a_put_that_was_cancelled_before_writes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Store.PutAsync(Key, new MemoryStream([1]), "video/mp4", PutMode.Replace, cancelled.Token));
        (await Store.FindAsync(Key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_put_that_is_cancelled_on_the_way_writes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        var source = new FailingSource(9_000_000, cancelled.Cancel);
        await Should.ThrowAsync<OperationCanceledException>(() => Store.PutAsync(Key, source, "video/mp4", PutMode.Replace, cancelled.Token));
        (await Store.FindAsync(Key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task a_fault_that_is_met_while_a_blob_is_read_is_the_stores_failure()
    {
        await PutAsync(Key, new MemoryStream(Sources.Random(1_000_000)));
        await using (var stream = await OpenBeforeAFaultAsync(Key))
            await Should.ThrowAsync<BlobStoreException>(() => stream.CopyToAsync(Stream.Null, Token));
        await using (var stream = await OpenBeforeAFaultAsync(Key))
            Should.Throw<BlobStoreException>(() => stream.CopyTo(Stream.Null));
    }

    [Fact]
    public async Task a_read_that_is_called_off_is_no_failure()
    {
        await PutAsync(Key, new MemoryStream(Sources.Random(1_000_000)));
        await using var stream = (await Store.OpenAsync(Key, Token))!;
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await stream.ReadExactlyAsync(new byte[10], cancelled.Token));
    }

    [Fact]
    public async Task what_is_not_there_is_null()
    {
        (await Store.OpenAsync(Key, Token)).ShouldBeNull();
        (await Store.FindAsync(Key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task deleting_twice_is_fine()
    {
        await PutAsync(Key, new MemoryStream([1]));
        await Store.DeleteAsync(Key, Token);
        (await Store.FindAsync(Key, Token)).ShouldBeNull();
        await Store.DeleteAsync(Key, Token);
        (await PutAsync(Key, new MemoryStream([2]), PutMode.IfAbsent)).Written.ShouldBeTrue();
    }

    [Fact]
    public async Task a_listing_holds_exactly_the_prefix_in_ordinal_order()
    {
        string[] names = ["b/2.mp4", "b/10.mp4", "b-c.mp4", "b.mp4", "b/2/x.mp4", "a.mp4", "c.mp4", "b_.mp4"];
        foreach (var name in names)
            await PutAsync($"{_folder}/{name}", new MemoryStream([1, 2]));
        (await ListAsync(_folder)).ShouldBe(names.Order(StringComparer.Ordinal).Select(n => $"{_folder}/{n}"));
        (await ListAsync($"{_folder}/b")).Count.ShouldBe(6);
        (await ListAsync($"{_folder}/b/")).ShouldBe([$"{_folder}/b/10.mp4", $"{_folder}/b/2.mp4", $"{_folder}/b/2/x.mp4"]);
        (await ListAsync($"{_folder}/b/2")).ShouldBe([$"{_folder}/b/2.mp4", $"{_folder}/b/2/x.mp4"]);
        (await ListAsync($"{_folder}/none")).ShouldBeEmpty();
        (await ListAsync("")).ShouldContain($"{_folder}/a.mp4");
    }

    [Fact]
    public async Task one_key_may_be_the_start_of_another()
    {
        await Store.PutAsync($"{_folder}/x", new MemoryStream([1]), "application/octet-stream", PutMode.Replace, Token);
        await Store.PutAsync($"{_folder}/x/y", new MemoryStream([2]), "application/octet-stream", PutMode.Replace, Token);
        (await ReadAsync($"{_folder}/x")).ShouldBe([1]);
        (await ReadAsync($"{_folder}/x/y")).ShouldBe([2]);
    }

    [Fact]
    public async Task the_longest_key_works()
    {
        var key = $"{_folder}/".PadRight(196, 'k') + ".mp4";
        await PutAsync(key, new MemoryStream([5]));
        (await ReadAsync(key)).ShouldBe([5]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("c:/x")]
    [InlineData("..%2f..%2fetc/passwd")]
    [InlineData("é")]
    [InlineData("a~/b")]
    public async Task a_hostile_key_is_refused_by_every_call(string key)
    {
        var source = new ForwardSource([1]);
        await Should.ThrowAsync<ArgumentException>(async () => await Store.PutAsync(key, source, "video/mp4", PutMode.Replace, Token));
        source.WasRead.ShouldBeFalse();
        await Should.ThrowAsync<ArgumentException>(async () => await Store.OpenAsync(key, Token));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.FindAsync(key, Token));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.DeleteAsync(key, Token));
        await Should.ThrowAsync<ArgumentException>(async () => await Store.ReadUrlAsync(key, TimeSpan.FromMinutes(1), Token));
        if (key is not ("" or "a/"))
            await Should.ThrowAsync<ArgumentException>(async () => await ListAsync(key));
    }

    [Fact]
    public async Task a_key_that_is_too_long_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(async () => await Store.FindAsync(new string('a', 4096), Token));

    private Task<BlobWritten> PutAsync(string key, Stream content, PutMode mode = PutMode.Replace) => Store.PutAsync(key, content, "video/mp4", mode, Token);

    private async Task<byte[]?> ReadAsync(string key)
    {
        await using var stream = await Store.OpenAsync(key, Token);
        if (stream is null)
            return null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    private async Task<List<string>> ListAsync(string prefix)
    {
        var keys = new List<string>();
        await foreach (var blob in Store.ListAsync(prefix, Token))
            keys.Add(blob.Key);
        return keys;
    }
}
