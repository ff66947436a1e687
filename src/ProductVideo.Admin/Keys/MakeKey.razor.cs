using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProductVideo.Admin.Layout;
using ProductVideo.Api;
using ProductVideo.Catalog;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Security;

namespace ProductVideo.Admin.Keys;

/// <summary>Asks what a key is for and what it may do, which is never more than the visitor may; the key is shown here, once.</summary>
public sealed partial class MakeKey
{
    private const string DescriptionAddress = ApiPaths.Root + "/openapi/productvideo.json";

    /// <summary>In days; 0 for one that never ends.</summary>
    private static readonly (int Days, string Label)[] Lifetimes = [(30, "30 days"), (90, "90 days"), (365, "A year"), (0, "For ever")];

    /// <summary>What a program needs that has videos made: most do just that.</summary>
    private readonly HashSet<string> _scopes = new([Scopes.Read, Scopes.Create], StringComparer.Ordinal);
    private readonly List<Made> _made = [];
    private readonly OneAtATime _one = new();
    private IReadOnlyList<(string Field, string Text)> _mistakes = [];
    private IReadOnlyList<string> _mayGive = [];
    private IReadOnlyList<IStorefront> _shops = [];
    private Problem? _refused;
    private string _name = "";
    private string _shop = "";
    private int _days = 365;
    private bool _seesAll;
    private bool _isWrong;
    private bool _busy;

    /// <summary>After one was made; it is shown here.</summary>
    [Parameter]
    public EventCallback OnMade { get; set; }

    [Inject]
    private ApiKeys Keys { get; set; } = default!;

    [Inject]
    private KeyRules Rules { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private ProductVideoOptions Options { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _seesAll = await Visitor.OwnAsync() is null;
        _mayGive = await Visitor.ScopesAsync();
        _shops = await Visitor.ShopsAsync();
    }

    /// <summary>The keyboard goes to the first field that is to be mended.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isWrong)
            return;
        _isWrong = false;
        await Js.InvokeVoidAsync("productVideo.focusWrong");
    }

    private void Choose(string scope, bool chosen) => _ = chosen ? _scopes.Add(scope) : _scopes.Remove(scope);

    private Task MakeAsync() => _one.DoAsync(async () =>
    {
        // The second press of a double click: by the first the name became a key.
        if (_name.Length == 0 && _made.Count > 0)
            return;
        (_busy, _refused) = (true, null);
        try
        {
            var wanted = await WantedAsync();
            _mistakes = [.. Rules.Mistakes(wanted).Select(mistake => (mistake.Field, mistake.Field == "scopes" ? "Tick at least one." : mistake.Text))];
            _isWrong = _mistakes.Count > 0;
            if (_isWrong)
                return;
            var key = await Keys.CreateAsync(wanted, CancellationToken.None);
            _made.Add(new Made(key, wanted, await ExampleAsync(key, wanted)));
            _name = "";
            await OnMade.InvokeAsync();
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
        finally
        {
            _busy = false;
        }
    });

    private async Task<NewApiKey> WantedAsync()
    {
        var shop = await Visitor.OwnAsync() ?? (_shop.Length == 0 ? null : _shop);
        // One that is not the visitor's is told in other words than one that is not there: those name every shop.
        if (shop is not null)
            await Visitor.ShopAsync(shop);
        return new NewApiKey(
            _name.Trim(), [.. (await Visitor.ScopesAsync()).Where(_scopes.Contains)], shop, _days == 0 ? null : TimeSpan.FromDays(_days));
    }

    private async Task<KeyExample?> ExampleAsync(string key, NewApiKey wanted)
    {
        var shop = wanted.Shop ?? (_shops.Count == 0 ? "SHOP" : (await Visitor.ShopOrFirstAsync(null)).Shop);
        return KeyExample.Of(key, wanted.Scopes, shop, Options.PublicAddress ?? new Uri(Navigation.BaseUri));
    }

    private sealed record Made(string Key, NewApiKey Wanted, KeyExample? Example);
}
