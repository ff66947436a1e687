using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProductVideo.Provenance;

/// <summary>By whom clips are signed: a certificate with those that vouch for it, and its key. What it makes is COSE_Sign1 (RFC 9052) with ES256, detached. Safe to use side by side.</summary>
internal sealed class SigningCertificate
{
    private const int SignatureBytes = 64;
    private const int AlgorithmLabel = 1;
    private const int Es256 = -7;
    private const int ChainLabel = 33;
    private const CborTag CoseSign1 = (CborTag)18;

    private readonly byte[] _header;
    private readonly byte[] _key;

    /// <param name="chain">The signer's own first; each is vouched for by the next.</param>
    /// <param name="key">Of the first, on the curve P-256.</param>
    public SigningCertificate(IReadOnlyList<X509Certificate2> chain, ECDsa key)
    {
        (_header, _key) = (HeaderOf(chain), key.ExportPkcs8PrivateKey());
        Name = chain[0].GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    /// <summary>Who signs, as readers show it.</summary>
    public string Name { get; }

    /// <summary>The signature of a claim, with all that a reader needs to judge it.</summary>
    /// <exception cref="CryptographicException">The key can't sign.</exception>
    public byte[] Sign(byte[] claim)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(_key, out _);
        return Wrap(key.SignData(ToBeSigned(claim), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    /// <summary>As long as <see cref="Sign"/>'s, and none.</summary>
    public byte[] SizedSignature(byte[] claim) => Wrap(new byte[SignatureBytes]);

    private byte[] ToBeSigned(byte[] claim)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartArray(4);
        cbor.WriteTextString("Signature1");
        cbor.WriteByteString(_header);
        cbor.WriteByteString([]);
        cbor.WriteByteString(claim);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    private byte[] Wrap(byte[] signature)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteTag(CoseSign1);
        cbor.WriteStartArray(4);
        cbor.WriteByteString(_header);
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        // The claim stands in a box of its own.
        cbor.WriteNull();
        cbor.WriteByteString(signature);
        cbor.WriteEndArray();
        return cbor.Encode();
    }

    private static byte[] HeaderOf(IReadOnlyList<X509Certificate2> chain)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(2);
        cbor.WriteInt32(AlgorithmLabel);
        cbor.WriteInt32(Es256);
        cbor.WriteInt32(ChainLabel);
        // One stands alone, as RFC 9360 demands.
        if (chain.Count > 1)
            cbor.WriteStartArray(chain.Count);
        foreach (var certificate in chain)
            cbor.WriteByteString(certificate.RawDataMemory.Span);
        if (chain.Count > 1)
            cbor.WriteEndArray();
        cbor.WriteEndMap();
        return cbor.Encode();
    }
}
