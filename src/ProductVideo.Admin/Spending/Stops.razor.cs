using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Accounts;
using ProductVideo.Admin.Layout;
using ProductVideo.Data;

namespace ProductVideo.Admin.Spending;

/// <summary>Stops new orders with one click, and shows which are stopped and why.</summary>
public sealed partial class Stops
{
    private IReadOnlyList<SubmitSwitchRow> _stops = [];
    private IReadOnlyList<AccountStanding> _troubled = [];

    /// <summary>Whether the visitor may stop and go on.</summary>
    [Parameter, EditorRequired]
    public bool MayChange { get; set; }

    [Inject]
    private SubmitSwitches Switches { get; set; } = default!;

    [Inject]
    private ProviderAccounts Accounts { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override Task OnInitializedAsync() => LoadAsync();

    private static string NameOf(string scope) => scope.Split(':', 2) switch
    {
        ["provider", var key] => $"Provider {key} is stopped",
        ["shop", var key] => $"Shop {key} is stopped",
        _ => "All new orders are stopped",
    };

    private async Task LoadAsync()
    {
        _stops = await Switches.ListAsync(CancellationToken.None);
        _troubled = await Accounts.TroubledAsync(CancellationToken.None);
    }

    private async Task StopAsync()
    {
        var why = await new Ask(
            "Stop all new orders?", "Nothing new is sent to any provider. What was sent is followed to its end, and what is ordered now waits.", "Stop", Grave: true,
            Field: "Why? Merchants read it.", FieldNeeded: true).ShowAsync(Dialogs);
        if (why is null)
            return;
        await Switches.PauseAsync(SubmitSwitches.All, await Visitor.NameAsync(), why, CancellationToken.None);
        await LoadAsync();
    }

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
