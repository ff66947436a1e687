using ProductVideo.Host.Commands;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class RestoredCommandTests
{
    private static string Said(RestoreReport report) => string.Join('\n', RestoredCommand.Lines(report, "data"));

    [Fact]
    public void what_waits_for_a_person_and_what_is_only_told_from_now_on_is_said()
    {
        var said = Said(new RestoreReport(OnlyTold: 2, ForReview: 3, InReview: 4));
        said.ShouldContain("waiting for your review again: 3.");
        said.ShouldContain("Waiting for your review as they did, maybe published and taken off since, which their pages say now: 4.");
        said.ShouldContain("only told of until you switch that on again: 2.");
    }

    [Fact]
    public void nothing_is_said_of_what_there_is_not()
    {
        var said = Said(new RestoreReport());
        said.ShouldNotContain("review");
        said.ShouldNotContain("told");
    }
}
