using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProductVideo.Hosting;

namespace ProductVideo.Provenance;

/// <summary>How clips that a model drew are signed. Bound from the section <c>ProductVideo:Signing</c>.</summary>
public sealed class SigningOptions
{
    /// <summary>Whether they are.</summary>
    /// <value>true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The file of a certificate in PEM, with those that vouch for it behind, each by the next.</summary>
    /// <value>Null: the installation makes one of its own, which readers show as one that they don't know.</value>
    public string? Certificate { get; set; }

    /// <summary>The file of the certificate's private key in PEM, on the curve P-256.</summary>
    public string? Key { get; set; }

    /// <summary>Opens the key where it is encrypted.</summary>
    public string? KeyPassword { get; set; }

    internal bool IsNamed => !string.IsNullOrWhiteSpace(Certificate);

    internal IEnumerable<string> Mistakes(DateTimeOffset now)
    {
        var hasKey = !string.IsNullOrWhiteSpace(Key);
        if (IsNamed != hasKey)
        {
            var (there, lacking) = hasKey ? (nameof(Key), nameof(Certificate)) : (nameof(Certificate), nameof(Key));
            yield return $"ProductVideo:Signing:{lacking} is missing beside ProductVideo:Signing:{there}. Name both files, or neither for a certificate that is made here.";
        }
        else if (FaultAt(now) is { IsOutOfTime: false, Message: var fault })
        {
            yield return fault;
        }
    }

    /// <summary>Why nothing can be signed on this day; null if it can, or something else is wrong.</summary>
    internal string? OutOfTime(DateTimeOffset now) => FaultAt(now) is { IsOutOfTime: true, Message: var late } ? late : null;

    private CertificateException? FaultAt(DateTimeOffset now)
    {
        if (!IsNamed || !Enabled || string.IsNullOrWhiteSpace(Key))
            return null;
        try
        {
            _ = NamedCertificate.Load(this, now);
            return null;
        }
        catch (CertificateException e)
        {
            return e;
        }
    }
}

/// <summary>Says at the start what is wrong. Only a process that signs is asked: another may not be let at the key.</summary>
internal sealed class SigningOptionsValidation(ProductVideoOptions all, TimeProvider clock, ILogger<SigningOptionsValidation> log) : IValidateOptions<SigningOptions>
{
    public ValidateOptionsResult Validate(string? name, SigningOptions options)
    {
        var now = clock.GetUtcNow();
        if (!all.Has(ProcessRoles.Worker))
            return ValidateOptionsResult.Success;
        if (options.Mistakes(now).ToList() is { Count: > 0 } mistakes)
            return ValidateOptionsResult.Fail(mistakes);
        if (options.OutOfTime(now) is { } late)
            log.LogError("{Late} Until then clips that a model drew are not signed, and wait for a person's look.", late);
        return ValidateOptionsResult.Success;
    }
}
