using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using ProductVideo.Rendering;

namespace ProductVideo.Provenance;

/// <summary>
/// Writes an MP4 anew with a manifest behind its first box, where readers look for it. What follows moves, and with it the places that the index names.
/// The file is read and written once, in pieces; only its index is held.
/// </summary>
internal static class SignedMp4
{
    private const int Together = 1 << 20;

    /// <summary>The index of an hour in 60 pictures a second takes a few megabytes.</summary>
    private const int MostOfIndex = 32 * 1024 * 1024;

    /// <param name="source">The file; it stays as it is.</param>
    /// <param name="target">Where the signed one is written.</param>
    /// <param name="manifest">What is signed.</param>
    /// <param name="certificate">By whom.</param>
    /// <param name="cancellationToken">Leaves an unfinished target behind.</param>
    /// <exception cref="SigningException">A file of this kind can't be signed; why, in words.</exception>
    /// <exception cref="CryptographicException">The key can't sign.</exception>
    public static async Task WriteAsync(string source, string target, ClipManifest manifest, SigningCertificate certificate, CancellationToken cancellationToken)
    {
        await using var input = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var boxes = Places(input);
        var length = manifest.LengthOfBox(certificate);
        var index = await IndexAsync(input, boxes.Single(box => box.Type == "moov"), cancellationToken);
        Mp4Index.Move(index, from: boxes[0].End, by: length);

        await using var output = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await CopyAsync(input, boxes[0], output, hash: null, cancellationToken);
        output.Position += length;
        var place = new byte[sizeof(long)];
        foreach (var box in boxes.Skip(1))
        {
            // Where each box lies is a part of the hash, so that none can change places with another.
            BinaryPrimitives.WriteInt64BigEndian(place, box.At + length);
            hash.AppendData(place);
            if (box.Type == "moov")
            {
                hash.AppendData(index);
                await output.WriteAsync(index, cancellationToken);
            }
            else
            {
                await CopyAsync(input, box, output, hash, cancellationToken);
            }
        }

        var made = manifest.Box(hash.GetHashAndReset(), certificate);
        if (made.Length != length)
            throw new InvalidOperationException($"The manifest has {made.Length} bytes, where {length} were left for it.");
        output.Position = boxes[0].End;
        await output.WriteAsync(made, cancellationToken);
    }

    /// <summary>Whether a file of this kind can be signed, as far as its outermost boxes tell.</summary>
    public static bool Takes(string file)
    {
        using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return Places(content).Count > 0;
        }
        catch (SigningException)
        {
            return false;
        }
    }

    private static IReadOnlyList<Mp4Box> Places(FileStream input)
    {
        var (boxes, isWhole) = Mp4Boxes.Outermost(input);
        if (!isWhole || boxes.Count == 0)
            throw new SigningException("its file is cut short, or something follows its last box");
        if (boxes[0].Type != "ftyp")
            throw new SigningException("its file does not begin as an MP4 does");
        if (boxes.Any(box => box.Type is "moof" or "mfra"))
            throw new SigningException("its file comes in fragments");
        // Pictures that it names by their places in the file, which nothing here moves.
        if (boxes.Any(box => box.Type == "meta"))
            throw new SigningException("its file holds more than a film");
        return boxes.Count(box => box.Type == "moov") == 1 ? boxes : throw new SigningException("its file has no index, or more than one");
    }

    private static async Task<byte[]> IndexAsync(FileStream input, Mp4Box box, CancellationToken cancellationToken)
    {
        if (box.Size > MostOfIndex)
            throw new SigningException($"its index has {box.Size} bytes");
        var index = new byte[box.Size];
        input.Position = box.At;
        await input.ReadExactlyAsync(index, cancellationToken);
        return index;
    }

    private static async Task CopyAsync(FileStream input, Mp4Box box, FileStream output, IncrementalHash? hash, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Together);
        try
        {
            input.Position = box.At;
            for (var left = box.Size; left > 0;)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(left, Together));
                await input.ReadExactlyAsync(piece, cancellationToken);
                hash?.AppendData(piece.Span);
                await output.WriteAsync(piece, cancellationToken);
                left -= piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
