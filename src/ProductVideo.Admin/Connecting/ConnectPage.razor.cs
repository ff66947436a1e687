using Microsoft.AspNetCore.Components;
using ProductVideo.Catalog;
using ProductVideo.Connecting;
using ProductVideo.Generations;

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

    /// <summary>The key of the kind.</summary>
    [Parameter]
    public string KindKey { get; set; } = "";

    [Inject]
    private ShopConnections Connections { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? ShopMistake => _mistakes.FirstOrDefault(mistake => mistake.Field == "shop")?.Text;

    private IReadOnlyList<ConnectionMistake> FieldMistakes => [.. _mistakes.Where(mistake => mistake.Field != "shop")];

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

    private async Task ConnectAsync()
    {
        (_busy, _refused) = (true, null);
        try
        {
            _mistakes = Connections.Mistakes(_kind!, _shop.Trim(), _values);
            if (_mistakes.Count > 0)
                return;
            await Connections.ConnectAsync(_kind!.Key, _shop.Trim(), _values, await Visitor.NameAsync(), CancellationToken.None);
            Navigation.NavigateTo(Paths.Shop(_shop.Trim()));
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
