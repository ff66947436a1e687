using Microsoft.AspNetCore.Components;
using ProductVideo.Changes;
using ProductVideo.Generations;
using Policy = ProductVideo.Changes.ChangePolicy;

namespace ProductVideo.Admin.Changes;

/// <summary>One shop's policy; every change is saved at once.</summary>
public sealed partial class ChangePolicy
{
    private readonly string _id = $"changes-{Guid.NewGuid():n}";
    private Policy? _policy;
    private bool _uninstalled;
    private Problem? _refused;
    private string? _loaded;

    /// <summary>The shop's key.</summary>
    [Parameter, EditorRequired]
    public string Shop { get; set; } = "";

    /// <summary>Whether the visitor may change it: it decides what is paid.</summary>
    [Parameter, EditorRequired]
    public bool MayChange { get; set; }

    [Inject]
    private WatchedShops Watched { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (_loaded == Shop)
            return;
        (_loaded, _policy) = (Shop, null);
        _uninstalled = (await Watched.FindAsync(Shop, CancellationToken.None))?.UninstalledAt is not null;
        _policy = await Watched.PolicyAsync(Shop, CancellationToken.None);
    }

    /// <summary>Writes the one thing that was chosen; the page may be older than the rest.</summary>
    private async Task SaveAsync(Func<Policy, Policy> change)
    {
        try
        {
            (_policy, _refused) = (await Watched.ChangeAsync(Shop, change, await Visitor.NameAsync(), CancellationToken.None), null);
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
    }
}
