using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProductVideo.Http;
using ProductVideo.Webhooks.Signatures;

namespace ProductVideo.Chaos.Outside;

/// <summary>
/// The provider's calls back: one when a task is begun and one when it is done, signed, and sent again until they are answered. Where the
/// knobs say so they are doubled, too early, out of order or left out, and strangers send some that are forged.
/// </summary>
internal sealed class Callbacks(World world) : IAsyncDisposable
{
    public const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    private const string StrangersSecret = "whsec_c3RyYW5nZXJzIHNlY3JldCwgc3RyYW5nZXJzIHNlY3I=";
    private const int Copies = 6;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(60);

    /// <summary>How long a copy is given to lead to anything before the next is sent.</summary>
    private static readonly TimeSpan Chance = TimeSpan.FromSeconds(1.5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<Task> _sending = [];
    private readonly ConcurrentDictionary<string, int> _deliveries = new(StringComparer.Ordinal);
    private int _letIn;
    private int _turnedAway;

    /// <summary>Who is called; the worker that was started last.</summary>
    public Listener? Listener { get; set; }

    /// <summary>How many forged calls were taken for the provider's.</summary>
    public int LetIn => Volatile.Read(ref _letIn);

    /// <summary>How many forged calls were refused.</summary>
    public int TurnedAway => Volatile.Read(ref _turnedAway);

    /// <summary>How many different deliveries there were about a task; copies don't count.</summary>
    public int DeliveriesOf(string task) => _deliveries.GetValueOrDefault(task);

    /// <summary>Before a create is answered: whoever is called can't know the task yet.</summary>
    public Task BeforeAnswerAsync(RemoteTask task) =>
        task.CallbackFault is CallbackFault.BeforeAnswer ? SendAsync(New(task, "rendering")) : Task.CompletedTask;

    /// <summary>Sends what is to be sent about a new task, while it is made and after.</summary>
    public void Follow(RemoteTask task)
    {
        if (task.CallbackFault is not null)
            _sending.Enqueue(FollowAsync(task));
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_sending);
        _http.Dispose();
        _over.Dispose();
    }

    private async Task FollowAsync(RemoteTask task)
    {
        await Task.Yield();
        try
        {
            if (world.Knobs.Forgeries)
                await ForgeAsync(task);
            switch (task.CallbackFault)
            {
                case CallbackFault.Missing:
                    return;
                case CallbackFault.Doubled:
                    var again = New(task, "rendering");
                    for (var i = 0; i < Copies; i++)
                    {
                        var asked = task.Checks;
                        await SendAsync(again);
                        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Chance && task.Checks == asked;)
                            await Task.Delay(Again, _over.Token);
                    }

                    break;
                case CallbackFault.OutOfOrder:
                    await SendAsync(New(task, "done"));
                    break;
                case CallbackFault.None:
                    await SendAsync(New(task, "rendering"));
                    break;
            }

            if (task.DoneAt - DateTimeOffset.UtcNow is { Ticks: > 0 } rest)
                await Task.Delay(rest, _over.Token);
            await SendAsync(New(task, task.CallbackFault is CallbackFault.OutOfOrder ? "rendering" : "done"));
        }
        catch (OperationCanceledException) when (_over.IsCancellationRequested)
        {
            world.Ledger.Write("call given up", task.Product, task.Id);
        }
    }

    /// <summary>Sends until it is answered, as providers do.</summary>
    private async Task SendAsync(Delivery delivery)
    {
        while (true)
        {
            var (listener, answer) = (Listener, await PostAsync(delivery, delivery.Body, Secret, world.Clock.GetUtcNow()));
            if (answer is HttpStatusCode.OK)
            {
                world.Trap.Killed("P20b", listener!.Worker);
                return;
            }

            await Task.Delay(Again, _over.Token);
        }
    }

    private async Task ForgeAsync(RemoteTask task)
    {
        var now = world.Clock.GetUtcNow();
        foreach (var (secret, body, at) in new (string?, string, DateTimeOffset)[]
        {
            (StrangersSecret, Body(task.Id, "done"), now),
            (null, Body(task.Id, "done"), now),
            (Secret, Body("another task", "done"), now),
            (Secret, Body(task.Id, "done"), now.AddMinutes(-20)),
        })
        {
            var answer = await PostAsync(new Delivery("forged-" + Guid.NewGuid().ToString("n"), Body(task.Id, "done"), task.Product), body, secret, at);
            if (answer is HttpStatusCode.Unauthorized)
                Interlocked.Increment(ref _turnedAway);
            else if (answer is { } other && (int)other < 300)
                Interlocked.Increment(ref _letIn);
        }
    }

    /// <summary>One POST; null if it was not answered.</summary>
    /// <param name="delivery">What is said to be sent.</param>
    /// <param name="signed">What is signed.</param>
    /// <param name="secret">Signed with; null for not at all.</param>
    /// <param name="at">When it is said to be signed.</param>
    private async Task<HttpStatusCode?> PostAsync(Delivery delivery, string signed, string? secret, DateTimeOffset at)
    {
        if (Listener is not { } listener)
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Post, listener.Address + "/webhooks/provider/chaos")
        {
            Content = new StringContent(delivery.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add(StandardWebhooks.IdHeader, delivery.Id);
        request.Headers.Add(StandardWebhooks.TimestampHeader, StandardWebhooks.Seconds(at));
        if (secret is not null)
            request.Headers.Add(StandardWebhooks.SignatureHeader, StandardWebhooks.Sign(delivery.Id, at, Encoding.UTF8.GetBytes(signed), secret));
        try
        {
            using var response = await _http.SendAsync(request, _over.Token);
            world.Ledger.Write("called", delivery.Product, delivery.Id, $"{(int)response.StatusCode} {delivery.Body}");
            return response.StatusCode;
        }
        catch (Exception e) when (WireFault.Is(e, _over.Token))
        {
            world.Ledger.Write("called in vain", delivery.Product, delivery.Id, e.Message);
            return null;
        }
    }

    private Delivery New(RemoteTask task, string status)
    {
        _deliveries.AddOrUpdate(task.Id, 1, (_, count) => count + 1);
        return new Delivery("msg_" + Guid.NewGuid().ToString("n"), Body(task.Id, status), task.Product);
    }

    private static string Body(string task, string status) => JsonSerializer.Serialize(new { id = task, status });

    private sealed record Delivery(string Id, string Body, string Product);
}

/// <param name="Address">Of a worker, for example <c>http://127.0.0.1:41234</c>.</param>
/// <param name="Worker">Its process.</param>
internal sealed record Listener(string Address, int Worker);
