using Microsoft.AspNetCore.Components;
using ProductVideo.Admin.Layout;
using ProductVideo.Generations;
using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Admin.Webhooks;

/// <summary>Asks for an address and what it is to be told.</summary>
public sealed partial class AddWebhook
{
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private readonly List<EndpointWithSecret> _added = [];
    private readonly OneAtATime _one = new();
    private string _url = "";
    private string? _error;
    private bool _busy;

    /// <summary>After one was added; its secret is shown here.</summary>
    [Parameter]
    public EventCallback OnAdded { get; set; }

    [Inject]
    private OutgoingWebhooks Webhooks { get; set; } = default!;

    [Inject]
    private Visitor Visitor { get; set; } = default!;

    private void Choose(string type, bool chosen) => _ = chosen ? _events.Add(type) : _events.Remove(type);

    private Task AddAsync() => _one.DoAsync(async () =>
    {
        // The second press of a double click: by the first the address became a webhook.
        if (_url.Length == 0 && _added.Count > 0)
            return;
        (_busy, _error) = (true, null);
        try
        {
            var added = await Webhooks.AddAsync(_url, [.. EventTypes.All.Where(_events.Contains)], await Visitor.OwnAsync(), CancellationToken.None);
            _url = "";
            _events.Clear();
            _added.Add(added);
            await OnAdded.InvokeAsync();
        }
        catch (RefusedException e)
        {
            _error = e.Problem.MerchantText;
        }
        finally
        {
            _busy = false;
        }
    });
}
