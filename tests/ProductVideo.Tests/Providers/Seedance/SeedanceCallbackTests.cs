using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.Seedance;
using ProductVideo.Providers;
using ProductVideo.Providers.Seedance;
using ProductVideo.Tests.Generations;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Providers.Seedance;

public sealed class SeedanceCallbackTests : IDisposable
{
    private static readonly byte[] Body = """{"id":"cgt-1","status":"succeeded"}"""u8.ToArray();

    private readonly RemoteParts _parts = new();
    private readonly SeedanceOptions _options = new() { ApiKey = FakeProvider.ApiKey, CallbackAddress = new Uri("https://videos.example.com/") };

    public void Dispose() => _parts.Dispose();

    [Theory]
    [InlineData("https://videos.example.com")]
    [InlineData("https://videos.example.com/")]
    public async Task ark_is_told_an_address_that_only_it_can_know(string server)
    {
        _options.CallbackAddress = new Uri(server);
        var told = await ToldAsync();
        told.ShouldNotBeNull().ShouldStartWith("https://videos.example.com/webhooks/provider/seedance/");
        told.ShouldNotContain(FakeProvider.ApiKey);
        (await VerdictAsync(told[(told.LastIndexOf('/') + 1)..])).ShouldBeOfType<WebhookVerdict.Accepted>();
    }

    [Fact]
    public async Task who_does_not_know_the_address_is_refused()
    {
        var secret = SeedanceCallback.Secret(FakeProvider.ApiKey);
        string?[] wrong = [null, "", "guess", secret[..39], secret.ToUpperInvariant(), SeedanceCallback.Secret("another-key")];
        foreach (var path in wrong)
            (await VerdictAsync(path)).ShouldBeOfType<WebhookVerdict.Refused>();
    }

    [Fact]
    public async Task the_same_words_are_the_same_delivery_and_name_their_task()
    {
        var secret = SeedanceCallback.Secret(FakeProvider.ApiKey);
        var first = (await VerdictAsync(secret)).ShouldBeOfType<WebhookVerdict.Accepted>();
        (await VerdictAsync(secret)).ShouldBe(first);
        (await VerdictAsync(secret, "{}"u8.ToArray())).ShouldNotBe(first);
        Provider().Read(Call(secret, Body)).ShouldBe("cgt-1");
        Provider().Read(Call(secret, "[]"u8.ToArray())).ShouldBeNull();
    }

    [Fact]
    public async Task without_an_address_of_ours_ark_is_told_none()
    {
        _options.CallbackAddress = null;
        (await ToldAsync()).ShouldBeNull();
    }

    private async Task<string?> ToldAsync()
    {
        await using var fake = new FakeArk { Clock = _parts.Clock };
        await fake.StartAsync();
        _options.BaseAddress = new Uri(fake.Address, "/api/v3");
        var request = Some.Request("seedance-1-5-pro-251215") with
        {
            Prompt = "A slow push-in on the lamp.", Resolution = "720p", Aspect = "1:1", Images = [await _parts.PictureAsync(ImageRole.FirstFrame)],
        };
        (await Provider().StartAsync(request, Some.Intent, CancellationToken.None)).ShouldBeOfType<StartOutcome.Accepted>();
        return (string?)fake.Tasks[0].Order.Body["callback_url"];
    }

    private SeedanceVideoProvider Provider() => new(_options, _parts.Exchange, _parts.Carrier, _parts.Clock, NullLogger<SeedanceVideoProvider>.Instance);

    private ValueTask<WebhookVerdict> VerdictAsync(string? path, byte[]? body = null) => Provider().VerifyAsync(Call(path, body ?? Body), CancellationToken.None);

    private static WebhookCall Call(string? path, byte[] body) => new(new Dictionary<string, string>(StringComparer.Ordinal), body, Some.Noon, path);
}
