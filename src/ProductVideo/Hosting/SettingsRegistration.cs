using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ProductVideo.Hosting;

/// <summary>Registers settings that can be wrong.</summary>
internal static class SettingsRegistration
{
    /// <summary>Binds a section below <c>ProductVideo</c> and says every mistake in it at once, when the host starts; the settings themselves are a service.</summary>
    public static IServiceCollection AddSettings<TOptions>(this IServiceCollection services, string section, Func<TOptions, IEnumerable<string>> mistakes) where TOptions : class, new()
    {
        services.AddOptions<TOptions>().BindSection($"{ProductVideoOptions.Section}:{section}").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>>(new Validation<TOptions>(mistakes)));
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        return services;
    }

    private sealed class Validation<TOptions>(Func<TOptions, IEnumerable<string>> mistakes) : IValidateOptions<TOptions> where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) =>
            mistakes(options).ToList() is { Count: > 0 } all ? ValidateOptionsResult.Fail(all) : ValidateOptionsResult.Success;
    }
}
