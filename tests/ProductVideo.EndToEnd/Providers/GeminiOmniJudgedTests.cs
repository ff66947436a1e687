using System.Text.Json;
using ProductVideo.Conformance.Providers.Fakes;
using ProductVideo.Conformance.Providers.GeminiOmni;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Providers;

/// <summary>Google's own SDK takes the fake for the real service.</summary>
public sealed class GeminiOmniJudgedTests
{
    [Fact]
    public async Task it_makes_a_video_and_reads_where_it_lies()
    {
        await using var fake = new FakeGeminiOmni { FinishesAtOnce = true };
        var answer = await RunAsync(fake);
        answer.GetProperty("read").GetProperty("status").GetString().ShouldBe("completed", answer.GetRawText());
        answer.GetProperty("video").GetProperty("uri").GetString()!.ShouldStartWith(fake.Address.AbsoluteUri);
        fake.Submits.ShouldBe(1);
    }

    [Fact]
    public async Task it_stops_a_video_that_waits()
    {
        await using var fake = new FakeGeminiOmni();
        var answer = await RunAsync(fake);
        answer.GetProperty("after").GetProperty("status").GetString().ShouldBe("cancelled", answer.GetRawText());
    }

    [Theory]
    [InlineData(SubmitFault.Unauthorised, 400)]
    [InlineData(SubmitFault.InvalidInput, 400)]
    public async Task it_reads_a_refusal(SubmitFault fault, int status)
    {
        await using var fake = new FakeGeminiOmni { SubmitFault = fault };
        (await RunAsync(fake)).GetProperty("status").GetInt32().ShouldBe(status);
    }

    private static async Task<JsonElement> RunAsync(FakeGeminiOmni fake)
    {
        await fake.StartAsync();
        return await ForeignClient.RunAsync("gemini.mjs", fake.Address.AbsoluteUri.TrimEnd('/'), FakeProvider.ApiKey, "gemini-omni-1.1-flash");
    }
}
