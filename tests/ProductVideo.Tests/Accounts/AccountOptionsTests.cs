using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Accounts;
using ProductVideo.Providers.DashScope;
using ProductVideo.Providers.Fal;
using ProductVideo.Providers.LocalAi;
using ProductVideo.Providers.OpenAiVideos;
using ProductVideo.Providers.Replicate;
using ProductVideo.Providers.Runway;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Accounts;

public sealed class AccountOptionsTests
{
    [Theory]
    [InlineData("happyhorse", 5, 5.0)]
    [InlineData("wan", 5, 5.0)]
    [InlineData("replicate", null, 10.0)]
    [InlineData("fal", 2, null)]
    [InlineData("runway", 1, null)]
    [InlineData("localai", 1, null)]
    [InlineData("gpu", 2, null)]
    public void what_a_provider_allows_holds_whatever_else_is_set_for_its_account(string account, int? inFlight, double? starts)
    {
        LimitsOf(account).ShouldBe((inFlight, starts));
        LimitsOf(account, ("Exclusive", "true"), ("BreakerFailures", "9"), ("Retires:old", "2026-12-24")).ShouldBe((inFlight, starts));
        LimitsOf(account, ("MaxInFlight", "3")).ShouldBe((3, starts));
        LimitsOf(account, ("StartsPerSecond", "0.1")).ShouldBe((inFlight, 0.1));
    }

    private static (int? MaxInFlight, double? StartsPerSecond) LimitsOf(string account, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => new KeyValuePair<string, string?>($"ProductVideo:Accounts:{account}:{one.Name}", one.Value))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration)
            .AddHappyHorse().AddWan().AddReplicate().AddFal().AddRunway().AddLocalAi().AddOpenAiVideos("GPU");
        services.AddOptions<AccountsOptions>().BindConfiguration("ProductVideo");
        using var provider = services.BuildServiceProvider();
        var limits = provider.GetRequiredService<IOptions<AccountsOptions>>().Value.Of(account);
        return (limits.MaxInFlight, limits.StartsPerSecond);
    }
}
