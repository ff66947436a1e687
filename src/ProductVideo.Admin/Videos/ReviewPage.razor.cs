using Microsoft.AspNetCore.Components;
using ProductVideo.Backfills;
using ProductVideo.Generations;
using ProductVideo.Pipeline;

namespace ProductVideo.Admin.Videos;

/// <summary>Leads to the video that is to be looked at now.</summary>
public sealed partial class ReviewPage
{
    private Problem? _refused;
    private bool _isEmpty;

    [SupplyParameterFromQuery(Name = "backfill")]
    private Guid? Backfill { get; set; }

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private ReviewQueue Queue { get; set; } = default!;

    [Inject]
    private BackfillDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // Once: going on from here sets the parameters again before the page is gone.
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        try
        {
            if (Backfill is { } backfill)
                await Visitor.OwnedAsync(await Desk.GetAsync(backfill, CancellationToken.None));
            if (await Queue.NextAsync(await Visitor.OwnAsync(), Backfill, after: null, CancellationToken.None) is { } next)
                Navigation.NavigateTo(Paths.Video(next), replace: true);
            else
                _isEmpty = true;
        }
        catch (RefusedException e)
        {
            _refused = e.Problem;
        }
    }
}
