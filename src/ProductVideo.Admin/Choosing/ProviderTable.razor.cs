using Microsoft.AspNetCore.Components;
using ProductVideo.Accounts;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Admin.Choosing;

/// <summary>The providers that are switched on.</summary>
public sealed partial class ProviderTable
{
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private IReadOnlyList<AccountStanding> _accounts = [];
    private string? _testing;

    /// <summary>Whether the visitor may ask the providers.</summary>
    [Parameter, EditorRequired]
    public bool MayTest { get; set; }

    [Inject]
    private VideoProviders Providers { get; set; } = default!;

    [Inject]
    private ProviderAccounts Accounts { get; set; } = default!;

    [Inject]
    private Retirements Retirements { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _accounts = await Accounts.StandingsAsync(CancellationToken.None);

    private async Task TestAsync(string provider)
    {
        _testing = provider;
        _answers[provider] = new Answer(await Accounts.TestAsync(provider, CancellationToken.None));
        _testing = null;
    }

    private async Task ReopenAsync(string provider)
    {
        await Accounts.ReopenAsync(provider, CancellationToken.None);
        _accounts = await Accounts.StandingsAsync(CancellationToken.None);
    }

    private string LimitsOf(string provider) => Of(provider) switch
    {
        { MaxInFlight: { } most, StartsPerSecond: { } rate } => $"{most} at once, {rate:0.##} starts a second",
        { MaxInFlight: { } most } => $"{most} at once",
        { StartsPerSecond: { } rate } => $"{rate:0.##} starts a second",
        _ => "none",
    };

    private string StandingOf(IVideoProvider provider) => Of(provider.Key) switch
    {
        null or { State: BreakerState.Closed } => "takes orders",
        { State: BreakerState.NeedsPerson, Reason: var why } => $"refuses our account: {why}",
        { Reason: var why } => $"fails; orders wait: {why}",
    };

    private AccountStanding? Of(string provider) => _accounts.FirstOrDefault(row => row.Account == provider);

    private sealed record Answer(ProviderFault? Fault);
}
