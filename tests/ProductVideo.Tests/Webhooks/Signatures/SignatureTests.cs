using System.Text;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Signatures;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Signatures;

/// <summary>Each scheme against a vector that was made elsewhere, and against every way in which a call may not be its sender's.</summary>
public sealed class SignatureTests
{
    private const string Body = """{"id":"j1","status":"succeeded"}""";
    private const string Secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private const string OtherSecret = "whsec_MTEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    private static readonly Dictionary<string, Scheme> Schemes = new(StringComparer.Ordinal)
    {
        ["standard"] = new(
            new() { ["webhook-id"] = "msg_1", ["webhook-timestamp"] = "1790000000", ["webhook-signature"] = "v1,us+fKYaIaUflr2bV/ZBzJoNSLo/ZnL1WUEKgz9bHD3g=" },
            "webhook-signature", Secret, OtherSecret, StandardWebhooks.Verify),
        // The documented formula, computed with another HMAC than ours: printf body | openssl dgst -sha256 -hmac shop-secret -binary | base64
        ["shopify"] = new(
            new() { ["X-Shopify-Hmac-Sha256"] = "GT17aD+a4GCb0BusqlvmHbbqwXnbfpG20X9z/xLtj8g=" }, "X-Shopify-Hmac-Sha256", "shop-secret", "another",
            (call, secrets) => BodyHmacSignature.Verify(call, BodyHmacSignature.ShopifyHeader, secrets), Timed: false),
        ["woocommerce"] = new(
            new() { ["X-WC-Webhook-Signature"] = "GT17aD+a4GCb0BusqlvmHbbqwXnbfpG20X9z/xLtj8g=" }, "X-WC-Webhook-Signature", "shop-secret", "another",
            (call, secrets) => BodyHmacSignature.Verify(call, BodyHmacSignature.WooCommerceHeader, secrets), Timed: false),
    };

    public static TheoryData<string> All { get; } = [.. Schemes.Keys];

    public static TheoryData<string> Timed { get; } = [.. Schemes.Where(scheme => scheme.Value.Timed).Select(scheme => scheme.Key)];

    [Theory]
    [MemberData(nameof(All))]
    public void the_published_vector_is_accepted(string name) => Schemes[name].Accepts(Schemes[name].Call(Body, At)).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(All))]
    public void a_body_that_differs_in_any_one_bit_is_refused(string name)
    {
        var scheme = Schemes[name];
        var bytes = Encoding.UTF8.GetBytes(Body);
        for (var bit = 0; bit < bytes.Length * 8; bit += 7)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            scheme.Accepts(scheme.Call(bytes, At)).ShouldBeFalse();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void the_same_json_written_in_other_bytes_is_refused(string name) =>
        Schemes[name].Accepts(Schemes[name].Call("""{"id": "j1", "status": "succeeded"}""", At)).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(All))]
    public void another_secret_is_refused_and_two_live_ones_are_both_tried(string name)
    {
        var scheme = Schemes[name];
        var call = scheme.Call(Body, At);
        scheme.Verify(call, [scheme.Other]).ShouldBeFalse();
        scheme.Verify(call, []).ShouldBeFalse();
        scheme.Verify(call, [scheme.Other, scheme.Secret]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void a_missing_or_maimed_header_is_refused_without_an_error(string name)
    {
        var scheme = Schemes[name];
        foreach (var header in scheme.Headers.Keys)
        {
            foreach (var value in new[] { null, "", " ", ",", "=", "v1,", "v1,%%%", "t=,v1=", "\u0000", "é", new string('a', 128), scheme.Headers[header][..^1] })
            {
                var headers = new Dictionary<string, string>(scheme.Headers, StringComparer.OrdinalIgnoreCase);
                headers.Remove(header);
                if (value is not null)
                    headers[header] = value;
                scheme.Accepts(new WebhookCall(headers, Encoding.UTF8.GetBytes(Body), At)).ShouldBeFalse($"{header}: {value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public void five_minutes_either_way_are_near_enough_and_a_second_more_is_not(string name)
    {
        var scheme = Schemes[name];
        var edge = TimeSpan.FromMinutes(5);
        scheme.Accepts(scheme.Call(Body, At + edge)).ShouldBeTrue();
        scheme.Accepts(scheme.Call(Body, At - edge)).ShouldBeTrue();
        scheme.Accepts(scheme.Call(Body, At + edge + TimeSpan.FromSeconds(1))).ShouldBeFalse();
        scheme.Accepts(scheme.Call(Body, At - edge - TimeSpan.FromSeconds(1))).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Timed))]
    public void a_time_that_was_changed_to_be_near_is_refused(string name)
    {
        var scheme = Schemes[name];
        var headers = scheme.Headers.ToDictionary(
            header => header.Key, header => header.Value.Replace("1790000000", "1790003600", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);
        scheme.Accepts(new WebhookCall(headers, Encoding.UTF8.GetBytes(Body), At.AddHours(1))).ShouldBeFalse();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("999999999999999999")]
    [InlineData("99999999999999999999")]
    [InlineData("1790000000.5")]
    [InlineData("0x6AB1")]
    public void a_time_that_is_none_is_refused_without_an_error(string timestamp)
    {
        var headers = new Dictionary<string, string>(Schemes["standard"].Headers, StringComparer.Ordinal) { ["webhook-timestamp"] = timestamp };
        StandardWebhooks.Verify(new WebhookCall(headers, Encoding.UTF8.GetBytes(Body), At), Secret).ShouldBeFalse();
    }

    [Fact]
    public void what_we_sign_with_two_secrets_is_accepted_with_either()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var signed = StandardWebhooks.Sign("msg_1", At, body, OtherSecret, Secret);
        signed.ShouldEndWith(" v1,us+fKYaIaUflr2bV/ZBzJoNSLo/ZnL1WUEKgz9bHD3g=");
        var headers = new Dictionary<string, string> { ["webhook-id"] = "msg_1", ["webhook-timestamp"] = "1790000000", ["webhook-signature"] = signed };
        StandardWebhooks.Verify(new WebhookCall(headers, body, At), Secret).ShouldBeTrue();
        StandardWebhooks.Verify(new WebhookCall(headers, body, At), OtherSecret).ShouldBeTrue();
    }

    private sealed record Scheme(
        Dictionary<string, string> Headers, string SignatureHeader, string Secret, string Other, Func<WebhookCall, IEnumerable<string>, bool> Verify, bool Timed = true)
    {
        public WebhookCall Call(string body, DateTimeOffset at) => Call(Encoding.UTF8.GetBytes(body), at);

        public WebhookCall Call(byte[] body, DateTimeOffset at) => new(Headers, body, at);

        public bool Accepts(WebhookCall call) => Verify(call, [Secret]);
    }
}
