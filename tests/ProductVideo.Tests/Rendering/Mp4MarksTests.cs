using System.Buffers.Binary;
using System.Text;
using ProductVideo.Clips;
using ProductVideo.Rendering;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Rendering;

public sealed class Mp4MarksTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void what_was_added_is_found()
    {
        Write(Box("ftyp", "isom"), Box("mdat", "pictures"));
        Mp4Marks.Find(_file).ShouldBeNull();
        Mp4Marks.TryAdd(_file).ShouldBeTrue();
        Mp4Marks.Find(_file).ShouldBe("XMP DigitalSourceType");
    }

    [Fact]
    public void a_last_box_that_reaches_to_the_end_of_the_file_does_not_swallow_the_mark()
    {
        Write(Box("ftyp", "isom"), [0, 0, 0, 0, .. "mdatpictures"u8]);
        Mp4Marks.TryAdd(_file).ShouldBeTrue();
        Mp4Marks.Find(_file).ShouldNotBeNull();
        var bytes = File.ReadAllBytes(_file);
        BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(12)).ShouldBe(16);
    }

    [Fact]
    public void a_file_full_of_empty_boxes_fills_no_memory_and_counts_as_broken()
    {
        Write(Box("ftyp", "isom"), Box("mdat", "pictures"), [.. Enumerable.Repeat(Box("free", ""), 20_000).SelectMany(box => box)]);
        using var file = File.OpenRead(_file);
        var (boxes, isWhole) = Mp4Boxes.Outermost(file);
        (boxes.Count, isWhole).ShouldBe((10_000, false));
    }

    [Fact]
    public void a_box_with_a_long_size_is_passed_over()
    {
        byte[] large = [0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 20, 1, 2, 3, 4];
        Write(Box("ftyp", "isom"), large, AiMark.Mp4Box());
        Mp4Marks.Find(_file).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void what_its_provider_signed_is_told_as_that_whatever_stands_beside_it(bool isFirst)
    {
        var manifest = Box("uuid", [.. AiMark.C2paBox, .. "a signed manifest"u8]);
        Write(Box("ftyp", "isom"), isFirst ? manifest : AiMark.Mp4Box(), isFirst ? AiMark.Mp4Box() : manifest);
        Mp4Marks.Find(_file).ShouldBe(Mp4Marks.Theirs);
    }

    [Theory]
    [InlineData("<x>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture DigitalSourceType</x>", null)]
    [InlineData("<x DigitalSourceType='http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia'/>", "XMP DigitalSourceType")]
    [InlineData("<x/>", null)]
    public void a_packet_that_says_something_else_is_no_mark(string packet, string? found)
    {
        Write(Box("ftyp", "isom"), Box("uuid", [.. AiMark.XmpBox, .. Encoding.UTF8.GetBytes(packet)]));
        Mp4Marks.Find(_file).ShouldBe(found);
    }

    [Fact]
    public void a_file_that_was_cut_short_or_has_bytes_behind_takes_none()
    {
        Write(Box("ftyp", "isom"), Box("mdat", "pictures")[..10]);
        Mp4Marks.TryAdd(_file).ShouldBeFalse();
        Write(Box("ftyp", "isom"), [7]);
        Mp4Marks.TryAdd(_file).ShouldBeFalse();
        Write("<html> is no clip at all"u8.ToArray());
        Mp4Marks.TryAdd(_file).ShouldBeFalse();
        Mp4Marks.Find(_file).ShouldBeNull();
    }

    private void Write(params byte[][] boxes) => File.WriteAllBytes(_file, [.. boxes.SelectMany(box => box)]);

    private static byte[] Box(string type, string content) => Box(type, Encoding.ASCII.GetBytes(content));

    private static byte[] Box(string type, byte[] content)
    {
        byte[] box = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. content];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }
}
