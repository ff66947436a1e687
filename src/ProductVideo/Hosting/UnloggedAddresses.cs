using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ProductVideo.Hosting;

/// <summary>
/// No setting has the addresses of requests logged: a link to sign in, a feed's and a webhook's are passwords, and who may read a log may
/// not all use them. Comes after all settings; of those about one category the last one holds, and one for a single log before one for all.
/// </summary>
internal sealed class UnloggedAddresses : IPostConfigureOptions<LoggerFilterOptions>
{
    /// <summary>The framework's categories that log the address of each request below Warning.</summary>
    private static readonly string[] s_tellAddresses = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing.Matching.DfaMatcher"];

    public void PostConfigure(string? name, LoggerFilterOptions options)
    {
        IReadOnlyList<string?> logs = [null, .. options.Rules.Select(rule => rule.ProviderName).OfType<string>().Distinct(StringComparer.Ordinal)];
        foreach (var category in s_tellAddresses)
        {
            foreach (var log in logs)
                options.Rules.Add(new LoggerFilterRule(log, category, LogLevel.Warning, filter: null));
        }
    }
}
