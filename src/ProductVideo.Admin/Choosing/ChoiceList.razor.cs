using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Choosing;

/// <summary>One shop's list; every change is saved at once.</summary>
public sealed partial class ChoiceList
{
    private readonly string _id = $"choices-{Guid.NewGuid():n}";
    private readonly OneAtATime _one = new();
    private ProviderList? _list;
    private Problem? _refused;

    /// <summary>Whose.</summary>
    [Parameter, EditorRequired]
    public IStorefront Shop { get; set; } = default!;

    /// <summary>Whether the visitor may change it.</summary>
    [Parameter, EditorRequired]
    public bool MayChange { get; set; }

    [Inject]
    private ProviderLists Lists { get; set; } = default!;

    [Inject]
    private VideoProviders Providers { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    protected override async Task OnInitializedAsync() => _list = await Lists.FindAsync(Shop.Shop, CancellationToken.None);

    private Task AddAsync() => _one.DoAsync(async () =>
    {
        var dialog = await Dialogs.ShowAsync<ChoiceDialog>($"Add a provider for {Shop.DisplayName}");
        if (await dialog.Result is { Canceled: false, Data: ProviderChoice choice })
            await SaveAsync((_list ?? new ProviderList { Choices = [] }) is var list ? list with { Choices = [.. list.Choices, choice] } : null);
    });

    private Task MoveAsync(MouseEventArgs press, ProviderChoice choice, int by) => ChangeAsync(press, choice, (choices, place) =>
    {
        if (place + by >= 0 && place + by < choices.Count)
            (choices[place], choices[place + by]) = (choices[place + by], choices[place]);
    });

    private Task RemoveAsync(MouseEventArgs press, ProviderChoice choice) => ChangeAsync(press, choice, (choices, place) => choices.RemoveAt(place));

    /// <summary>Where the line was moved or removed meanwhile, another stands in its place: that is not the one that was meant.</summary>
    private Task ChangeAsync(MouseEventArgs press, ProviderChoice choice, Action<List<ProviderChoice>, int> change) => _one.DoAsync(press, async () =>
    {
        var choices = _list?.Choices.ToList() ?? [];
        if (choices.FindIndex(line => ReferenceEquals(line, choice)) is var place and >= 0)
        {
            change(choices, place);
            await SaveAsync(choices.Count == 0 ? null : _list! with { Choices = choices });
        }
    });

    private async Task SaveAsync(ProviderList? list)
    {
        try
        {
            await Lists.ChangeAsync(Shop.Shop, _list, list, await Visitor.NameAsync(), CancellationToken.None);
            (_list, _refused) = (list, null);
        }
        catch (RefusedException e)
        {
            // The page may be older than the list.
            _list = await Lists.FindAsync(Shop.Shop, CancellationToken.None);
            _refused = e.Problem;
        }
    }
}
