using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProductVideo.Data;
using ProductVideo.Generations;
using ProductVideo.Http;
using ProductVideo.Tests.Generations;
using ProductVideo.Tests.Http;
using ProductVideo.Tests.Jobs;
using ProductVideo.Tests.Pipeline;
using ProductVideo.Webhooks;
using ProductVideo.Webhooks.Outgoing;
using ProductVideo.Webhooks.Signatures;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Webhooks.Outgoing;

/// <summary>Sending over real sockets to a receiver on this machine, on a clock that the test moves.</summary>
public sealed class WebhookSenderTests : IAsyncLifetime
{
    private readonly SetBackClock _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
    private readonly PipelineFixture _pipeline;
    private readonly RecordedLog _log = new();
    private readonly Receiver _receiver = new();

    public WebhookSenderTests() => _pipeline = new PipelineFixture { Clock = _clock, Add = services => services.AddSingleton<ILoggerProvider>(_log) };

    private OutgoingWebhooks Webhooks => _pipeline.Get<OutgoingWebhooks>();

    private WebhookDeliveries Deliveries => _pipeline.Get<WebhookDeliveries>();

    public async ValueTask InitializeAsync()
    {
        await _pipeline.InitializeAsync();
        _pipeline.Get<WebhookOptions>().LoopbackAllowed.Add(_receiver.Host);
    }

    public async ValueTask DisposeAsync()
    {
        await _pipeline.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private async Task<EndpointWithSecret> AddAsync() => await Webhooks.AddAsync(_receiver.Url, null, own: null, CancellationToken.None);

    private async Task HappenAsync() =>
        await _pipeline.Get<GenerationStore>().AddAsync(Some.Generation(new GenerationState.Failed(Some.Problem)), idempotency: null, CancellationToken.None);

    private async Task<int> SendAllAsync()
    {
        var sent = 0;
        while (await _pipeline.Get<WebhookSender>().SendNextAsync(CancellationToken.None))
            sent++;
        return sent;
    }

    private async Task<WebhookDelivery> DeliveryAsync(Guid endpoint) => (await Deliveries.ListAsync(endpoint, null, null, null, 10, CancellationToken.None)).Single();

    private Task<WebhookEndpoint> EndpointAsync(Guid id) => Webhooks.GetAsync(id, own: null, CancellationToken.None);

    private WebhookCall Call(Received received) => new(received.Headers, received.Body, _pipeline.Clock.GetUtcNow());

    [Fact]
    public async Task an_event_is_sent_once_signed_with_the_endpoints_secret()
    {
        var added = await AddAsync();
        await HappenAsync();

        (await SendAllAsync()).ShouldBe(1);
        (await SendAllAsync()).ShouldBe(0);

        var received = _receiver.Calls.ShouldHaveSingleItem();
        StandardWebhooks.Verify(Call(received), added.Secret).ShouldBeTrue();
        received.Json.GetProperty("type").GetString().ShouldBe("generation.failed");
        received.Headers["Content-Type"].ShouldBe("application/json");
        var delivery = await DeliveryAsync(added.Endpoint.Id);
        (delivery.State, delivery.Tries, delivery.Status, delivery.Answer, delivery.EventId).ShouldBe((DeliveryState.Delivered, 1, 200, "thanks  for that", received.Id));
    }

    [Fact]
    public async Task a_failed_event_is_sent_again_with_the_same_id_and_body_and_a_new_time()
    {
        var added = await AddAsync();
        await HappenAsync();
        _receiver.Answer = () => (500, null, null);
        await SendAllAsync();
        (await EndpointAsync(added.Endpoint.Id)).FailingSince.ShouldBe(_pipeline.Clock.GetUtcNow());

        _pipeline.Clock.Advance(TimeSpan.FromSeconds(4));
        (await SendAllAsync()).ShouldBe(0, "the wait is not over");
        _receiver.Answer = () => (204, null, null);
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(2));
        (await SendAllAsync()).ShouldBe(1);

        (_receiver.Calls[1].Id, _receiver.Calls[1].Text).ShouldBe((_receiver.Calls[0].Id, _receiver.Calls[0].Text));
        StandardWebhooks.Verify(Call(_receiver.Calls[1]), added.Secret).ShouldBeTrue();
        _receiver.Calls[1].Headers["webhook-timestamp"].ShouldNotBe(_receiver.Calls[0].Headers["webhook-timestamp"]);
        (await DeliveryAsync(added.Endpoint.Id)).State.ShouldBe(DeliveryState.Delivered);
        (await EndpointAsync(added.Endpoint.Id)).FailingSince.ShouldBeNull();
    }

