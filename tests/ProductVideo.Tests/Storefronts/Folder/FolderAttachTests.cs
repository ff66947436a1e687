using System.Text.Json;
using ProductVideo.Catalog;
using ProductVideo.Storefronts.Folder;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder;

public sealed class FolderAttachTests : IDisposable
{
    private const string Mug = "stoneware-mug";
    private readonly ShopFolder _folder = new();
    private readonly FolderStorefront _shop;

    public FolderAttachTests() => _shop = _folder.Open();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string ClipFile => Path.Combine(_folder.StatePath, Mug, "mug-5f2c.mp4");

    [Fact]
    public async Task the_shops_own_folder_is_never_written()
    {
        var before = ShopFolder.Everything(_folder.Path);
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        await _shop.DetachAsync(Mug, "mug-5f2c", Token);
        ShopFolder.Everything(_folder.Path).ShouldBe(before);
    }

    [Fact]
    public async Task clip_poster_and_gallery_lie_in_the_state_folder_and_nothing_else()
    {
        var attached = await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        attached.ListingUrl.ShouldBe("/shop/sample/products/stoneware-mug");
        Directory.EnumerateFiles(Path.Combine(_folder.StatePath, Mug)).Select(Path.GetFileName).ShouldBe(
            ["gallery.json", "mug-5f2c.jpg", "mug-5f2c.mp4"], ignoreOrder: true);
    }

