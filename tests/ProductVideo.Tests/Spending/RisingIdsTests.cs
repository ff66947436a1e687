using ProductVideo.Spending;
using ProductVideo.Tests.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Spending;

public sealed class RisingIdsTests
{
    private readonly RisingIds _ids = new();

    [Fact]
    public void ids_of_one_millisecond_sort_as_they_were_made()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => _ids.Next(Some.Noon)).ToList();
        ids.ShouldBeInOrder();
        // SQLite keeps them as text.
        ids.ConvertAll(id => id.ToString()).ShouldBe(ids.Select(id => id.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void they_are_uuids_of_version_7_with_the_time_in_front()
    {
        var id = _ids.Next(Some.Noon);
        (id.Version, id.Variant & 0b1100).ShouldBe((7, 0b1000));
        id.ToString()[..13].ShouldBe(Guid.CreateVersion7(Some.Noon).ToString()[..13]);
    }

    [Fact]
    public void they_rise_while_the_clock_is_set_back()
    {
        var before = _ids.Next(Some.Noon);
        _ids.Next(Some.Noon.AddMinutes(-5)).ShouldBeGreaterThan(before);
    }
}
