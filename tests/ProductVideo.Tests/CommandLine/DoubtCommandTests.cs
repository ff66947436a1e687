using ProductVideo.Generations;
using ProductVideo.Host.Commands;
using ProductVideo.Pipeline;
using ProductVideo.Tests.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class DoubtCommandTests
{
    private static readonly Guid Id = Guid.Parse("0199d1f0-0000-7000-8000-000000000001");

    private static IEnumerable<string> WaysOut(params string[] tasks) => DoubtCommand.WaysOut(new OwnCommand("src/run", "data"), "data", Id, tasks);

    [Fact]
    public void each_way_out_is_a_line_to_type() => WaysOut("task-1", "task-2").ShouldBe(
    [
        $"It has that task: src/run doubt adopt {Id} task-1", $"It has that task: src/run doubt adopt {Id} task-2",
        $"Order it again, and pay again: src/run doubt retry {Id}", $"Give it up: src/run doubt give-up {Id}",
    ]);

    [Fact]
    public void where_no_task_is_seen_it_says_where_one_is_named() => WaysOut().First().ShouldEndWith($"doubt adopt {Id} TASK");

    [Fact]
    public async Task of_a_task_that_took_too_long_the_list_names_its_id()
    {
        await using var pipeline = new PipelineFixture();
        await pipeline.InitializeAsync();
        var ordered = await pipeline.OrderAsync();
        var doubted = await pipeline.AdvanceAsync(ordered.Id);
        for (var looks = 0; doubted.State is GenerationState.Rendering && looks < 15; looks++)
            doubted = await pipeline.AdvanceAfterAsync(TimeSpan.FromMinutes(10), ordered.Id);
        var task = doubted.State.ShouldBeOfType<GenerationState.InDoubt>().Operation!.RemoteId;

        var lines = await DoubtCommand.LinesAsync(
            pipeline.Get<VideoGenerations>(), doubted, new OwnCommand("src/run", "data"), "data", TestContext.Current.CancellationToken);
        lines[1].ShouldStartWith("  The provider is still making this video.");
        lines.ShouldContain($"  It has that task: src/run doubt adopt {ordered.Id} {task}");
    }

    [Fact]
    public void each_line_is_understood()
    {
        foreach (var line in WaysOut("task-1"))
            AllCommands.Create().Parse(line[(line.IndexOf("src/run ", StringComparison.Ordinal) + "src/run ".Length)..]).Errors.ShouldBeEmpty(line);
    }
}
