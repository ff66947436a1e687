using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace ProductVideo.Admin.Layout;

/// <summary>The frame around every page: colours, top bar, and what is shown when a page fails.</summary>
public sealed partial class MainLayout
{
    private MudThemeProvider? _provider;
    private ErrorBoundary? _boundary;
    private bool _dark;
    private bool _chosen;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [CascadingParameter]
    private Colours? Colours { get; set; }

    // A bare "#content" would be resolved against the base address, not this page's.
    private string Skip => new UriBuilder(Navigation.Uri) { Fragment = "content" }.Uri.PathAndQuery + "#content";

    public void Dispose() => Navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized()
    {
        (_dark, _chosen) = (Colours?.Dark ?? false, Colours?.Chosen ?? false);
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || _provider is null)
            return;
        await _provider.WatchSystemDarkModeAsync(OnSystemChanged);
        await OnSystemChanged(await _provider.GetSystemDarkModeAsync());
    }

    private Task OnSystemChanged(bool dark) => _chosen || dark == _dark ? Task.CompletedTask : InvokeAsync(() =>
    {
        _dark = dark;
        StateHasChanged();
    });

    private async Task ToggleAsync()
    {
        (_dark, _chosen) = (!_dark, true);
        await Js.InvokeVoidAsync("productVideo.chooseColours", _dark ? "dark" : "light");
    }

    // Another page is another chance.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        _boundary?.Recover();
        _ = InvokeAsync(StateHasChanged);
    }
}
