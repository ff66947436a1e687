using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ProductVideo.Clips;
using ProductVideo.Provenance;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Provenance;

public sealed class SignedMp4Tests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 12, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly SigningCertificate s_certificate = OwnCertificate.Make(s_now).ToSign();
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-signed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Source => Path.Combine(_folder, "clip.mp4");

    private string Target => Path.Combine(_folder, "signed.mp4");

    [Theory]
    [InlineData("ftyp moov mdat", false)]
    [InlineData("ftyp mdat moov", false)]
    [InlineData("ftyp free mdat moov", true)]
    [InlineData("ftyp free moov free mdat8 udta", false)]
    [InlineData("ftyp mdat8 moov", true)]
    [InlineData("ftyp moov mdat0", false)]
    public async Task the_manifest_stands_behind_the_first_box_and_the_index_still_finds_each_piece(string layout, bool isLong)
    {
        var film = Mp4Film.Of(layout, isLong);
        Mp4Film.Pieces(film).ShouldBe(Mp4Film.AllPieces);
        var signed = await SignAsync(film);
        Mp4Film.Pieces(signed).ShouldBe(Mp4Film.AllPieces);

        var boxes = Boxes(signed);
        string[] before = [.. layout.Split(' ').Select(name => name[..4])];
        boxes.Select(box => box.Type).ShouldBe([before[0], "uuid", .. before[1..]]);
        boxes[1].ExtendedType.Span.SequenceEqual(AiMark.C2paBox).ShouldBeTrue();
        (await File.ReadAllBytesAsync(Source, TestContext.Current.CancellationToken)).ShouldBe(film, "what came is to stay as it is");
        // Each box that counts with its place before it, as C2PA has it.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var place = new byte[8];
        foreach (var box in boxes.Skip(2))
        {
            BinaryPrimitives.WriteInt64BigEndian(place, box.At);
            hash.AppendData(place);
            hash.AppendData(signed, (int)box.At, (int)box.Size);
        }

        signed.AsSpan((int)boxes[1].At, (int)boxes[1].Size).IndexOf(hash.GetHashAndReset()).ShouldBePositive();
    }

    [Fact]
    public async Task nothing_but_what_everybody_may_know_is_in_the_manifest()
    {
        var signed = await SignAsync(Mp4Film.Of("ftyp moov mdat"));
        var box = Boxes(signed)[1];
        var manifest = Encoding.Latin1.GetString(signed, (int)box.At, (int)box.Size);
        manifest.ShouldContain("c2pa.created");
        manifest.ShouldContain("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
        manifest.ShouldContain("2026-12-01T09:30:00Z");
        manifest.ShouldContain("ProductVideo installation ");
        manifest.ShouldNotContain(Environment.MachineName, Case.Insensitive);
        box.Size.ShouldBeLessThan(3000);
    }

    [Fact]
    public async Task boxes_that_are_nested_as_no_index_is_are_not_followed()
    {
        var nested = new byte[8 * 100_000];
        for (var at = 0; at < nested.Length; at += 8)
        {
            BinaryPrimitives.WriteInt32BigEndian(nested.AsSpan(at), nested.Length - at);
            "trak"u8.CopyTo(nested.AsSpan(at + 4));
        }

        Mp4Film.Pieces(await SignAsync(Mp4Film.Of("ftyp moov mdat", more: nested))).ShouldBe(Mp4Film.AllPieces);
    }

    [Fact]
    public async Task two_clips_of_the_same_bytes_have_names_of_their_own()
    {
        var film = Mp4Film.Of("ftyp moov mdat");
        (await SignAsync(film)).ShouldNotBe(await SignAsync(film));
    }

    public static TheoryData<string, byte[]> Unfit => new()
    {
        { "its file comes in fragments", [.. Mp4Film.Of("ftyp moov mdat"), .. Mp4Film.Box("moof")] },
        { "its file comes in fragments", Mp4Film.Of("ftyp moov mdat mfra") },
        { "its file comes in fragments", [.. Mp4Film.Of("ftyp"), .. Mp4Film.Box("moov", Mp4Film.Box("mvex"))] },
        { "its file holds more than a film", Mp4Film.Of("ftyp meta moov mdat") },
        { "its file is encrypted", Mp4Film.Of("ftyp moov mdat", more: Mp4Film.Box("saio", new byte[8])) },
        { "its file has no index, or more than one", Mp4Film.Of("ftyp mdat") },
        { "its file has no index, or more than one", Mp4Film.Of("ftyp moov mdat moov") },
        { "its file does not begin as an MP4 does", Mp4Film.Of("moov mdat") },
        { "its file is cut short, or something follows its last box", Mp4Film.Of("ftyp moov mdat")[..^1] },
        { "its file is cut short, or something follows its last box", [.. Mp4Film.Of("ftyp moov mdat"), 7] },
        { "its file is cut short, or something follows its last box", [] },
        { "its index can't be read", [.. Mp4Film.Of("ftyp"), .. Mp4Film.Box("moov", [0, 0, 0, 99, .. "trak"u8])] },
        { "its index can't be read", [.. Mp4Film.Of("ftyp"), .. Mp4Film.Box("moov", [0, 0, 0, 4, .. "trak"u8])] },
        { "its index can't be read", [.. Mp4Film.Of("ftyp"), .. Mp4Film.Box("moov", Mp4Film.Box("trak", Mp4Film.Box("mdia", Mp4Film.Box("minf", Mp4Film.Box("stbl", Mp4Film.Box("stco", [0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 1]))))))] },
        { "its file is too long", [.. Mp4Film.Of("ftyp"), .. Mp4Film.Box("moov", Mp4Film.Box("trak", Mp4Film.Box("mdia", Mp4Film.Box("minf", Mp4Film.Box("stbl", Mp4Film.Box("stco", [0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF]))))))] },
    };

    [Theory]
    [MemberData(nameof(Unfit))]
    public async Task a_file_whose_places_cant_be_moved_is_refused_in_words(string why, byte[] film) =>
        (await Should.ThrowAsync<SigningException>(() => SignAsync(film))).Message.ShouldBe(why);

    private async Task<byte[]> SignAsync(byte[] film)
    {
        await File.WriteAllBytesAsync(Source, film, TestContext.Current.CancellationToken);
        await SignedMp4.WriteAsync(Source, Target, new ClipManifest(s_now), s_certificate, TestContext.Current.CancellationToken);
        return await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken);
    }

    private static IReadOnlyList<Mp4Box> Boxes(byte[] film)
    {
        using var content = new MemoryStream(film, writable: false);
        var (boxes, isWhole) = Mp4Boxes.Outermost(content);
        isWhole.ShouldBeTrue();
        return boxes;
    }
}
