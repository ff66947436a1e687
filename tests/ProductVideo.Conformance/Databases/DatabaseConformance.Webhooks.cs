using ProductVideo.Data;
using ProductVideo.Webhooks.Outgoing;
using Shouldly;
using Xunit;

namespace ProductVideo.Conformance.Databases;

/// <content>What is sent to the merchant's own systems, and in which order.</content>
public abstract partial class DatabaseConformance
{
    [Fact]
    public async Task what_waits_longest_for_a_free_endpoint_is_sent_first()
    {
        var now = await NowAsync();
        var (first, second, off) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await using (var db = await Database.OpenAsync())
        {
            foreach (var id in new[] { first, second, off })
            {
                db.WebhookEndpoints.Add(new()
                {
                    Id = id, Url = "https://merchant.example/hook", Events = "", Secret = "whsec_x", CreatedAt = now, DisabledAt = id == off ? now : null,
                });
            }

            foreach (var (name, endpoint, ago) in new[] { ("late", first, 10), ("oldest", first, 30), ("other", second, 20), ("later", second, -600), ("unwanted", off, 90) })
            {
                db.WebhookEvents.Add(new() { Id = name, Type = "test", Shop = "sample", OccurredAt = now, Body = "{}" });
                db.WebhookAttempts.Add(new()
                {
                    EventId = name, EndpointId = endpoint, State = nameof(DeliveryState.Waiting), OccurredAt = now, DueAt = now - TimeSpan.FromSeconds(ago),
                });
            }

            await db.SaveChangesAsync(Token);
        }

        var store = Database.Get<AttemptStore>();
        var oldest = (await store.ClaimNextAsync(Token)).ShouldNotBeNull();
        var other = (await store.ClaimNextAsync(Token)).ShouldNotBeNull();
        ((oldest.Event.Id, oldest.Endpoint.Id), (other.Event.Id, other.Endpoint.Id)).ShouldBe((("oldest", first), ("other", second)));
        (await store.ClaimNextAsync(Token)).ShouldBeNull("both are being sent to");

        var accepted = new Reply(204, "");
        (await store.RecordAsync(oldest, accepted, RetryPlan.After(1, accepted, null, now, 0.5), Token)).ShouldBeTrue();
        (await store.ClaimNextAsync(Token)).ShouldNotBeNull().Event.Id.ShouldBe("late");
    }
}
