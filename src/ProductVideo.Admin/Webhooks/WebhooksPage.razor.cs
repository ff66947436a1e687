using Microsoft.AspNetCore.Components;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Admin.Webhooks;

/// <summary>Which of the merchant's systems are told, and adding one.</summary>
public sealed partial class WebhooksPage
{
    private IReadOnlyList<WebhookEndpoint>? _endpoints;

    [Inject]
    private OutgoingWebhooks Webhooks { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
            await LoadAsync();
    }

    private async Task LoadAsync() => _endpoints = await Webhooks.ListAsync(await Visitor.OwnAsync(), CancellationToken.None);
}
