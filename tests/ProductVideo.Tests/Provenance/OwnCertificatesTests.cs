using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.Files;
using ProductVideo.Provenance;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Provenance;

public sealed class OwnCertificatesTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 12, 1, 9, 30, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-own-").FullName;
    private readonly EphemeralDataProtectionProvider _ring = new();
    private readonly FakeTimeProvider _clock = new(s_start);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private FileBlobStore Store => new(new FileBlobOptions { Root = _folder });

    [Fact]
    public async Task the_first_need_makes_one_and_every_server_and_start_uses_it()
    {
        var first = await CurrentAsync(Server());
        (await CurrentAsync(Server())).ShouldBe(first);
        (await KeptAsync()).ShouldBe(["signing/own-000001.bin"]);
        var locked = await Store.ReadAsync("signing/own-000001.bin", TestContext.Current.CancellationToken);
        Encoding.Latin1.GetString(locked!).ShouldNotContain("PRIVATE KEY");
    }

    [Fact]
    public async Task servers_that_make_it_at_once_end_with_one()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => CurrentAsync(Server()))));
        all.Distinct().ShouldHaveSingleItem();
        (await KeptAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task one_that_has_signed_for_a_year_is_renewed_by_the_same_authority_at_once_on_all_servers()
    {
        var (one, other) = (Server(), Server());
        var first = await CurrentAsync(one);
        await CurrentAsync(other);
        _clock.Advance(TimeSpan.FromDays(364));
        (await CurrentAsync(one)).ShouldBe(first);
        _clock.Advance(TimeSpan.FromDays(2));
        var renewed = await Task.WhenAll(Task.Run(() => CurrentAsync(one)), Task.Run(() => CurrentAsync(other)));
        renewed.Distinct().ShouldHaveSingleItem().Certificate.ShouldNotBe(first.Certificate);
        renewed[0].Authority.ShouldBe(first.Authority, "whoever trusts it is to go on doing so");
        (await KeptAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task an_authority_that_would_end_before_the_next_certificate_is_followed_by_a_new_one()
    {
        var first = await CurrentAsync(Server());
        _clock.Advance(TimeSpan.FromDays(25 * 365));
        var later = await CurrentAsync(Server());
        later.Authority.ShouldNotBe(first.Authority);
        Fault(later).ShouldBeNull();
    }

    [Fact]
    public async Task one_that_another_key_ring_locked_is_passed_over()
    {
        var lost = await CurrentAsync(Server());
        var ring = new EphemeralDataProtectionProvider();
        var made = await CurrentAsync(Server(ring));
        made.ShouldNotBe(lost);
        (await CurrentAsync(Server(ring))).ShouldBe(made);
        (await KeptAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public void what_is_made_is_what_readers_demand_and_lasts_nine_years_after_the_last_clip()
    {
        var made = OwnCertificate.Make(s_start);
        using var certificate = X509Certificate2.CreateFromPem(made.Certificate);
        (CertificateProfile.Fault(certificate) ?? CertificateProfile.OutOfTime(certificate, s_start)).ShouldBeNull();
        (certificate.NotAfter - s_start.AddDays(365).UtcDateTime).TotalDays.ShouldBeGreaterThan(9 * 365);
        using var authority = X509Certificate2.CreateFromPem(made.Authority);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = s_start.UtcDateTime;
        chain.Build(certificate).ShouldBeTrue(string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
    }

    [Fact]
    public void only_the_key_of_the_certificate_signs()
    {
        var made = OwnCertificate.Make(s_start);
        var claim = "a claim"u8.ToArray();
        var signed = made.ToSign().Sign(claim);
        signed.Length.ShouldBe(made.ToSign().SizedSignature(claim).Length);
        // The array of COSE_Sign1 ends in the signature; its first part is signed with the claim.
        using var certificate = X509Certificate2.CreateFromPem(made.Certificate);
        using var key = certificate.GetECDsaPublicKey();
        key!.VerifyData(ToBeSigned(signed, claim), signed.AsSpan(^64..), HashAlgorithmName.SHA256).ShouldBeTrue();
        key.VerifyData(ToBeSigned(signed, "another"u8.ToArray()), signed.AsSpan(^64..), HashAlgorithmName.SHA256).ShouldBeFalse();
    }

    private static byte[] ToBeSigned(byte[] signed, byte[] claim)
    {
        var reader = new System.Formats.Cbor.CborReader(signed);
        reader.ReadTag();
        reader.ReadStartArray();
        var writer = new System.Formats.Cbor.CborWriter();
        writer.WriteStartArray(4);
        writer.WriteTextString("Signature1");
        writer.WriteByteString(reader.ReadByteString());
        writer.WriteByteString([]);
        writer.WriteByteString(claim);
        writer.WriteEndArray();
        return writer.Encode();
    }

    private string? Fault(OwnCertificate made)
    {
        using var certificate = X509Certificate2.CreateFromPem(made.Certificate);
        return CertificateProfile.Fault(certificate) ?? CertificateProfile.OutOfTime(certificate, _clock.GetUtcNow());
    }

    private OwnCertificates Server(IDataProtectionProvider? ring = null) => new(Store, ring ?? _ring, _clock, NullLogger<OwnCertificates>.Instance);

    private static Task<OwnCertificate> CurrentAsync(OwnCertificates server) => server.CurrentAsync(TestContext.Current.CancellationToken);

    private async Task<List<string>> KeptAsync() => await Store.ListAsync("signing/", TestContext.Current.CancellationToken).Select(blob => blob.Key).ToListAsync();
}
