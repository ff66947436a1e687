using Microsoft.AspNetCore.Components;
using ProductVideo.Generations;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Admin.Webhooks;

/// <summary>Asks for an address and what it is to be told.</summary>
public sealed partial class AddWebhook
{
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private string _url = "";
    private string? _error;
    private bool _busy;

    /// <summary>The new one, with its secret.</summary>
    [Parameter]
    public EventCallback<EndpointWithSecret> OnAdded { get; set; }

    [Inject]
    private OutgoingWebhooks Webhooks { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    private void Choose(string type, bool chosen) => _ = chosen ? _events.Add(type) : _events.Remove(type);

    private async Task AddAsync()
    {
        (_busy, _error) = (true, null);
        try
        {
            var added = await Webhooks.AddAsync(_url, [.. EventTypes.All.Where(_events.Contains)], await Visitor.OwnAsync(), CancellationToken.None);
            _url = "";
            _events.Clear();
            await OnAdded.InvokeAsync(added);
        }
        catch (RefusedException e)
        {
            _error = e.Problem.MerchantText;
        }
        finally
        {
            _busy = false;
        }
    }
}
