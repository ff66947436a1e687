using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ProductVideo.Blobs;
using ProductVideo.Clips;

namespace ProductVideo.Provenance;

/// <summary>Signs clips that a model drew, so that a change of any byte is seen. A clip that can't be signed is kept, and waits for a person.</summary>
internal sealed class ClipSigner(SigningOptions options, OwnCertificates own, TimeProvider clock, ILogger<ClipSigner> log)
{
    public bool IsOn => options.Enabled;

    /// <param name="file">The clip, with all that is to be in it: nothing may touch what is signed afterwards.</param>
    /// <param name="signed">Where the signed one is written.</param>
    /// <param name="cancellationToken">Leaves an unfinished file behind.</param>
    /// <returns>Whether it was signed and by whom, or why not.</returns>
    /// <exception cref="BlobStoreException">The store that keeps the installation's own certificate failed; it may be there later.</exception>
    /// <exception cref="IOException">The file could not be written.</exception>
    public async Task<ClipCheck> SignAsync(string file, string signed, CancellationToken cancellationToken)
    {
        try
        {
            var now = clock.GetUtcNow();
            var certificate = options.IsNamed ? NamedCertificate.Load(options, now) : (await own.CurrentAsync(cancellationToken)).ToSign();
            await SignedMp4.WriteAsync(file, signed, new ClipManifest(now), certificate, cancellationToken);
            return new ClipCheck(AiMark.Signature, Passed: true, $"C2PA by {certificate.Name}");
        }
        catch (SigningException e)
        {
            log.LogWarning("A clip could not be signed: {Why}", e.Message);
            return Not(e.Message);
        }
        catch (Exception e) when (e is CertificateException or CryptographicException)
        {
            log.LogError(e, "A clip could not be signed with this server's certificate");
            // The rest is for whoever runs the server: it names files there.
            return Not("the server's certificate can't be used");
        }
    }

    private static ClipCheck Not(string why) => new(AiMark.Signature, Passed: false, $"none: {why}");
}
