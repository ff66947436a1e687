using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Connecting;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Security;

namespace ProductVideo.Admin.Keys;

/// <summary>Which programs are let in, ending that, and letting another one in. Who sees one shop only sees, ends and makes keys of that shop.</summary>
public sealed partial class KeysPage
{
    /// <summary>The newest first.</summary>
    private IReadOnlyList<ApiKey>? _keys;
    private Problem? _refused;
    private readonly OneAtATime _one = new();
    private bool _busy;

    [Inject]
    private ApiKeys Keys { get; set; } = default!;

    [Inject]
    private Shops Shops { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
            await LoadAsync();
    }

    private async Task LoadAsync() => _keys = [.. (await Keys.ListAsync(await Visitor.OwnAsync(), CancellationToken.None)).Reverse()];

    private string ShopOf(ApiKey key) => key.Shop is { } shop ? Shops.NameOf(shop) : "All shops";

    private Task RevokeAsync(ApiKey key) => _one.DoAsync(async () =>
    {
        if (await new Ask($"Revoke “{key.Name}”?", WhatEnds(key), "Revoke", Grave: true).ShowAsync(Dialogs) is null)
            return;
        (_busy, _refused) = (true, null);
        try
        {
            await Keys.RevokeAsync(key.Id, await Visitor.OwnAsync(), CancellationToken.None);
            Snackbar.Add("The key is revoked.", Severity.Info);
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
        finally
        {
            _busy = false;
        }

        await LoadAsync();
    });

    private string WhatEnds(ApiKey key) => ConnectionCodes.IsOfPlugin(key)
        ? $"The plugin in {ShopOf(key)} can order no more videos and shows none, until it is given a new connection code from the shop's page here. What it ordered goes on."
        : $"Programs that use it are refused from now on, for ever. What they ordered goes on.{(MayBePlugins(key) ? " If the shop's plugin was set up with it, that stops too." : null)}";

    /// <summary>A code that the command line made holds a key with a name of the merchant's own.</summary>
    private static bool MayBePlugins(ApiKey key) => key.Shop is not null && ConnectionCodes.PluginScopes.All(key.Scopes.Contains);
}
