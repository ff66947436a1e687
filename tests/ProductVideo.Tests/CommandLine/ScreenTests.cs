using ProductVideo.Backfills;
using ProductVideo.Catalog;
using ProductVideo.Host.Commands;
using ProductVideo.Host.Commands.Backfills;
using ProductVideo.Host.Terminal;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class ScreenTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    [Fact]
    public async Task a_pipe_gets_plain_lines_and_each_report_once()
    {
        var screen = Screen.Pipe(_output);
        var answer = await screen.WatchAsync(report =>
        {
            report("1 of 2", 0.5);
            report("1 of 2", 0.5);
            report("2 of 2", 1);
            return Task.FromResult(7);
        });
        screen.Table("made", ["Made by", "Videos"], [["local", "2"]]);
        await screen.DocumentAsync(answer, CancellationToken.None);
        (await screen.AskAsync("Start it?", CancellationToken.None)).ShouldBeFalse("nobody is there to answer");
        _output.ToString().ShouldBe("1 of 2\n2 of 2\nmade\tlocal\t2\n");
    }

    [Fact]
    public void what_a_shop_calls_its_products_moves_no_terminal()
    {
        var screen = Screen.Pipe(_output);
        screen.Row("item", ["mug", "A \u001b[31mred\u0007\tmug\r\nand more\u009b2J"]);
        screen.Line("a\u001bb");
        _output.ToString().ShouldBe("item\tmug\tA  [31mred  mug  and more 2J\na b\n");
    }

    [Fact]
    public void a_product_is_one_line_whatever_its_shop_calls_it() => ProductsCommand
        .LineOf(new ListedProduct { Ref = new ProductRef("shop", "mug"), Title = "Mug\nother\t9\tFree\u001b[2J", Version = "1" })
        .ShouldBe("mug\t0\tMug other 9 Free [2J");

    [Fact]
    public void a_dry_run_says_how_old_what_it_was_made_from_is()
    {
        var quote = new BackfillQuote(0, 0, [], new Dictionary<SkipReason, int>(), [], new DateTimeOffset(2026, 11, 28, 20, 5, 0, TimeSpan.Zero));
        BackfillLines.Tell(Screen.Pipe(_output), quote);
        _output.ToString().ShouldEndWith("\nFrom the products as they were at 2026-11-28 20:05Z.\n");
    }

    [Fact]
    public async Task a_program_gets_one_document_and_nothing_else()
    {
        var screen = Screen.Json(_output);
        screen.Line("not this");
        screen.Row("nor", ["this"]);
        screen.Table("nor", ["this"], [["one"]]);
        await screen.WatchAsync(report =>
        {
            report("nor this", null);
            return Task.FromResult(0);
        });
        await screen.DocumentAsync(new { Name = "a\u001bb", State = ProductVideo.Backfills.BackfillState.Quoted }, CancellationToken.None);
        _output.ToString().ShouldBe("{\"name\":\"a\\u001Bb\",\"state\":\"quoted\"}\n");
    }
}
