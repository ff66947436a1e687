using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using ProductVideo.Hosting;
using ProductVideo.Provenance;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Provenance;

public sealed class SigningOptionsTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 12, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly OwnCertificate s_own = OwnCertificate.Make(s_now);
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-signing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void a_certificate_with_its_authority_and_its_key_is_taken()
    {
        Mistake(s_own.Certificate + "\n" + s_own.Authority, s_own.Key).ShouldBeNull();
        Mistake(s_own.Certificate, s_own.Key).ShouldBeNull();
        using var key = ECDsa.Create();
        key.ImportFromPem(s_own.Key);
        var locked = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        Mistake(s_own.Certificate, locked, "secret").ShouldBeNull();
        Mistake(s_own.Certificate, key.ExportECPrivateKeyPem()).ShouldBeNull();
        NamedCertificate.Load(Options(s_own.Certificate, locked, "secret"), s_now).Name.ShouldStartWith("Clips of ProductVideo installation ");
        foreach (var password in (string?[])["another", null])
            Mistake(s_own.Certificate, locked, password).ShouldNotBeNull().ShouldContain(" holds no private key that can be opened. Write one on the curve P-256 in PEM;");
    }

    [Fact]
    public void one_without_the_other_is_told()
    {
        new SigningOptions { Certificate = "a.pem" }.Mistakes(s_now).ShouldBe(
            ["ProductVideo:Signing:Key is missing beside ProductVideo:Signing:Certificate. Name both files, or neither for a certificate that is made here."]);
        new SigningOptions { Key = "a.pem" }.Mistakes(s_now).ShouldHaveSingleItem().ShouldStartWith("ProductVideo:Signing:Certificate is missing");
        new SigningOptions().Mistakes(s_now).ShouldBeEmpty();
    }

    [Fact]
    public void files_that_are_not_there_or_hold_something_else_are_told_with_their_setting()
    {
        var absent = Path.Combine(_folder, "absent.pem");
        new SigningOptions { Certificate = absent, Key = absent }.Mistakes(s_now).ShouldHaveSingleItem().ShouldStartWith($"ProductVideo:Signing:Certificate '{absent}' can't be read (");
        new SigningOptions { Certificate = absent, Key = absent, Enabled = false }.Mistakes(s_now).ShouldBeEmpty();
        Mistake("hello", s_own.Key).ShouldNotBeNull().ShouldContain("' holds no certificate. Write it in PEM");
        Mistake("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", s_own.Key).ShouldNotBeNull().ShouldContain("' holds what is no certificate (");
        Mistake(s_own.Certificate, "hello").ShouldNotBeNull().ShouldStartWith("ProductVideo:Signing:Key '");
        Mistake(s_own.Certificate, OwnCertificate.Make(s_now).Key).ShouldNotBeNull().ShouldContain("is the key of another certificate than");
        Mistake(s_own.Authority + "\n" + s_own.Certificate, s_own.Key).ShouldNotBeNull().ShouldContain("belongs to an authority, which signs no media.");
        Mistake(s_own.Certificate + "\n" + OwnCertificate.Make(s_now).Authority, s_own.Key).ShouldNotBeNull().ShouldContain("is out of order.");
    }

    [Theory]
    [InlineData(-3, "begins on 2026-11-30 only.")]
    [InlineData(4000, "ended on 2036-")]
    public void its_time_is_told_and_keeps_no_server_from_starting(int days, string told)
    {
        var options = Options(s_own.Certificate, s_own.Key);
        options.Mistakes(s_now.AddDays(days)).ShouldBeEmpty();
        options.OutOfTime(s_now.AddDays(days)).ShouldNotBeNull().ShouldContain(told);
        options.OutOfTime(s_now).ShouldBeNull();
        Should.Throw<CertificateException>(() => NamedCertificate.Load(options, s_now.AddDays(days))).Message.ShouldContain(told);
    }

    [Theory]
    [InlineData("1.3.6.1.5.5.7.3.4", true, null)]
    [InlineData("1.3.6.1.4.1.62558.2.1", true, null)]
    [InlineData("1.3.6.1.5.5.7.3.36", true, null)]
    [InlineData("1.3.6.1.5.5.7.3.1", true, "is not for signing media.")]
    [InlineData("1.3.6.1.5.5.7.3.4,2.5.29.37.0", true, "is not for signing media.")]
    [InlineData("", true, "is not for signing media.")]
    [InlineData("1.3.6.1.5.5.7.3.4", false, "is not for digital signatures.")]
    public void what_it_is_for_is_looked_at(string uses, bool signs, string? told)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = X509Certificate2.CreateFromPem(s_own.Authority, s_own.AuthorityKey);
        var certificate = Issued(key, authority, uses, signs);
        var mistake = Mistake(certificate, key.ExportPkcs8PrivateKeyPem());
        if (told is null)
            mistake.ShouldBeNull();
        else
            mistake.ShouldNotBeNull().ShouldContain(told);
    }

    [Fact]
    public void one_that_vouches_for_itself_or_has_a_key_on_another_curve_is_told()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Mistake(Issued(key, authority: null, CertificateProfile.SignsMail, signs: true), key.ExportPkcs8PrivateKeyPem()).ShouldNotBeNull().ShouldContain("is vouched for by nobody but itself.");
        using var longer = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var authority = X509Certificate2.CreateFromPem(s_own.Authority, s_own.AuthorityKey);
        Mistake(Issued(longer, authority, CertificateProfile.SignsMail, signs: true), longer.ExportPkcs8PrivateKeyPem()).ShouldNotBeNull().ShouldContain("is a key on another curve than P-256.");
    }

    [Theory]
    [InlineData("worker", true)]
    [InlineData("web,render", false)]
    public void the_start_is_refused_where_clips_are_signed_and_nowhere_else(string roles, bool refused)
    {
        var absent = Path.Combine(_folder, "absent.pem");
        (string, string)[] settings = [("Roles", roles), ("Signing:Certificate", absent), ("Signing:Key", absent)];
        if (refused)
            Should.Throw<OptionsValidationException>(() => Read(settings)).Failures.ShouldHaveSingleItem().ShouldStartWith("ProductVideo:Signing:Certificate '");
        else
            Read(settings).Enabled.ShouldBeTrue();
    }

    [Fact]
    public void a_misspelt_setting_is_told_with_those_that_there_are() => Should.Throw<OptionsValidationException>(() => Read(("Signing:Certifcate", "chain.pem"))).Failures
        .ShouldBe(["ProductVideo:Signing:Certifcate is no setting. ProductVideo:Signing takes Certificate, Enabled, Key, KeyPassword."]);

    private static SigningOptions Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create("ProductVideo:" + one.Name, (string?)one.Value))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(new FakeTimeProvider(s_now)).AddLogging();
        services.AddProductVideo();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<SigningOptions>();
    }

    private static string Issued(ECDsa key, X509Certificate2? authority, string uses, bool signs)
    {
        var request = new CertificateRequest("CN=A signer", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(signs ? X509KeyUsageFlags.DigitalSignature : X509KeyUsageFlags.KeyAgreement, critical: true));
        var purposes = new OidCollection();
        foreach (var use in uses.Split(',', StringSplitOptions.RemoveEmptyEntries))
            purposes.Add(new Oid(use));
        if (purposes.Count > 0)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(purposes, critical: false));
        if (authority is not null)
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var issued = authority is null
            ? request.CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(10))
            : request.Create(authority, s_now.AddDays(-1), s_now.AddDays(10), [1, 2, 3]);
        return issued.ExportCertificatePem();
    }

    private string? Mistake(string certificate, string key, string? password = null, DateTimeOffset? at = null) => Options(certificate, key, password).Mistakes(at ?? s_now).SingleOrDefault();

    private SigningOptions Options(string certificate, string key, string? password = null)
    {
        var options = new SigningOptions { Certificate = Path.Combine(_folder, "chain.pem"), Key = Path.Combine(_folder, "key.pem"), KeyPassword = password };
        File.WriteAllText(options.Certificate, certificate);
        File.WriteAllText(options.Key, key);
        return options;
    }
}
