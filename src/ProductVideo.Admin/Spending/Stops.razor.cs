using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Accounts;
using ProductVideo.Admin.Layout;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Admin.Spending;

/// <summary>Stops new orders with one click, and shows which are stopped and why.</summary>
public sealed partial class Stops
{
    private IReadOnlyList<SubmitPause> _stops = [];
    private IReadOnlyList<AccountStanding> _troubled = [];
    private readonly OneAtATime _one = new();
    private string _chosen = SubmitSwitches.All;

    /// <summary>Whether the visitor may stop and go on.</summary>
    [Parameter, EditorRequired]
    public bool MayChange { get; set; }

    /// <summary>Under which name what the visitor does is recorded.</summary>
    [CascadingParameter(Name = Visitor.Cascade)]
    private string? Me { get; set; }

    [Inject]
    private SubmitSwitches Switches { get; set; } = default!;

    [Inject]
    private ProviderAccounts Accounts { get; set; } = default!;

    [Inject]
    private VideoProviders Providers { get; set; } = default!;

    [Inject]
    private Shops Shops { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    /// <summary>Each provider and each shop.</summary>
    private IEnumerable<string> Narrower =>
        Providers.All.Select(provider => SubmitSwitches.Provider(provider.Key)).Concat(Shops.All.Select(shop => SubmitSwitches.Shop(shop.Shop)));

    /// <summary>What was chosen may have been stopped by somebody else meanwhile.</summary>
    private string Chosen => Narrower.Contains(_chosen) && !IsStopped(_chosen) ? _chosen : SubmitSwitches.All;

    protected override Task OnInitializedAsync() => LoadAsync();

    private string NameOf(string scope) => scope == SubmitSwitches.All ? "All new orders are stopped" : $"{SubjectOf(scope)} is stopped";

    private string SubjectOf(string scope) => scope.Split(':', 2) switch
    {
        ["provider", var key] => SpendingWords.Provider(Providers, key),
        ["shop", var key] => SpendingWords.Shop(Shops, key),
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, message: null),
    };

    private bool IsStopped(string scope) => _stops.Any(stop => stop.Scope == scope);

    private async Task LoadAsync()
    {
        _stops = await Switches.ListAsync(CancellationToken.None);
        _troubled = await Accounts.TroubledAsync(CancellationToken.None);
    }

    private Task StopAsync() => _one.DoAsync(async () =>
    {
        var scope = Chosen;
        var why = await new Ask(
            scope == SubmitSwitches.All ? "Stop all new orders?" : $"Stop new orders of {SubjectOf(scope)}?",
            $"Nothing new is sent {(scope == SubmitSwitches.All ? "to any provider" : scope.StartsWith("shop:", StringComparison.Ordinal) ? "for it" : "to it")}. What was sent is followed to its end, and what is ordered now waits.", "Stop", Grave: true,
            Field: "Why? Merchants read it.", FieldNeeded: true).ShowAsync(Dialogs);
        if (why is null)
            return;
        await Switches.PauseAsync(scope, await Visitor.NameAsync(), why, CancellationToken.None);
        await LoadAsync();
    });

    private async Task ResumeAsync(string scope)
    {
        await Switches.ResumeAsync(scope, CancellationToken.None);
        await LoadAsync();
    }

    private async Task ReopenAsync(string account)
    {
        await Accounts.ReopenAsync(account, CancellationToken.None);
        await LoadAsync();
    }
}
