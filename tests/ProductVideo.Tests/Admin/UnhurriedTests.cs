using Microsoft.Extensions.Time.Testing;
using ProductVideo.Admin.Layout;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class UnhurriedTests
{
    private readonly FakeTimeProvider _clock = new();
    private int _reads;

    [Fact]
    public async Task what_took_a_second_is_read_again_four_seconds_later_however_often_that_is_wished()
    {
        var unhurried = new Unhurried(_clock);
        Task ReadAsync()
        {
            if (++_reads == 1)
                _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.CompletedTask;
        }

        var reading = unhurried.DoAsync(ReadAsync);
        for (var i = 0; i < 3; i++)
            await unhurried.DoAsync(ReadAsync);
        _clock.Advance(TimeSpan.FromSeconds(3.9));
        _reads.ShouldBe(1);

        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await reading;
        _reads.ShouldBe(2);
    }

    [Fact]
    public async Task a_failed_read_is_told_and_hinders_no_later_one()
    {
        var unhurried = new Unhurried(_clock);
        await Should.ThrowAsync<InvalidOperationException>(() => unhurried.DoAsync(() => throw new InvalidOperationException("away")));

        await unhurried.DoAsync(() => Task.FromResult(_reads++));
        _reads.ShouldBe(1);
    }
}