    [Fact]
    public async Task the_gallery_remembers_what_was_there_before()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        using var gallery = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.StatePath, Mug, "gallery.json"), Token));
        var images = (await _shop.ReadAsync(Mug, Token))!.Images.Select(m => m.Id);
        gallery.RootElement.GetProperty("before").EnumerateArray().Select(e => e.GetString()).ShouldBe(images);
    }

    [Fact]
    public async Task detaching_the_only_clip_leaves_no_state()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        await _shop.DetachAsync(Mug, "mug-5f2c", Token);
        Directory.Exists(Path.Combine(_folder.StatePath, Mug)).ShouldBeFalse();
    }

    [Fact]
    public async Task detaching_the_second_clip_restores_the_state_byte_for_byte()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip("first"), Token);
        var before = ShopFolder.Everything(_folder.StatePath);
        _folder.Clock.Advance(TimeSpan.FromHours(1));
        await _shop.AttachAsync(Mug, ShopFolder.Clip("second"), Token);
        await _shop.DetachAsync(Mug, "second", Token);
        ShopFolder.Everything(_folder.StatePath).ShouldBe(before);
    }

    [Fact]
    public async Task a_clip_that_is_there_is_not_opened_again()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        var again = await _shop.AttachAsync(
            Mug, ShopFolder.Clip() with { OpenClip = _ => throw new InvalidOperationException("opened"), OpenPoster = _ => throw new InvalidOperationException("opened") }, Token);
        again.WasThere.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("cut short")]
    [InlineData("A clipmug-5f2c")]
    public async Task a_damaged_clip_is_written_again_in_its_place(string damage)
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        var sound = ShopFolder.Everything(_folder.StatePath);
        await File.WriteAllTextAsync(ClipFile, damage, Token);
        _folder.Clock.Advance(TimeSpan.FromHours(1));

        (await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token)).WasThere.ShouldBeFalse();
        ShopFolder.Everything(_folder.StatePath).ShouldBe(sound);
    }

    [Theory]
    [InlineData(".mp4")]
    [InlineData(".jpg")]
    public async Task a_missing_file_is_written_again(string extension)
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        File.Delete(Path.ChangeExtension(ClipFile, extension));
        (await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token)).WasThere.ShouldBeFalse();
        File.Exists(Path.ChangeExtension(ClipFile, extension)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task bytes_that_are_not_the_checked_ones_are_refused_and_leave_nothing(int more)
    {
        var clip = ShopFolder.Clip();
        var other = clip with { Length = clip.Length + more, Sha256 = new string('0', 64) };
        var refused = await Should.ThrowAsync<StorefrontException>(() => _shop.AttachAsync(Mug, other, Token));
        refused.Fault.ShouldBe(StorefrontFault.ClipRefused);
        ShopFolder.Everything(_folder.StatePath).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_crash_after_the_clip_was_written_is_mended_by_the_next_attach()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        File.Delete(Path.Combine(_folder.StatePath, Mug, "gallery.json"));
        await File.WriteAllTextAsync(ClipFile + ".0123.unfinished", "half a clip", Token);

        (await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token)).WasThere.ShouldBeFalse();
        Directory.EnumerateFiles(Path.Combine(_folder.StatePath, Mug)).Count().ShouldBe(3);
    }

    [Fact]
    public async Task a_crash_between_the_gallery_and_the_files_is_mended_by_the_next_detach()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        File.Delete(Path.Combine(_folder.StatePath, Mug, "gallery.json"));
        await _shop.DetachAsync(Mug, "mug-5f2c", Token);
        Directory.Exists(Path.Combine(_folder.StatePath, Mug)).ShouldBeFalse();
    }

    [Fact]
    public async Task a_source_that_fails_leaves_nothing_and_its_fault_is_not_blamed_on_the_shop()
    {
        var clip = ShopFolder.Clip() with { OpenClip = _ => throw new InvalidOperationException("the blob is gone") };
        await Should.ThrowAsync<InvalidOperationException>(() => _shop.AttachAsync(Mug, clip, Token));
        ShopFolder.Everything(_folder.StatePath).ShouldBeEmpty();
    }

    [Fact]
    public async Task two_storefronts_over_one_state_leave_one_video()
    {
        var other = _folder.Open();
        var all = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            () => (i % 2 == 0 ? _shop : other).AttachAsync(Mug, ShopFolder.Clip(), Token), Token)));
        all.Count(a => !a.WasThere).ShouldBe(1);
    }

    [Fact]
    public async Task parallel_attaches_of_many_clips_lose_none()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
            () => _shop.AttachAsync(Mug, ShopFolder.Clip(FormattableString.Invariant($"clip-{i}")), Token), Token)));
        (await _shop.Galleries.ReadAsync(Mug, Token))!.Videos.Count().ShouldBe(12);
    }

    [Fact]
    public async Task an_attach_waits_for_another_process_and_gives_up_in_the_end()
    {
        var path = Path.Combine(_folder.StatePath, ".locks", Mug + ".lock");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var waiting = _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
            while (!waiting.IsCompleted)
            {
                _folder.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            (await Should.ThrowAsync<StorefrontException>(() => waiting)).Fault.ShouldBe(StorefrontFault.Unavailable);
        }

        (await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token)).WasThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_state_folder_that_cannot_be_written_is_said_in_a_sentence()
    {
        await File.WriteAllTextAsync(_folder.StatePath, "a file in the way", Token);
        var failed = await Should.ThrowAsync<StorefrontException>(() => _shop.AttachAsync(Mug, ShopFolder.Clip(), Token));
        failed.Fault.ShouldBe(StorefrontFault.Unavailable);
        failed.MerchantText.ShouldContain("can't be written");
    }

    [Fact]
    public void a_full_disk_is_told_from_other_failures() =>
        FolderFaults.CannotWrite(new IOException("No space left on device", 28)).MerchantText.ShouldContain("full");

    [Fact]
    public async Task a_damaged_gallery_is_not_overwritten()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        var path = Path.Combine(_folder.StatePath, Mug, "gallery.json");
        await File.WriteAllTextAsync(path, "{", Token);
        (await Should.ThrowAsync<StorefrontException>(() => _shop.AttachAsync(Mug, ShopFolder.Clip("second"), Token))).Fault.ShouldBe(StorefrontFault.InvalidData);
        (await File.ReadAllTextAsync(path, Token)).ShouldBe("{");
    }

    [Fact]
    public async Task a_clip_can_be_taken_off_a_product_that_left_the_shop()
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        _folder.Remove("products.csv");
        await _shop.DetachAsync(Mug, "mug-5f2c", Token);
        Directory.Exists(Path.Combine(_folder.StatePath, Mug)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_clip_is_not_off_while_the_drive_with_the_state_is_away(bool mountPointIsThere)
    {
        await _shop.AttachAsync(Mug, ShopFolder.Clip(), Token);
        Directory.Move(_folder.StatePath, _folder.StatePath + ".away");
        if (mountPointIsThere)
            Directory.CreateDirectory(_folder.StatePath);
        (await Should.ThrowAsync<StorefrontException>(() => _shop.DetachAsync(Mug, "mug-5f2c", Token))).Fault.ShouldBe(StorefrontFault.Unavailable);

        if (mountPointIsThere)
            Directory.Delete(_folder.StatePath);
        Directory.Move(_folder.StatePath + ".away", _folder.StatePath);
        await _shop.DetachAsync(Mug, "mug-5f2c", Token);
        Directory.Exists(Path.Combine(_folder.StatePath, Mug)).ShouldBeFalse();
        await _shop.DetachAsync(Mug, "mug-5f2c", Token);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("Upper")]
    [InlineData("")]
    [InlineData("a.b")]
    public async Task a_key_that_is_no_file_name_is_refused(string key)
    {
        (await Should.ThrowAsync<StorefrontException>(() => _shop.AttachAsync(Mug, ShopFolder.Clip(key), Token))).Fault.ShouldBe(StorefrontFault.ClipRefused);
        await _shop.DetachAsync(Mug, key, Token);
        await _shop.DetachAsync("../shop", "mug", Token);
    }

    [Fact]
    public async Task a_draft_takes_a_clip_and_has_no_address() =>
        (await _shop.AttachAsync("sketch", ShopFolder.Clip(withPoster: false), Token)).ListingUrl.ShouldBeNull();

    public void Dispose() => _folder.Dispose();
}
