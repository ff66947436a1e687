using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Catalog;
using ProductVideo.Connecting;
using ProductVideo.Generations;
using ProductVideo.Hosting;

namespace ProductVideo.Admin.Connecting;

/// <summary>One shop: whether it lets us work, its plugin's code, how it is reached, and the end of it.</summary>
public sealed partial class ShopPage
{
    private IStorefront? _storefront;
    private ShopConnection? _connection;
    private IStorefrontKind? _kind;
    private Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private IReadOnlyList<ConnectionMistake> _mistakes = [];
    private IReadOnlyList<AccessCheck>? _checks;
    private Problem? _refused;
    private Problem? _notSaved;
    private IReadOnlyList<KeptWebhook> _webhooks = [];
    private string? _code;
    private readonly OneAtATime _one = new();
    private bool _busy;
    private bool _mayChange;

    /// <summary>The key of the shop.</summary>
    [Parameter]
    public string Shop { get; set; } = "";

    [Inject]
    private ShopConnections Connections { get; set; } = default!;

    [Inject]
    private WebhookCare Care { get; set; } = default!;

    [Inject]
    private ConnectionCodes Codes { get; set; } = default!;

    [Inject]
    private ProductVideoOptions Options { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    /// <summary>This server's, as the shop finds it.</summary>
    private Uri Address => Options.PublicAddress ?? new Uri(Navigation.BaseUri);

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _storefront?.Shop == Shop)
            return;
        (_code, _checks, _mistakes) = (null, null, []);
        await DoAsync(async () =>
        {
            await LoadAsync();
            _checks = await Connections.CheckAsync(Shop, CancellationToken.None);
        });
    }

    private async Task LoadAsync()
    {
        _storefront = await Visitor.ShopAsync(Shop);
        _mayChange = await Visitor.OwnAsync() is null;
        _connection = await Connections.FindAsync(Shop, CancellationToken.None);
        _kind = _connection is null ? null : Connections.Kinds.FirstOrDefault(kind => kind.Key == _connection.Kind);
        _values = _connection?.Values.ToDictionary(StringComparer.Ordinal) ?? new(StringComparer.Ordinal);
    }

    private Task TestAsync() => DoAsync(async () =>
    {
        _checks = null;
        _checks = await Connections.CheckAsync(Shop, CancellationToken.None);
    });

    private Task CareAsync() => DoAsync(async () => _webhooks = await Care.LookAfterAsync(Shop, CancellationToken.None));

    private static string Done(WebhookUpkeep upkeep) => upkeep switch
    {
        WebhookUpkeep.WasThere => "works",
        WebhookUpkeep.Made => "made just now",
        WebhookUpkeep.Mended => "was off; works again",
        _ => "lacking",
    };

    private Task MakeCodeAsync() => DoAsync(async () => _code = await Codes.MakeAsync(Shop, Address, CancellationToken.None));

    private async Task ChangeAsync()
    {
        await DoAsync(async () =>
        {
            _mistakes = [];
            _checks = await Connections.ChangeAsync(Shop, _values, await Visitor.NameAsync(), CancellationToken.None);
            await LoadAsync();
            Snackbar.Add("Saved. The shop answers.", Severity.Info);
        });
        // Beside the button: the head of the page may be out of the window.
        (_notSaved, _refused) = (_refused is null ? null : _refused with { MerchantText = FieldWords.Of(_kind!, _refused.MerchantText) }, null);
    }

    private Task DisconnectAsync() => _one.DoAsync(async () =>
    {
        var ask = new Ask(
            "Disconnect this shop?",
            "Its passwords are erased here, and the API keys that see this shop only end, its plugin's among them. What the shop gave, such as WordPress's application password, stays valid there until you revoke it there. "
            + "Videos that are on its listings stay there until you take them off, which needs the connection.",
            "Disconnect", Grave: true);
        if (await ask.ShowAsync(Dialogs) is null)
            return;
        await DoAsync(async () =>
        {
            await Connections.DisconnectAsync(Shop, CancellationToken.None);
            Navigation.NavigateTo(Paths.Shops);
        });
    });

    private async Task DoAsync(Func<Task> act)
    {
        (_busy, _refused, _notSaved) = (true, null, null);
        try
        {
            await act();
        }
        catch (RefusedException e)
        {
            _refused = Told.Of(e);
            _mistakes = _kind?.Fields.Any(field => field.Name == e.Field) is true ? [new ConnectionMistake(e.Field, e.Problem.MerchantText)] : [];
        }
        finally
        {
            _busy = false;
        }
    }
}
