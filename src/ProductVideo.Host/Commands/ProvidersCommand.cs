using System.CommandLine;
using ProductVideo.Accounts;
using ProductVideo.Providers;

namespace ProductVideo.Host.Commands;

/// <summary>Who can make videos here, and whether they let us in.</summary>
internal static class ProvidersCommand
{
    public static Command Create()
    {
        var test = new Option<bool>("--test") { Description = "Asks each provider, by a call that costs nothing, whether it lets us in. Exit code 1 if one does not." };
        var command = new Command("providers", "Lists the providers that are switched on: key, name, models.") { test };
        command.SetAction((parsed, token) => WithDatabase.RunAsync(
            parsed.GetValue(CommonOptions.Data)!, services => RunAsync(services, parsed.GetValue(test), token), token, reads: false));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, bool test, CancellationToken cancellationToken)
    {
        var accounts = services.GetRequiredService<ProviderAccounts>();
        var code = 0;
        foreach (var provider in services.GetServices<IVideoProvider>())
        {
            var fault = test && provider is IProbeAccount ? await accounts.TestAsync(provider.Key, cancellationToken) : null;
            var answer = !test ? "" : provider is not IProbeAccount ? "\tnothing to test" : fault is null ? "\tworks" : "\tdoes not work";
            Console.WriteLine($"{provider.Key}\t{provider.DisplayName}\t{string.Join(", ", provider.Models)}{answer}");
            if (fault is not null)
            {
                Console.Error.WriteLine($"{fault.MerchantText} ({fault.OperatorText})");
                code = 1;
            }
        }

        return code;
    }
}
