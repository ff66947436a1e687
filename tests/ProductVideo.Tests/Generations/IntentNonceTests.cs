using ProductVideo.Generations;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Generations;

public sealed class IntentNonceTests
{
    [Fact]
    public void the_name_of_a_submit_follows_from_what_is_ordered_and_never_changes() =>
        IntentNonce.Of(new Guid("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001"), lostBefore: 0).ShouldBe("wcp6iu2f5a2nqdm7mxgfvw5tj6");

    [Fact]
    public void it_fits_every_provider_that_takes_one() =>
        IntentNonce.Of(Guid.NewGuid(), lostBefore: 1).ShouldMatch("^[a-z0-9]{26}$");

    [Fact]
    public void another_order_and_another_submit_after_a_lost_one_have_other_names()
    {
        var names = Enumerable.Range(0, 10_000).Select(_ => Guid.CreateVersion7()).SelectMany(id => new[] { IntentNonce.Of(id, 0), IntentNonce.Of(id, 1) }).ToList();
        names.ShouldBeUnique();
    }
}
