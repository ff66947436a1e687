using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Data;

namespace ProductVideo.Accounts;

internal static class AccountServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<AccountsOptions>().BindConfiguration(Hosting.ProductVideoOptions.Section).ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<AccountsOptions>>().Value);
        services.TryAddSingleton<WaitingSubmits>();
        services.TryAddSingleton<SubmitSwitches>();
        services.TryAddSingleton<ProviderAccounts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, SubmitGate>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, IntentLedger>());
    }
}
