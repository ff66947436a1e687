using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProductVideo.Provenance;

/// <summary>The certificate that the settings name. It is read anew for each clip, so that one which is put in its place is used without a restart.</summary>
internal static class NamedCertificate
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <param name="options">Both files are named.</param>
    /// <param name="now">When it is to sign.</param>
    /// <exception cref="CertificateException">It can't be used; which setting and why.</exception>
    public static SigningCertificate Load(SigningOptions options, DateTimeOffset now)
    {
        var chain = ChainOf(options.Certificate!);
        try
        {
            var own = chain[0];
            if (CertificateProfile.Fault(own) is { } fault)
                throw new CertificateException(nameof(options.Certificate), $"'{options.Certificate}' {fault}.");
            for (var i = 1; i < chain.Count; i++)
            {
                if (!chain[i - 1].IssuerName.RawData.AsSpan().SequenceEqual(chain[i].SubjectName.RawData))
                    throw new CertificateException(nameof(options.Certificate), $"'{options.Certificate}' is out of order. Write the signer's own first, and behind each the one that vouches for it.");
            }

            using var key = KeyOf(options);
            using var expected = own.GetECDsaPublicKey();
            if (expected?.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()) != true)
                throw new CertificateException(nameof(options.Key), $"'{options.Key}' is the key of another certificate than '{options.Certificate}'. Name the two that belong together.");
            return CertificateProfile.OutOfTime(own, now) is not { } late ? new SigningCertificate([.. chain], key)
                : throw new CertificateException(nameof(options.Certificate), $"'{options.Certificate}' {late}.") { IsOutOfTime = true };
        }
        finally
        {
            foreach (var certificate in chain)
                certificate.Dispose();
        }
    }

    private static X509Certificate2Collection ChainOf(string file)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(Read(nameof(SigningOptions.Certificate), file));
        }
        catch (CryptographicException e)
        {
            throw new CertificateException(nameof(SigningOptions.Certificate), $"'{file}' holds what is no certificate ({e.Message.TrimEnd('.')}). Write it in PEM, with those that vouch for it behind.", e);
        }

        return chain.Count > 0 ? chain
            : throw new CertificateException(nameof(SigningOptions.Certificate), $"'{file}' holds no certificate. Write it in PEM (BEGIN CERTIFICATE), with those that vouch for it behind.");
    }

    private static ECDsa KeyOf(SigningOptions options)
    {
        var text = Read(nameof(options.Key), options.Key!);
        var key = ECDsa.Create();
        try
        {
            if (string.IsNullOrEmpty(options.KeyPassword))
                key.ImportFromPem(text);
            else
                key.ImportFromEncryptedPem(text, options.KeyPassword);
            if (key.ExportParameters(includePrivateParameters: true).Curve.Oid?.Value == P256)
                return key;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new CertificateException(
                nameof(options.Key), $"'{options.Key}' holds no private key that can be opened. Write one on the curve P-256 in PEM; name the password of an encrypted one as ProductVideo:Signing:KeyPassword, and none for another.", e);
        }

        key.Dispose();
        throw new CertificateException(nameof(options.Key), $"'{options.Key}' is a key on another curve than P-256. Use a certificate whose key is on that one.");
    }

    private static string Read(string setting, string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CertificateException(setting, $"'{file}' can't be read ({e.Message.TrimEnd('.')}). Put the file there, and give it to the user that runs this program.", e);
        }
    }
}

/// <summary>The settings' certificate can't be used.</summary>
/// <param name="setting">Below <c>ProductVideo:Signing</c>.</param>
/// <param name="what">The end of a sentence that begins with the setting, and the way out.</param>
/// <param name="inner">What was met.</param>
internal sealed class CertificateException(string setting, string what, Exception? inner = null) : Exception($"ProductVideo:Signing:{setting} {what}", inner)
{
    /// <summary>Whether only the day is wrong, which comes while a server runs too: clips wait for a person then, and nothing else need stand still.</summary>
    public bool IsOutOfTime { get; init; }
}
