using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProductVideo.Provenance;

/// <summary>What readers of C2PA demand of a certificate that signs. With one that lacks it each clip would be told as badly signed.</summary>
internal static class CertificateProfile
{
    /// <summary>Signs what a generator of media says (C2PA's own).</summary>
    public const string SignsClaims = "1.3.6.1.4.1.62558.2.1";

    /// <summary>Signs e-mail; what readers took before C2PA had its own.</summary>
    public const string SignsMail = "1.3.6.1.5.5.7.3.4";

    private const string SignsDocuments = "1.3.6.1.5.5.7.3.36";
    private const string Anything = "2.5.29.37.0";
    private const string AuthorityKeyIdentifier = "2.5.29.35";

    /// <param name="certificate">The signer's own.</param>
    /// <returns>What is wrong with it, as the end of a sentence about it; null for nothing.</returns>
    public static string? Fault(X509Certificate2 certificate)
    {
        var uses = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<Oid>()).Select(use => use.Value ?? "").ToList();
        if (certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(constraints => constraints.CertificateAuthority))
            return "belongs to an authority, which signs no media. Let the signer's own stand first in the file";
        if (certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData) || certificate.Extensions[AuthorityKeyIdentifier] is null)
            return "is vouched for by nobody but itself. Use one that an authority issued, followed by that authority's";
        if (!certificate.Extensions.OfType<X509KeyUsageExtension>().Any(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature)))
            return "is not for digital signatures. Ask its issuer for one with the key usage digitalSignature";
        if (!uses.Any(use => use is SignsClaims or SignsMail or SignsDocuments) || uses.Contains(Anything, StringComparer.Ordinal))
            return $"is not for signing media. Ask its issuer for one with the extended key usage {SignsClaims} (C2PA) or emailProtection";
        return null;
    }

    /// <param name="certificate">The signer's own.</param>
    /// <param name="now">When it is to sign.</param>
    /// <returns>Why not now, as the end of a sentence about it; null if it may.</returns>
    public static string? OutOfTime(X509Certificate2 certificate, DateTimeOffset now)
    {
        var (begins, ends) = (new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        return now > ends ? $"ended on {Day(ends)}. Put the new one in its place"
            : now < begins ? $"begins on {Day(begins)} only. Use the one before until then, and see that the server's clock is right"
            : null;
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
