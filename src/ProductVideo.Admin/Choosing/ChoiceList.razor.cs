using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Catalog;
using ProductVideo.Choosing;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Choosing;

/// <summary>One shop's list; every change is saved at once.</summary>
public sealed partial class ChoiceList
{
    private readonly string _id = $"choices-{Guid.NewGuid():n}";
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

    private string NameOf(string provider) => Providers.All.FirstOrDefault(known => known.Key == provider)?.DisplayName ?? provider;

    private async Task AddAsync()
    {
        var dialog = await Dialogs.ShowAsync<ChoiceDialog>($"Add a provider for {Shop.DisplayName}");
        if (await dialog.Result is { Canceled: false, Data: ProviderChoice choice })
            await SaveAsync((_list ?? new ProviderList { Choices = [] }) is var list ? list with { Choices = [.. list.Choices, choice] } : null);
    }

    private Task MoveAsync(int from, int to)
    {
        var choices = _list!.Choices.ToList();
        (choices[from], choices[to]) = (choices[to], choices[from]);
        return SaveAsync(_list with { Choices = choices });
    }

    private Task RemoveAsync(int place)
    {
        var choices = _list!.Choices.ToList();
        choices.RemoveAt(place);
        return SaveAsync(choices.Count == 0 ? null : _list with { Choices = choices });
    }

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
