using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using ProductVideo.Spending;

namespace ProductVideo.Admin.Videos;

/// <summary>What a person can decide about a video in its state; what can't be undone asks first.</summary>
public sealed partial class Decisions
{
    private readonly OneAtATime _one = new();
    private bool _busy;
    private bool _keepEarlier;
    private bool _hasEarlier;
    private Guid? _asked;

    /// <summary>About which.</summary>
    [Parameter, EditorRequired]
    public Generation Video { get; set; } = default!;

    /// <summary>The video after the decision.</summary>
    [Parameter]
    public EventCallback<Generation> OnChanged { get; set; }

    /// <summary>Whether another video waits for a look.</summary>
    [Parameter]
    public bool HasNext { get; set; }

    /// <summary>The video after a decision from which the person wants to go on to the next.</summary>
    [Parameter]
    public EventCallback<Generation> OnGoOn { get; set; }

    /// <summary>Why the decision could not be followed.</summary>
    [Parameter]
    public EventCallback<Problem> OnRefused { get; set; }

    [Inject]
    private VideoGenerations Generations { get; set; } = default!;

    [Inject]
    private VideoProviders Providers { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Cost => CostOf(Video.Order.Price.Amount);

    /// <summary>Whether a decision can bring its clip onto the listing.</summary>
    private bool MayPublish => Video.State is GenerationState.AwaitingReview or GenerationState.Withdrawn or GenerationState.Failed { Clip: not null, Handover: null };

    protected override async Task OnParametersSetAsync()
    {
        if (!MayPublish)
        {
            _asked = null;
            return;
        }

        // Once, for whatever is looked at again meanwhile would set the tick back.
        if (_asked != Video.Id)
            (_asked, _keepEarlier) = (Video.Id, Video.Order.Wishes.KeepEarlier);
        var published = new GenerationFilter(Video.Product.Shop, [Video.Product.ProductId], nameof(GenerationState.Published), Before: null, Take: 1);
        _hasEarlier = (await Generations.ListAsync(published, CancellationToken.None)).Count > 0;
    }

    private Task ApproveAsync() => FollowAsync(ApprovedAsync, ask: null);

    /// <summary>The next video has the same button in the same place, and nobody has looked at that one.</summary>
    private Task ApproveAndGoOnAsync(MouseEventArgs press) => _one.DoAsync(press, () => DecideAsync(ApprovedAsync, ask: null, OnGoOn));

    private Task<Generation> ApprovedAsync(Guid id, string by, string written) => Generations.ApproveAsync(id, by, _hasEarlier ? _keepEarlier : null, CancellationToken.None);

    private Task RejectAsync() => FollowAsync(
        (id, by, reason) => Generations.RejectAsync(id, by, reason, CancellationToken.None),
        new Ask("Reject this video?", "It will not go to the listing. You can order another one at any time.", "Reject", Grave: true, Field: "What is wrong with it? (optional)"));

    private Task WithdrawAsync() => FollowAsync(
        (id, by, _) => Generations.WithdrawAsync(id, by, CancellationToken.None),
        new Ask("Take it off the listing?", "Shoppers will not see it any more, and the listing's pictures stand as before.", "Take it off", Grave: true));

    private Task StopPublishingAsync() => FollowAsync(
        (id, by, _) => Generations.WithdrawAsync(id, by, CancellationToken.None),
        new Ask("Don’t publish it?", "It does not go to the listing; if the shop took it without saying so, it is taken off. You can put it there at any time.", "Don’t publish it", Grave: true));

    private Task CancelAsync() => FollowAsync(
        (id, by, _) => Generations.CancelAsync(id, by, CancellationToken.None),
        new Ask(
            "Cancel this video?",
            Video.Order.Price.Amount.IsZero ? "It stops being made." : "What the provider has begun may still be charged.", "Cancel the video", Grave: true));

    private Task AdoptAsync() => FollowAsync(
        (id, by, task) => Generations.AdoptAsync(id, by, task, CancellationToken.None),
        new Ask(
            "Adopt a task", "Look at the provider's own list of tasks for the one of this product and time, and copy its id. Nothing is ordered anew.",
            "Adopt", Field: "Id of the task", FieldNeeded: true));

    private Task AdoptTaskAsync(string task) => FollowAsync((id, by, _) => Generations.AdoptAsync(id, by, task, CancellationToken.None), ask: null);

    private Task GiveUpAsync() => FollowAsync(
        (id, by, _) => Generations.GiveUpAsync(id, by, CancellationToken.None),
        new Ask("Give up on this video?", "What the provider may have charged counts as spent. This can't be undone.", "Give up", Grave: true));

    private Task StopTryingAsync() => FollowAsync(
        (id, by, _) => Generations.GiveUpAsync(id, by, CancellationToken.None),
        new Ask("Stop trying to take it off?", "It may still be on the listing, and nobody looks there any more. Do this only if the shop is gone for good.", "Stop trying", Grave: true));

    /// <summary>It is made from the listing as it is now, and may cost something else than the one before.</summary>
    private Task RetryAsync() => _one.DoAsync(async () =>
    {
        var retried = Video.Id;
        _busy = true;
        try
        {
            var preview = await Generations.PreviewRetryAsync(retried, await Visitor.RequesterAsync(), CancellationToken.None);
            if (preview.NoRoom is { } full)
            {
                await OnRefused.InvokeAsync(full);
                return;
            }

            await DecideAsync(
                async (_, _, _) => await Generations.RetryAsync(retried, await Visitor.RequesterAsync(preview), CancellationToken.None),
                preview.Price.IsZero && Video.State is not GenerationState.InDoubt
                    ? null
                    : new Ask("Order it again?", $"A new attempt is made from the listing as it is now. {CostOf(preview.Price)}", "Order again"),
                OnChanged);
        }
        catch (Exception e) when (Told.Of(e) is { } problem)
        {
            await OnRefused.InvokeAsync(problem);
        }
        finally
        {
            _busy = false;
        }
    });

    private static string CostOf(Money price) => price.IsZero ? "It is free." : $"It is charged again: about {Words.Amount(price)}.";

    private Task FollowAsync(Func<Guid, string, string, Task<Generation>> decide, Ask? ask) => _one.DoAsync(() => DecideAsync(decide, ask, OnChanged));

    private async Task DecideAsync(Func<Guid, string, string, Task<Generation>> decide, Ask? ask, EventCallback<Generation> onDecided)
    {
        var written = ask is null ? "" : await ask.ShowAsync(Dialogs);
        if (written is null)
            return;
        _busy = true;
        try
        {
            var video = await decide(Video.Id, await Visitor.NameAsync(), written);
            if (video.Id == Video.Id)
                await onDecided.InvokeAsync(video);
            else
                Navigation.NavigateTo(Paths.Video(video));
        }
        catch (Exception e) when (Told.Of(e) is { } problem)
        {
            await OnRefused.InvokeAsync(problem);
        }
        finally
        {
            _busy = false;
        }
    }
}
