using Microsoft.AspNetCore.Components;
using MudBlazor;
using ProductVideo.Admin.Layout;
using ProductVideo.Generations;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Admin.Webhooks;

/// <summary>One webhook: how it stands, what was sent and what came back.</summary>
public sealed partial class WebhookPage
{
    private const int PageSize = 30;

    private WebhookEndpoint? _endpoint;
    private readonly Paged<WebhookDelivery> _deliveries = new(delivery => delivery.EventId);
    private Problem? _refused;
    private readonly OneAtATime _one = new();
    private string? _secret;
    private bool _busy;

    /// <summary>Which.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private OutgoingWebhooks Webhooks { get; set; } = default!;

    [Inject]
    private WebhookDeliveries Deliveries { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && _endpoint?.Id != Id)
            await LoadAsync();
    }

    private Task LoadAsync() => FollowAsync(_ => Task.CompletedTask, ask: null, said: null);

    private Task TestAsync() => DoAsync(own => Deliveries.TestAsync(Id, own, CancellationToken.None), said: "A test is on its way.");

    private Task ReplayAsync(WebhookDelivery delivery) =>
        DoAsync(own => Deliveries.ReplayAsync(Id, delivery.EventId, own, CancellationToken.None), said: "It is sent again.");

    private Task ReplayMissedAsync() => DoAsync(async own =>
    {
        var count = await Deliveries.ReplaySinceAsync(Id, Clock.GetUtcNow() - Deliveries.KeptFor, own, CancellationToken.None);
        Snackbar.Add(count == 0 ? $"Nothing was missed in the last {Deliveries.KeptFor.Days} days." : count == 1 ? "1 message is sent again." : $"{count} messages are sent again.", Severity.Info);
    });

    private Task EnableAsync(bool on) => DoAsync(
        async own => await Webhooks.UpdateAsync(Id, new EndpointChange(Enabled: on), own, await Visitor.NameAsync(), CancellationToken.None));

    private Task RotateAsync() => DoAsync(
        async own => _secret = (await Webhooks.RotateAsync(Id, own, CancellationToken.None)).Secret,
        new Ask("Change the secret?", "A new secret is made. For 24 hours every message is signed with both, so that you can change it in your system meanwhile.", "Change it"));

    private Task DeleteAsync() => _one.DoAsync(async () =>
    {
        if (await new Ask("Delete this webhook?", "Your system is told nothing more, and what is on its way is not sent.", "Delete", Grave: true).ShowAsync(Dialogs) is null)
            return;
        await Webhooks.DeleteAsync(Id, await Visitor.OwnAsync(), CancellationToken.None);
        Navigation.NavigateTo(Paths.Webhooks);
    });

    /// <summary>Does it and shows how things stand then.</summary>
    private Task DoAsync(Func<string?, Task> act, Ask? ask = null, string? said = null) => _one.DoAsync(() => FollowAsync(act, ask, said));

    private async Task FollowAsync(Func<string?, Task> act, Ask? ask, string? said)
    {
        if (ask is not null && await ask.ShowAsync(Dialogs) is null)
            return;
        (_busy, _refused) = (true, null);
        try
        {
            var own = await Visitor.OwnAsync();
            await act(own);
            _endpoint = await Webhooks.GetAsync(Id, own, CancellationToken.None);
            await _deliveries.ResetAsync(_ => Part.ReadAsync<WebhookDelivery>(
                (after, take) => Deliveries.ListAsync(Id, own, state: null, after?.EventId, take, CancellationToken.None), PageSize));
            if (said is not null)
                Snackbar.Add(said, Severity.Info);
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