    [Fact]
    public async Task a_try_that_throws_counts_as_a_failed_one()
    {
        var unusable = await AddAsync();
        await using (var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(CancellationToken.None))
            await db.WebhookEndpoints.ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Url, "https://xn--é/"), CancellationToken.None);
        var sound = await AddAsync();
        await HappenAsync();

        (await SendAllAsync()).ShouldBe(2);

        _receiver.Calls.ShouldHaveSingleItem();
        (await DeliveryAsync(sound.Endpoint.Id)).State.ShouldBe(DeliveryState.Delivered);
        var tried = await DeliveryAsync(unusable.Endpoint.Id);
        (tried.State, tried.Tries, tried.Status).ShouldBe((DeliveryState.Waiting, 1, (int?)null));
        tried.Answer!.ShouldStartWith("It could not be sent: ");
        _log.Lines.ShouldContain(line => line.Level == LogLevel.Error && line.Text.Contains("could not be sent to https://", StringComparison.Ordinal));
    }

    [Fact]
    public async Task an_endpoint_that_stays_down_gets_ten_tries_and_is_then_switched_off_and_says_why()
    {
        var added = await AddAsync();
        await HappenAsync();
        _receiver.Answer = () => (500, null, null);
        for (var hour = 0; hour < 24 * 5; hour++)
        {
            await SendAllAsync();
            _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        }

        _receiver.Calls.Count.ShouldBe(RetryPlan.MaxTries);
        var endpoint = await EndpointAsync(added.Endpoint.Id);
        endpoint.DisabledAt.ShouldNotBeNull();
        endpoint.DisabledBecause!.ShouldContain("accepted nothing");
        (await DeliveryAsync(added.Endpoint.Id)).State.ShouldBe(DeliveryState.Failed);
    }

    [Fact]
    public async Task an_event_that_is_given_up_is_a_warning_though_others_arrived()
    {
        await AddAsync();
        await HappenAsync();
        for (var hour = 0; hour < 24 * 5; hour++)
        {
            _receiver.Answer = () => (500, null, null);
            await SendAllAsync();
            if (hour == 60)
            {
                _receiver.Answer = () => (200, null, null);
                await HappenAsync();
                await SendAllAsync();
            }

            _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        }

        _receiver.Calls.Count.ShouldBe(RetryPlan.MaxTries + 1);
        _log.Lines.Where(line => line.Level is LogLevel.Warning).ShouldHaveSingleItem().Text
            .ShouldBe($"{_receiver.Calls[0].Id} was given up after 10 tries: it did not reach {Redaction.Of(_receiver.Url)}, status 500");
        _log.Lines.Count(line => line.Text.Contains("next try", StringComparison.Ordinal)).ShouldBe(RetryPlan.MaxTries - 1);
    }

    [Fact]
    public async Task what_happened_while_it_was_off_can_be_sent_later()
    {
        var added = await AddAsync();
        _receiver.Answer = () => (410, null, null);
        await HappenAsync();
        await SendAllAsync();
        var before = _pipeline.Clock.GetUtcNow();
        _pipeline.Clock.Advance(TimeSpan.FromMinutes(1));
        await HappenAsync();
        await SendAllAsync();
        _receiver.Calls.Count.ShouldBe(1, "410 switched it off");
        await Should.ThrowAsync<RefusedException>(() => Deliveries.ReplaySinceAsync(added.Endpoint.Id, before, null, CancellationToken.None));

        _receiver.Answer = () => (200, null, null);
        await Webhooks.UpdateAsync(added.Endpoint.Id, new EndpointChange(Enabled: true), null, "tester", CancellationToken.None);
        (await Deliveries.ReplaySinceAsync(added.Endpoint.Id, before, null, CancellationToken.None)).ShouldBe(2);
        (await SendAllAsync()).ShouldBe(2);

        _receiver.Calls.Select(call => call.Id).Distinct().Count().ShouldBe(2);
        (await Deliveries.ReplaySinceAsync(added.Endpoint.Id, before, null, CancellationToken.None)).ShouldBe(0, "all was accepted");
    }

    [Fact]
    public async Task one_event_is_sent_again_at_will_with_the_same_id()
    {
        var added = await AddAsync();
        await HappenAsync();
        await SendAllAsync();
        await Deliveries.ReplayAsync(added.Endpoint.Id, _receiver.Calls[0].Id, null, CancellationToken.None);
        await SendAllAsync();
        _receiver.Calls.Select(call => call.Id).Distinct().ShouldHaveSingleItem();
        _receiver.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task while_a_secret_is_changed_both_are_signed_with_and_a_day_later_only_the_new_one()
    {
        var added = await AddAsync();
        var rotated = await Webhooks.RotateAsync(added.Endpoint.Id, null, CancellationToken.None);
        rotated.Secret.ShouldNotBe(added.Secret);
        await HappenAsync();
        await SendAllAsync();
        StandardWebhooks.Verify(Call(_receiver.Calls[0]), added.Secret).ShouldBeTrue();
        StandardWebhooks.Verify(Call(_receiver.Calls[0]), rotated.Secret).ShouldBeTrue();

        _pipeline.Clock.Advance(OutgoingWebhooks.Overlap);
        await HappenAsync();
        await SendAllAsync();
        StandardWebhooks.Verify(Call(_receiver.Calls[1]), added.Secret).ShouldBeFalse();
        StandardWebhooks.Verify(Call(_receiver.Calls[1]), rotated.Secret).ShouldBeTrue();
    }

    [Fact]
    public async Task a_secret_that_nobody_saw_takes_the_place_of_none_that_somebody_has()
    {
        var added = await AddAsync();
        await Webhooks.RotateAsync(added.Endpoint.Id, null, CancellationToken.None);
        _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        var seen = await Webhooks.RotateAsync(added.Endpoint.Id, null, CancellationToken.None);
        await HappenAsync();
        await SendAllAsync();
        StandardWebhooks.Verify(Call(_receiver.Calls[0]), added.Secret).ShouldBeTrue();
        StandardWebhooks.Verify(Call(_receiver.Calls[0]), seen.Secret).ShouldBeTrue();

        _pipeline.Clock.Advance(OutgoingWebhooks.Overlap);
        var third = await Webhooks.RotateAsync(added.Endpoint.Id, null, CancellationToken.None);
        await HappenAsync();
        await SendAllAsync();
        StandardWebhooks.Verify(Call(_receiver.Calls[1]), seen.Secret).ShouldBeTrue();
        StandardWebhooks.Verify(Call(_receiver.Calls[1]), third.Secret).ShouldBeTrue();
    }

    [Fact]
    public async Task the_database_alone_does_not_let_anybody_sign()
    {
        var added = await AddAsync();
        var rotated = await Webhooks.RotateAsync(added.Endpoint.Id, null, CancellationToken.None);
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var row = await db.WebhookEndpoints.SingleAsync(TestContext.Current.CancellationToken);
        foreach (var kept in new[] { row.Secret, row.PreviousSecret! })
        {
            foreach (var secret in new[] { added.Secret, rotated.Secret })
                kept.ShouldNotContain(secret[StandardWebhooks.SecretStart.Length..]);
        }
    }

    [Fact]
    public async Task a_secret_that_an_earlier_version_kept_as_it_is_counts_and_is_encrypted_within_the_hour()
    {
        const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Before = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
        await AddAsync();
        await SendAllAsync();
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var until = _pipeline.Clock.GetUtcNow() + OutgoingWebhooks.Overlap;
        await db.WebhookEndpoints.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Secret, Secret).SetProperty(row => row.PreviousSecret, Before).SetProperty(row => row.PreviousUntil, until),
            TestContext.Current.CancellationToken);
        await HappenAsync();
        await SendAllAsync();
        _pipeline.Clock.Advance(TimeSpan.FromHours(1));
        await HappenAsync();
        await SendAllAsync();

        var now = await db.WebhookEndpoints.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        now.Secret.ShouldNotStartWith(StandardWebhooks.SecretStart);
        now.PreviousSecret.ShouldNotBeNull().ShouldNotStartWith(StandardWebhooks.SecretStart);
        _receiver.Calls.Count.ShouldBe(2);
        StandardWebhooks.Verify(Call(_receiver.Calls[1]), Secret).ShouldBeTrue();
        StandardWebhooks.Verify(Call(_receiver.Calls[1]), Before).ShouldBeTrue();
    }

    [Fact]
    public async Task what_is_due_each_hour_is_so_though_the_clock_was_set_back()
    {
        await AddAsync();
        await SendAllAsync();
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        await db.WebhookEndpoints.ExecuteUpdateAsync(set => set.SetProperty(row => row.Secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), TestContext.Current.CancellationToken);
        _clock.SetBack = TimeSpan.FromHours(5);
        _clock.Advance(TimeSpan.FromHours(1));
        await SendAllAsync();
        (await db.WebhookEndpoints.AsNoTracking().SingleAsync(TestContext.Current.CancellationToken)).Secret.ShouldNotStartWith(StandardWebhooks.SecretStart);
    }

    [Fact]
    public async Task where_the_key_ring_is_another_one_nothing_is_sent_unsigned_and_a_new_secret_mends_it()
    {
        var (added, other) = (await AddAsync(), await AddAsync());
        await using var db = await _pipeline.Get<IDbContextFactory<ProductVideoDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        // What is encrypted is so for one endpoint: another's is as unreadable as with another key ring.
        var strange = await db.WebhookEndpoints.Where(row => row.Id == other.Endpoint.Id).Select(row => row.Secret).SingleAsync(TestContext.Current.CancellationToken);
        await db.WebhookEndpoints.Where(row => row.Id == added.Endpoint.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Secret, strange), TestContext.Current.CancellationToken);
        await Webhooks.DeleteAsync(other.Endpoint.Id, null, CancellationToken.None);
        await HappenAsync();
        await SendAllAsync();

        _receiver.Calls.ShouldBeEmpty();
        var delivery = await DeliveryAsync(added.Endpoint.Id);
        delivery.Answer.ShouldBe("This webhook's secret can't be read any more, so nothing can be signed. Make a new secret.");
        delivery.State.ShouldBe(DeliveryState.Waiting);
        var mended = await Webhooks.RotateAsync(added.Endpoint.Id, null, CancellationToken.None);
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(10));
        await SendAllAsync();
        StandardWebhooks.Verify(Call(_receiver.Calls.ShouldHaveSingleItem()), mended.Secret).ShouldBeTrue();
    }

    [Fact]
    public async Task an_answer_whose_text_breaks_off_counts_by_its_status()
    {
        await using var server = FakeServer.Saying(FakeServer.Ok("text/plain", 100, "\r\nRetry-After: 60"), "thanks"u8.ToArray());
        var options = new WebhookOptions { LoopbackAllowed = { $"127.0.0.1:{server.Port}" } };
        using var post = new GuardedPost(options, new SystemDnsResolver(), _pipeline.Clock);
        var reply = await post.SendAsync(new Uri($"http://127.0.0.1:{server.Port}/hooks"), new Dictionary<string, string>(), [], CancellationToken.None);
        (reply.Status, reply.Text, reply.RetryAfter).ShouldBe((200, "thanks", TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task an_answer_whose_text_stalls_counts_by_its_status()
    {
        var answer = new StallingAnswer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nthanks");
        var options = new WebhookOptions { LoopbackAllowed = { "127.0.0.1:9" } };
        using var post = new GuardedPost(options, new SystemDnsResolver(), _pipeline.Clock, (_, _, _) => ValueTask.FromResult<Stream>(answer));
        var sending = post.SendAsync(new Uri("http://127.0.0.1:9/hooks"), new Dictionary<string, string>(), [], CancellationToken.None);
        await answer.Stalled;
        _pipeline.Clock.Advance(GuardedPost.Timeout);
        var reply = await sending;
        (reply.Status, reply.Text).ShouldBe((200, "thanks"));
    }

    [Fact]
    public async Task a_receiver_that_leaves_in_the_moment_of_connecting_is_one_that_cant_be_reached()
    {
        var options = new WebhookOptions { LoopbackAllowed = { "127.0.0.1:9" } };
        using var post = new GuardedPost(options, new SystemDnsResolver(), _pipeline.Clock, async (_, _, token) => await FakeInternet.LeftAsync(token));
        var reply = await post.SendAsync(new Uri("http://127.0.0.1:9/hooks"), new Dictionary<string, string>(), [], CancellationToken.None);
        reply.Status.ShouldBeNull();
        reply.Text.ShouldStartWith("It can't be reached: ");
    }

    /// <summary>A connection that takes whatever is written, says its answer, and then nothing more.</summary>
    private sealed class StallingAnswer(string answer) : Stream
    {
        private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private ReadOnlyMemory<byte> _left = System.Text.Encoding.ASCII.GetBytes(answer);

        public Task Stalled => _stalled.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Math.Min(buffer.Length, _left.Length);
            _left[..read].CopyTo(buffer);
            _left = _left[read..];
            if (read > 0 || buffer.Length == 0)
                return read;
            _stalled.TrySetResult();
            await _closed.Task;
            throw new IOException("The connection was closed.");
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing) => _closed.TrySetResult();
    }

    [Fact]
    public async Task a_redirect_is_not_followed()
    {
        await AddAsync();
        _receiver.Answer = () => (307, $"http://{_receiver.Host}/elsewhere", null);
        await HappenAsync();
        await SendAllAsync();
        _receiver.Calls.ShouldHaveSingleItem().Path.ShouldBe("/hooks");
    }

    [Fact]
    public async Task a_wish_to_come_later_is_honoured()
    {
        var added = await AddAsync();
        _receiver.Answer = () => (429, null, "600");
        await HappenAsync();
        await SendAllAsync();
        (await DeliveryAsync(added.Endpoint.Id)).NextTryAt.ShouldBe(_pipeline.Clock.GetUtcNow().AddMinutes(10));
    }

    [Fact]
    public async Task a_name_that_leads_into_a_private_network_is_sent_nothing_and_the_merchant_is_told()
    {
        var internet = new FakeInternet(_receiver.Port).With("shop.example", ["10.0.0.7"]);
        using var post = new GuardedPost(new WebhookOptions(), internet, _pipeline.Clock);
        var reply = await post.SendAsync(new Uri("https://shop.example/hooks"), new Dictionary<string, string>(), [], CancellationToken.None);
        reply.Status.ShouldBeNull();
        reply.Text.ShouldStartWith("The address leads into a private network");
        internet.Dialled.ShouldBeEmpty();
        _receiver.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_receiver_on_this_machine_that_the_settings_do_not_name_is_sent_nothing()
    {
        using var post = new GuardedPost(new WebhookOptions(), new SystemDnsResolver(), _pipeline.Clock);
        (await post.SendAsync(new Uri(_receiver.Url), new Dictionary<string, string>(), [], CancellationToken.None)).Status.ShouldBeNull();
        _receiver.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task senders_side_by_side_send_every_event_once()
    {
        await AddAsync();
        for (var i = 0; i < 20; i++)
            await HappenAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(SendAllAsync)));
        await SendAllAsync();
        _receiver.Calls.Select(call => call.Id).Distinct().Count().ShouldBe(20);
        _receiver.Calls.Count.ShouldBe(20);
    }

    [Fact]
    public async Task an_event_whose_sender_died_is_sent_by_another()
    {
        await AddAsync();
        await HappenAsync();
        (await _pipeline.Get<AttemptStore>().ClaimNextAsync(CancellationToken.None)).ShouldNotBeNull();
        (await SendAllAsync()).ShouldBe(0);
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(61));
        (await SendAllAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task a_sender_that_lost_its_claim_writes_nothing()
    {
        var added = await AddAsync();
        await HappenAsync();
        var store = _pipeline.Get<AttemptStore>();
        var slow = (await store.ClaimNextAsync(CancellationToken.None))!;
        _pipeline.Clock.Advance(TimeSpan.FromSeconds(61));
        await SendAllAsync();
        var failed = new Reply(500, "late");
        (await store.RecordAsync(slow, failed, RetryPlan.After(1, failed, null, _pipeline.Clock.GetUtcNow(), 0.5), CancellationToken.None)).ShouldBeFalse();
        (await DeliveryAsync(added.Endpoint.Id)).State.ShouldBe(DeliveryState.Delivered);
    }

    [Fact]
    public async Task a_deleted_endpoint_is_told_nothing_more()
    {
        var added = await AddAsync();
        await HappenAsync();
        await Webhooks.DeleteAsync(added.Endpoint.Id, null, CancellationToken.None);
        (await SendAllAsync()).ShouldBe(0);
        await Should.ThrowAsync<RefusedException>(() => EndpointAsync(added.Endpoint.Id));
    }

    [Fact]
    public async Task events_are_kept_for_thirty_days()
    {
        var added = await AddAsync();
        await HappenAsync();
        await SendAllAsync();
        _pipeline.Clock.Advance(TimeSpan.FromDays(29));
        await SendAllAsync();
        await DeliveryAsync(added.Endpoint.Id);
        _pipeline.Clock.Advance(TimeSpan.FromDays(2));
        await SendAllAsync();
        (await Deliveries.ListAsync(added.Endpoint.Id, null, null, null, 10, CancellationToken.None)).ShouldBeEmpty();
    }
}
