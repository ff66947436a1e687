using Microsoft.AspNetCore.Components;
using ProductVideo.Api;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Videos;

/// <summary>One video from its order to its listing, followed live.</summary>
public sealed partial class VideoPage
{
    private Generation? _video;
    private string? _picture;
    private IReadOnlyList<ProductVideo.Pipeline.DuplicateCharge> _duplicates = [];
    private Problem? _refused;
    private Guid? _loaded;
    private Guid? _next;
    private IDisposable? _watch;
    private ElementReference _standing;
    private bool _decided;

    /// <summary>Of the generation.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private ReviewQueue Queue { get; set; } = default!;

    [Inject]
    private LiveGenerations Live { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Title => _video is null ? "Video" : $"{Words.Of(_video.State)}: {_video.Order.ProductTitle}";

    public void Dispose()
    {
        _loaded = null;
        _watch?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _loaded == Id)
            return;
        (_loaded, _video, _refused, _picture, _next) = (Id, null, null, null, null);
        _watch ??= Live.Watch(id => id == Id, () => _video is { } video && GenerationFacts.IsMoving(video), () => InvokeAsync(LookAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = Id;
        try
        {
            _refused = null;
            var video = await ReadAsync(asked);
            var duplicates = await Generations.DuplicateChargesAsync(asked, CancellationToken.None);
            await LeadOnAsync(video);
            if (asked != _loaded)
                return;
            (_video, _duplicates) = (video, duplicates);
            if (GenerationFacts.Clip(video) is null)
                await LookAtProductAsync(video);
        }
        catch (RefusedException e)
        {
            if (asked == _loaded)
                _refused = e.Problem;
        }
    }

    private async Task LookAsync()
    {
        // The one loaded first must be shown first: it brings what belongs to it.
        if (_video is null)
            return;
        var video = await ReadAsync(Id);
        await LeadOnAsync(video);
        Show(video);
        StateHasChanged();
    }

    /// <summary>After a decision. Somebody else may have looked at the next one meanwhile.</summary>
    private async Task ShowAsync(Generation video)
    {
        if (_next is not null && await NextAsync(video) is var next && video.Id == _loaded)
            _next = next;
        Show(video);
        _decided = true;
    }

    /// <summary>On to the one that waits now: somebody else may have looked at the one that was found before. Whoever went elsewhere meanwhile is left there.</summary>
    private async Task GoOnAsync(Generation video)
    {
        var next = await NextAsync(video);
        if (video.Id != _loaded)
            return;
        if (next is { } id)
            Navigation.NavigateTo(Paths.Video(id));
        else
            await ShowAsync(video);
    }

    /// <summary>The pressed button is gone by then, and the keyboard's place with it.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_decided)
            return;
        _decided = false;
        await _standing.FocusAsync();
    }

    /// <summary>Finds the next one, once, where this one waits for a look.</summary>
    private async Task LeadOnAsync(Generation video)
    {
        if (_next is null && video.State is GenerationState.AwaitingReview && await NextAsync(video) is { } next && video.Id == _loaded)
            _next = next;
    }

    private async Task<Guid?> NextAsync(Generation video) => await Queue.NextAsync(
        await Visitor.OwnAsync(), video.Order.BackfillId, video.Id, CancellationToken.None);

    /// <summary>Not what came too late: another one was asked for meanwhile.</summary>
    private void Show(Generation video)
    {
        if (video.Id != _loaded || (video.Id == _video?.Id && video.Version == _video.Version && video.CancelRequestedBy == _video.CancelRequestedBy))
            return;
        (_video, _refused) = (video, null);
    }

    private async Task<Generation> ReadAsync(Guid id) => await Visitor.OwnedAsync(await Generations.GetAsync(id, CancellationToken.None));

    /// <summary>The page does not wait for the shop, which may be slow.</summary>
    private async Task LookAtProductAsync(Generation video)
    {
        StateHasChanged();
        var picture = await PictureAsync(video);
        if (video.Id == Id)
            _picture = picture;
    }

    /// <summary>The product's first picture, to look at while the clip is made; none if the shop does not answer.</summary>
    private async Task<string?> PictureAsync(Generation video)
    {
        try
        {
            var shop = await Visitor.ShopAsync(video.Product.Shop);
            return await shop.ReadAsync(video.Product.ProductId, CancellationToken.None) is { Images: [var first, ..] } product
                ? ApiPaths.Thumbnail(video.Product.Shop, video.Product.ProductId, first.Id, product.Version)
                : null;
        }
        catch (Exception e) when (Told.Of(e) is not null)
        {
            return null;
        }
    }
}
