using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ProductVideo.Data;
using ProductVideo.Hosting;

namespace ProductVideo.Spending;

/// <summary>Adds caps, books and ledger.</summary>
internal static class SpendingServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddOptions<SpendingOptions>().BindSection(SpendingOptions.Section).ValidateOnStart();
        services.TryAddSingleton<BudgetRules>();
        services.TryAddSingleton<ConfiguredCaps>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SpendingOptions>, ConfiguredCaps>(
            provider => provider.GetRequiredService<ConfiguredCaps>()));
        services.TryAddSingleton<Budgets>();
        services.TryAddSingleton<SpendLedger>();
        services.TryAddSingleton<SpendingBooks>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWrittenTogether, SpendingBooks>(provider => provider.GetRequiredService<SpendingBooks>()));
    }
}
