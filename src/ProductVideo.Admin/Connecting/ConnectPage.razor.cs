using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProductVideo.Catalog;
using ProductVideo.Connecting;
using ProductVideo.Generations;
using ProductVideo.Hosting;

namespace ProductVideo.Admin.Connecting;

/// <summary>What to do in a shop of one kind and what to write here; connects it once it has answered.</summary>
public sealed partial class ConnectPage
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private IStorefrontKind? _kind;
    private string _shop = "";
    private IReadOnlyList<ConnectionMistake> _mistakes = [];
    private Problem? _refused;
    private bool _busy;
    private bool _handing;
    private bool _isWrong;

    /// <summary>The key of the kind.</summary>
    [Parameter]
    public string KindKey { get; set; } = "";

    /// <summary>Why the shop was not connected by its own page, if the merchant comes from there.</summary>
    [SupplyParameterFromQuery(Name = "told")]
    public string? Words { get; set; }

    [Inject]
    private HandOverDesk Desk { get; set; } = default!;

    [Inject]
    private HandOverTickets Tickets { get; set; } = default!;

    [Inject]
    private ProductVideoOptions Options { get; set; } = default!;

    [Inject]
    private ShopConnections Connections { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private string? Told => Tickets.ReadWords(Words);

    private string? ShopMistake => _mistakes.FirstOrDefault(mistake => mistake.Field == "shop")?.Text;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _kind?.Key == KindKey)
            return;
        try
        {
            await Visitor.DemandAllShopsAsync();
            _kind = Connections.Kind(KindKey);
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
    }

    /// <summary>The keyboard goes to the first field that is to be mended.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_isWrong)
            return;
        _isWrong = false;
        await Js.InvokeVoidAsync("productVideo.focusWrong");
    }

    private Task ConnectAsync() => DoAsync(
        handing: false,
        shop => Connections.Mistakes(_kind!, shop, _values),
        async shop =>
        {
            await Connections.ConnectAsync(_kind!.Key, shop, _values, await Visitor.NameAsync(), CancellationToken.None);
            Navigation.NavigateTo(Paths.Shop(shop));
        });

    private Task HandOverAsync() => DoAsync(
        handing: true,
        shop => Desk.Mistakes(_kind!, shop, _values),
        async shop =>
        {
            var back = new Uri(Options.PublicAddress ?? new Uri(Navigation.BaseUri), Paths.HandedOver);
            Navigation.NavigateTo((await Desk.SendAsync(_kind!, shop, _values, await Visitor.NameAsync(), back, CancellationToken.None)).AbsoluteUri, forceLoad: true);
        });

    private async Task DoAsync(bool handing, Func<string, IReadOnlyList<ConnectionMistake>> judge, Func<string, Task> act)
    {
        (_busy, _refused, _handing) = (true, null, handing);
        try
        {
            _mistakes = judge(_shop.Trim());
            _isWrong = _mistakes.Any(mistake => mistake.Field is not null);
            if (_mistakes.Count == 0)
                await act(_shop.Trim());
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
        finally
        {
            _busy = false;
        }
    }
}
