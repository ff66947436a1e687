using CsCheck;
using ProductVideo.Storefronts.Folder.Products;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Storefronts.Folder.Products;

public sealed class HeldFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("held-").FullName;
    private readonly HeldFiles _files;

    public HeldFilesTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "shop", "images"));
        File.WriteAllText(Path.Combine(_root, "secret.png"), "secret");
        File.WriteAllText(Path.Combine(_root, "shop", "images", "mug.png"), "mug");
        _files = new(Path.Combine(_root, "shop"));
    }

    [Fact]
    public void a_picture_inside_is_found()
    {
        _files.TryResolve("images/mug.png", out var path).ShouldBeTrue();
        File.ReadAllText(path!).ShouldBe("mug");
    }

    [Fact]
    public void a_link_to_a_file_outside_is_refused()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "shop", "images", "out.png"), Path.Combine(_root, "secret.png"));
        _files.TryResolve("images/out.png", out _).ShouldBeFalse();
    }

    [Fact]
    public void a_linked_folder_that_leads_outside_is_refused()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "shop", "more"), "..");
        _files.TryResolve("more/secret.png", out _).ShouldBeFalse();
    }

    [Fact]
    public void a_chain_of_links_is_followed_to_its_end()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "shop", "a.png"), "b.png");
        File.CreateSymbolicLink(Path.Combine(_root, "shop", "b.png"), "../secret.png");
        _files.TryResolve("a.png", out _).ShouldBeFalse();
    }

    [Fact]
    public void links_that_go_round_in_a_circle_are_refused()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "shop", "a.png"), "b.png");
        File.CreateSymbolicLink(Path.Combine(_root, "shop", "b.png"), "a.png");
        _files.TryResolve("a.png", out _).ShouldBeFalse();
    }

    [Fact]
    public void a_link_that_stays_inside_is_fine()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "shop", "main.png"), "images/mug.png");
        _files.TryResolve("main.png", out var path).ShouldBeTrue();
        File.ReadAllText(path!).ShouldBe("mug");
    }

    [Fact]
    public void a_shop_that_is_itself_reached_over_a_link_works()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root, "linked"), Path.Combine(_root, "shop"));
        new HeldFiles(Path.Combine(_root, "linked")).TryResolve("images/mug.png", out _).ShouldBeTrue();
    }

    [Fact]
    public void no_text_whatever_leads_outside()
    {
        string[] pieces =
        [
            "..", ".", "/", "\\", "images", "mug.png", "secret.png", "%2e%2e", "\0", "~", "C:", " ", "…", "．．", "a",
        ];
        var piece = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);
        var shop = Path.Combine(_root, "shop") + Path.DirectorySeparatorChar;
        piece.Array[0, 8].Select(string.Concat).Sample(
            key => !_files.TryResolve(key, out var path) || path.StartsWith(shop, StringComparison.Ordinal), iter: 5_000);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
