using System.Text;
using ProductVideo.Http;
using ProductVideo.Providers;
using ProductVideo.Spending;

namespace ProductVideo.Benchmarks.Remote;

/// <summary>The adapter of <see cref="FakeProvider"/>, on the product's own HTTP client for paid requests. Both sides call through it.</summary>
internal sealed class FakeAdapter(Uri address) : IVideoProvider
{
    public const string ProviderKey = "remote";
    public const decimal Price = 0.7m;

    private readonly SubmitHttpClient _submits = new(new SubmitOptions(), TimeProvider.System);
    private readonly HttpClient _http = new() { BaseAddress = address };

    public string Key => ProviderKey;

    public string DisplayName => "Remote";

    public IReadOnlyList<string> Models { get; } = ["slideshow-1"];

    public ProviderCapabilities Capabilities(string model) => Film;

    public PriceEstimate EstimatePrice(VideoRequest request) => new(new Money(Price, "USD"), new DateOnly(2026, 11, 1));

    public Task<StartOutcome> StartAsync(VideoRequest request, SubmitIntent intent, CancellationToken cancellationToken) => StartAsync(intent.Nonce, cancellationToken);

    public async Task<StartOutcome> StartAsync(string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/tasks")) { Content = new StringContent(key) };
        return await _submits.SendAsync(request, cancellationToken) is SubmitAnswer.Answered { Status: 200 } answer
            ? new StartOutcome.Accepted(new ProviderOperation(Encoding.ASCII.GetString(answer.Body)))
            : new StartOutcome.Unknown(new ProviderFault(ProviderFaultCode.Transient, "no answer", "No answer."));
    }

    public async Task<CheckOutcome> CheckAsync(ProviderOperation operation, CancellationToken cancellationToken) =>
        await _http.GetStringAsync(new Uri("/tasks/" + operation.RemoteId, UriKind.Relative), cancellationToken) == "done"
            ? new CheckOutcome.Ready([new ClipSource.Remote("https://provider.invalid/clip.mp4", ExpiresAt: null)])
            : new CheckOutcome.Pending(RemoteTasks.AskAfter);

    private static readonly ProviderCapabilities Film = new()
    {
        Modes = VideoModes.Slideshow,
        Duration = DurationRule.Between(3, 15),
        Resolutions = ["720P"],
        Aspect = new AspectRule(["1:1"], FollowsImage: false),
        Images = new ImageRule { Formats = ["jpeg"], MaxCount = 3 },
        Prompt = new PromptRule { MaxUnits = 0 },
        Correlation = CorrelationClass.Tag,
        Billing = BillingRule.OnSuccess,
        FirstLook = RemoteTasks.AskAfter,
    };
}
