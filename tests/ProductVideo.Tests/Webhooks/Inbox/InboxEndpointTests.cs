using System.Net;
using ProductVideo.Webhooks;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Inbox;

/// <summary>What a stranger can and can not do at the open address.</summary>
public sealed class InboxEndpointTests : IAsyncLifetime
{
    private const string Body = """{"id":"task-1"}""";
    private readonly InboxFixture _inbox = new();

    public ValueTask InitializeAsync() => _inbox.InitializeAsync();

    public ValueTask DisposeAsync() => _inbox.DisposeAsync();

    [Fact]
    public async Task a_signed_call_is_written_down_and_answered_before_anything_follows_from_it()
    {
        (await _inbox.ProviderCallsAsync(Body)).ShouldBe(HttpStatusCode.OK);

        var row = (await _inbox.RowsAsync()).ShouldHaveSingleItem();
        (row.Source, row.DeliveryId, row.State).ShouldBe(("provider/scripted", "msg_1", "Waiting"));
        _inbox.Provider.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task either_of_two_live_secrets_is_good()
    {
        (await _inbox.ProviderCallsAsync(Body, secret: SigningProvider.OldSecret)).ShouldBe(HttpStatusCode.OK);
        (await _inbox.ProviderCallsAsync(Body, "msg_2")).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("whsec_MjEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    public async Task a_call_without_the_right_signature_is_refused_and_leaves_no_row(string? secret)
    {
        (await _inbox.ProviderCallsAsync(Body, secret: secret)).ShouldBe(HttpStatusCode.Unauthorized);
        (await _inbox.RowsAsync()).ShouldBeEmpty();
        _inbox.Provider.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task the_raw_bytes_count_and_not_what_they_say()
    {
        (await _inbox.ProviderCallsAsync(Body, sentBody: """{"id": "task-1"}""")).ShouldBe(HttpStatusCode.Unauthorized);
        (await _inbox.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task the_same_delivery_a_thousand_times_is_one_row_and_every_time_welcome()
    {
        for (var i = 0; i < 1_000; i++)
            (await _inbox.ProviderCallsAsync(Body)).ShouldBe(HttpStatusCode.OK);
        (await _inbox.RowsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task deliveries_that_arrive_side_by_side_are_one_row()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => _inbox.ProviderCallsAsync(Body))));
        answers.ShouldAllBe(answer => answer == HttpStatusCode.OK);
        (await _inbox.RowsAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/webhooks/provider/nobody")]
    [InlineData("/webhooks/provider/local")]
    [InlineData("/webhooks/shop/scripted")]
    [InlineData("/webhooks/elsewhere/scripted")]
    public async Task an_address_at_which_nobody_calls_is_not_found(string path) =>
        (await _inbox.PostAsync(path, Body, [])).ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task a_megabyte_is_taken_and_a_byte_more_is_not()
    {
        var megabyte = $$"""{"id":"{{new string('a', (1024 * 1024) - 9)}}"}""";
        megabyte.Length.ShouldBe(1024 * 1024);
        (await _inbox.ProviderCallsAsync(megabyte)).ShouldBe(HttpStatusCode.OK);
        (await _inbox.ProviderCallsAsync(megabyte + " ", "msg_2")).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await _inbox.RowsAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u0000")]
    [InlineData("{")]
    [InlineData("[[[[")]
    [InlineData("<xml/>")]
    public async Task nonsense_never_breaks_the_server(string body)
    {
        (await _inbox.ProviderCallsAsync(body, secret: null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await _inbox.ProviderCallsAsync(body)).ShouldBe(HttpStatusCode.OK, "signed nonsense is the sender's own, and no retry mends it");
        await _inbox.FollowAllAsync();
    }

    [Fact]
    public async Task an_unsigned_ping_is_answered_kindly_and_forgotten()
    {
        (await _inbox.PostAsync("/webhooks/shop/test", "webhook_id=7", [])).ShouldBe(HttpStatusCode.OK);
        (await _inbox.RowsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task while_the_keys_can_not_be_had_the_sender_is_asked_to_come_again()
    {
        _inbox.Provider.Verdict = new WebhookVerdict.CannotTell("the key server is away");
        (await _inbox.ProviderCallsAsync(Body)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await _inbox.RowsAsync()).ShouldBeEmpty();
        _inbox.Provider.Verdict = null;
        (await _inbox.ProviderCallsAsync(Body)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task only_the_headers_that_matter_are_kept()
    {
        await _inbox.ShopCallsAsync("""{"id":7}""");
        (await _inbox.RowsAsync()).Single().Headers.ShouldBe("""{"X-WC-Webhook-Topic":"product.updated"}""");
    }
}
