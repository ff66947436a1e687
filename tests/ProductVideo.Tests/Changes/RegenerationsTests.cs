using ProductVideo.Changes;
using ProductVideo.Generations;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Changes;

/// <summary>Requests with one key at the same time: whichever writes first, its answer is the key's for ever.</summary>
public sealed class RegenerationsTests : ChangesFixture
{
    private static readonly IdempotencyKey Key = new("caller", "key");

    private Task<Regeneration> OrderAsync(VideoWishes? first = null) =>
        Pipeline.Get<Regenerations>().OrderAsync(Mug, first, new Requester("caller", GenerationOrigin.Api), Key, Token);

    private void Rename(string title) => Shop.Edit("mug", mug => mug with { Title = title });

    private void BeforeRead(int read, Func<Task> act)
    {
        for (var i = 1; i < read; i++)
            Shop.BeforeReads.Enqueue(() => Task.CompletedTask);
        Shop.BeforeReads.Enqueue(act);
    }

    /// <param name="read">1: before the key is looked for once more; 2: between that and the order.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task a_key_that_led_to_nothing_meanwhile_orders_nothing(int read)
    {
        await PublishAsync();
        var title = Shop.Products["mug"].Title;
        Rename("Porcelain cup");
        BeforeRead(read, async () =>
        {
            Rename(title);
            (await OrderAsync()).Text.ShouldContain("Nothing that the video shows or says has changed");
            Rename("Porcelain cup");
        });

        var second = await OrderAsync();

        Shop.BeforeReads.ShouldBeEmpty();
        (second.Video, second.IsNew).ShouldBe((null, false));
        second.Text.ShouldStartWith("There was nothing to make when this Idempotency-Key first came");
        (await VideosAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_key_that_made_a_video_meanwhile_answers_with_that_video_though_nothing_is_changed_now()
    {
        await PublishAsync();
        var title = Shop.Products["mug"].Title;
        Guid? made = null;
        BeforeRead(1, async () =>
        {
            Rename("Porcelain cup");
            made = (await OrderAsync()).Video.ShouldNotBeNull().Id;
            Rename(title);
        });

        var second = await OrderAsync();

        (second.Video?.Id, second.IsNew, second.Text).ShouldBe((made, false, "Ordered with this Idempotency-Key before."));
    }

    [Fact]
    public async Task a_key_that_another_request_used_meanwhile_is_refused_though_nothing_is_to_be_made()
    {
        await PublishAsync();
        BeforeRead(1, async () => (await OrderAsync(VideoWishes.None)).Video.ShouldBeNull());
        (await Should.ThrowAsync<RefusedException>(() => OrderAsync())).Problem.Code.ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task a_key_that_led_to_nothing_meanwhile_is_not_answered_with_what_another_key_has_under_way()
    {
        await PublishAsync();
        BeforeRead(1, async () =>
        {
            (await OrderAsync()).Video.ShouldBeNull();
            Rename("Porcelain cup");
            (await Pipeline.Get<Regenerations>().OrderAsync(Mug, new Requester("caller", GenerationOrigin.Api), key: null, Token)).IsNew.ShouldBeTrue();
        });

        var second = await OrderAsync();

        (second.Video, second.Text.StartsWith("There was nothing to make", StringComparison.Ordinal)).ShouldBe((null, true));
    }
}
