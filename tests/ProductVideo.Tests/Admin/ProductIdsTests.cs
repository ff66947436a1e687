using ProductVideo.Admin.Backfills;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Admin;

public sealed class ProductIdsTests
{
    [Fact]
    public void a_pasted_list_is_parted_by_lines_commas_semicolons_and_tabs() =>
        ProductIds.FromText(" a, b;c\td\n\n e f ,").ShouldBe(["a", "b", "c", "d", "e f"]);
}
