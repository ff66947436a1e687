using System.Formats.Cbor;
using System.Security.Cryptography;
using ProductVideo.Clips;

namespace ProductVideo.Provenance;

/// <summary>
/// What is signed about one clip: that a model drew it, when, and the hash of its file (C2PA 2.1: claim v2, actions v2, BMFF hash v3). Everybody may read it
/// in the file, so there is no prompt, no id and no name of a shop in it.
/// </summary>
internal sealed class ClipManifest(DateTimeOffset drawnAt)
{
    private const string Claims = "c2pa.claim.v2";
    private const string Assertions = "c2pa.assertions";
    private const string Actions = "c2pa.actions.v2";
    private const string FileHash = "c2pa.hash.bmff.v3";
    private const string Signature = "c2pa.signature";
    private const string Algorithm = "sha256";
    private const int HashBytes = 32;

    private static readonly string s_version = typeof(ClipManifest).Assembly.GetName().Version!.ToString(fieldCount: 3);

    private readonly string _label = $"urn:c2pa:{Guid.NewGuid():D}";
    private readonly string _instance = $"xmp:iid:{Guid.NewGuid():D}";
    private readonly DateTimeOffset _drawnAt = drawnAt.AddTicks(-(drawnAt.Ticks % TimeSpan.TicksPerSecond)).ToUniversalTime();

    /// <summary>Bytes of the box, which the file's hash depends on: what follows it lies that much further behind.</summary>
    public int LengthOfBox(SigningCertificate certificate) => Box(new byte[HashBytes], certificate.SizedSignature).Length;

    /// <summary>The whole box for an MP4.</summary>
    /// <param name="fileHash">SHA-256 of the file that it will be in, as <see cref="SignedMp4"/> makes it.</param>
    /// <param name="certificate">By whom it is signed.</param>
    /// <exception cref="CryptographicException">The key can't sign.</exception>
    public byte[] Box(byte[] fileHash, SigningCertificate certificate) => Box(fileHash, certificate.Sign);

    private byte[] Box(byte[] fileHash, Func<byte[], byte[]> sign)
    {
        byte[][] assertions = [JumbfBox.Cbor("cbor", Actions, OfActions()), JumbfBox.Cbor("cbor", FileHash, OfFile(fileHash))];
        var claim = OfClaim([(Actions, assertions[0]), (FileHash, assertions[1])]);
        var store = JumbfBox.Labelled("c2pa", "c2pa", JumbfBox.Labelled(
            "c2ma", _label,
            JumbfBox.Labelled("c2as", Assertions, assertions), JumbfBox.Cbor("c2cl", Claims, claim), JumbfBox.Cbor("c2cs", Signature, sign(claim))));
        // Version and flags of the box, what it is for, and where a tree of hashes would be.
        return JumbfBox.Plain("uuid", [.. AiMark.C2paBox, 0, 0, 0, 0, .. "manifest\0"u8, .. new byte[sizeof(long)], .. store]);
    }

    private byte[] OfActions()
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(1);
        cbor.WriteTextString("actions");
        cbor.WriteStartArray(1);
        cbor.WriteStartMap(3);
        Write(cbor, "action", "c2pa.created");
        Write(cbor, "digitalSourceType", AiMark.Drawn);
        cbor.WriteTextString("when");
        cbor.WriteDateTimeOffset(_drawnAt);
        cbor.WriteEndMap();
        cbor.WriteEndArray();
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    /// <summary>The three that must be left out of the hash: the manifest's own box, the kinds of file, and the index of fragments.</summary>
    private static byte[] OfFile(byte[] hash)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(4);
        cbor.WriteTextString("exclusions");
        cbor.WriteStartArray(3);
        WriteExclusion(cbor, "/uuid", AiMark.C2paBox);
        WriteExclusion(cbor, "/ftyp", []);
        WriteExclusion(cbor, "/mfra", []);
        cbor.WriteEndArray();
        Write(cbor, "alg", Algorithm);
        cbor.WriteTextString("hash");
        cbor.WriteByteString(hash);
        Write(cbor, "name", "clip");
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static void WriteExclusion(CborWriter cbor, string path, ReadOnlySpan<byte> extendedType)
    {
        cbor.WriteStartMap(extendedType.IsEmpty ? 1 : 2);
        Write(cbor, "xpath", path);
        if (!extendedType.IsEmpty)
        {
            cbor.WriteTextString("data");
            cbor.WriteStartArray(1);
            cbor.WriteStartMap(2);
            cbor.WriteTextString("offset");
            cbor.WriteInt32(8);
            cbor.WriteTextString("value");
            cbor.WriteByteString(extendedType);
            cbor.WriteEndMap();
            cbor.WriteEndArray();
        }

        cbor.WriteEndMap();
    }

    private byte[] OfClaim((string Label, byte[] Box)[] assertions)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(5);
        Write(cbor, "instanceID", _instance);
        cbor.WriteTextString("claim_generator_info");
        cbor.WriteStartMap(2);
        Write(cbor, "name", "ProductVideo");
        Write(cbor, "version", s_version);
        cbor.WriteEndMap();
        Write(cbor, "signature", $"self#jumbf=/c2pa/{_label}/{Signature}");
        cbor.WriteTextString("created_assertions");
        cbor.WriteStartArray(assertions.Length);
        foreach (var (label, box) in assertions)
        {
            cbor.WriteStartMap(2);
            Write(cbor, "url", $"self#jumbf={Assertions}/{label}");
            cbor.WriteTextString("hash");
            cbor.WriteByteString(SHA256.HashData(JumbfBox.Hashed(box)));
            cbor.WriteEndMap();
        }

        cbor.WriteEndArray();
        Write(cbor, "alg", Algorithm);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    private static void Write(CborWriter cbor, string name, string value)
    {
        cbor.WriteTextString(name);
        cbor.WriteTextString(value);
    }
}
