using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProductVideo.Provenance;

/// <summary>
/// A certificate that an installation made for itself, and the small authority that vouches for it: whoever has come to trust that goes on to do so when
/// the certificate is renewed. All in PEM.
/// </summary>
internal sealed record OwnCertificate(string Authority, string AuthorityKey, string Certificate, string Key)
{
    /// <summary>There is no proof of when a clip was signed, so its signature is shown as ended once the certificate is: it must last for as long as clips are shown.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(3652);

    /// <summary>A certificate signs for its first year; what it signed last is good for nine more.</summary>
    private static readonly TimeSpan Signing = TimeSpan.FromDays(365);

    private static readonly TimeSpan AuthorityLasting = TimeSpan.FromDays(3 * 3652);

    /// <summary>Servers' clocks are not all the same, and a reader's may be behind.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);

    /// <summary>Makes both.</summary>
    public static OwnCertificate Make(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var name = $"ProductVideo installation {Convert.ToHexString(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 4))}";
        var request = new CertificateRequest(Named(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var authority = request.CreateSelfSigned(now - Before, now + AuthorityLasting);
        return Issue(authority, key, now);
    }

    /// <summary>Another certificate of the same authority, or of a new one where that would end before it.</summary>
    public OwnCertificate Renew(DateTimeOffset now)
    {
        using var authority = X509Certificate2.CreateFromPem(Authority, AuthorityKey);
        if (new DateTimeOffset(authority.NotAfter) < now + Lasting)
            return Make(now);
        using var key = authority.GetECDsaPrivateKey()!;
        return Issue(authority, key, now);
    }

    /// <summary>Whether another one is to sign from now on.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        using var certificate = X509Certificate2.CreateFromPem(Certificate);
        return new DateTimeOffset(certificate.NotBefore) + Before + Signing <= now;
    }

    /// <summary>Signs with it.</summary>
    public SigningCertificate ToSign()
    {
        using var own = X509Certificate2.CreateFromPem(Certificate);
        using var authority = X509Certificate2.CreateFromPem(Authority);
        using var key = ECDsa.Create();
        key.ImportFromPem(Key);
        // The authority is added so that whoever wants to trust it finds it in any clip.
        return new SigningCertificate([own, authority], key);
    }

    private static OwnCertificate Issue(X509Certificate2 authority, ECDsa authorityKey, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Named("Clips of " + authority.GetNameInfo(X509NameType.SimpleName, forIssuer: false)), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(CertificateProfile.SignsClaims), new Oid(CertificateProfile.SignsMail)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var certificate = request.Create(authority, now - Before, now + Lasting, RandomNumberGenerator.GetBytes(16));
        return new OwnCertificate(
            authority.ExportCertificatePem(), authorityKey.ExportPkcs8PrivateKeyPem(), certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static X500DistinguishedName Named(string name)
    {
        var names = new X500DistinguishedNameBuilder();
        names.AddOrganizationName("ProductVideo");
        names.AddCommonName(name);
        return names.Build();
    }
}
