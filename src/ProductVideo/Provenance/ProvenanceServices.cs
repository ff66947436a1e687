using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Hosting;

namespace ProductVideo.Provenance;

/// <summary>Registers the signing of clips.</summary>
internal static class ProvenanceServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<SigningOptions>().BindSection($"{ProductVideoOptions.Section}:Signing").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SigningOptions>, SigningOptionsValidation>());
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<SigningOptions>>().Value);
        services.TryAddSingleton<OwnCertificates>();
        services.TryAddSingleton<ClipSigner>();
    }
}
