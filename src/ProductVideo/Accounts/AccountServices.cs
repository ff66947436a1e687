using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Data;
using ProductVideo.Hosting;
using ProductVideo.Http;

namespace ProductVideo.Accounts;

internal static class AccountServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<AccountsOptions>().BindConfiguration(ProductVideoOptions.Section).ValidateOnStart();
        services.CheckSection<AccountsOptions>(Options.DefaultName, $"{ProductVideoOptions.Section}:Accounts", typeof(Dictionary<string, AccountOptions>));
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<AccountsOptions>>().Value);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AccountsOptions>, SettingsValidation>());
        services.AddSettings<SubmitOptions>("Submit", options => options.Mistakes());
        services.TryAddSingleton(provider => new SubmitHttpClient(provider.GetRequiredService<SubmitOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<Retirements>();
        services.TryAddSingleton<WaitingSubmits>();
        services.TryAddSingleton<SubmitSwitches>();
        services.TryAddSingleton<ProviderAccounts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, SubmitGate>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, IntentLedger>());
    }
}
