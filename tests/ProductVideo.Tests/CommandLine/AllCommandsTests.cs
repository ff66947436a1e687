using System.CommandLine;
using ProductVideo.Host.Commands;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class AllCommandsTests
{
    private const string Id = "0199d1f0-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("generate", "--product")]
    [InlineData("serv", "serv")]
    [InlineData("generate --product mug --bogus", "--bogus")]
    [InlineData("generate --product mug --seconds 2,5", "2,5")]
    [InlineData("spend --from 01.11.2026", "2026-11-01")]
    [InlineData("serve --port often", "'often' given to --port is no whole number: write it with digits alone, for example 25.")]
    [InlineData("backfill status nope", "'nope' is no backfill's id. List them with: backfill list")]
    [InlineData("doubt retry nope", "'nope' is no video's id. List those in doubt with: doubt list")]
    [InlineData("export spend --from 2026-12-01 --to 2026-11-01", "later than --from, 2026-12-01")]
    [InlineData("backfill plan abc", "'abc' is no backfill's id")]
    [InlineData("backfill plan " + Id + " --tag new --max-money 5", "--tag, --max-money can't be given together with an id")]
    [InlineData("backfill plan " + Id + " --products ids.csv --shop other --name x", "--shop, --name, --products can't be given together with an id")]
    [InlineData("stop --provider fal --shop sample", "--provider or --shop, not both")]
    [InlineData("resume --provider fal --shop sample", "--provider or --shop, not both")]
    public async Task what_can_t_be_understood_is_told_with_the_exit_code_of_a_wrong_request(string words, string told)
    {
        using var errors = new StringWriter();

        (await AllCommands.RunAsync(words.Split(' '), errors)).ShouldBe(2);

        $"{errors}".ShouldContain(told);
        $"{errors}".ShouldNotContain("Usage:");
    }

    [Theory]
    [InlineData("backfill plan " + Id)]
    [InlineData("backfill plan " + Id + " --list --json --data folder")]
    [InlineData("backfill plan --tag new")]
    [InlineData("demo --port 5090 --host localhost")]
    [InlineData("serve --print-link")]
    [InlineData("stop --provider fal")]
    public void what_goes_together_is_understood(string words) => AllCommands.Create().Parse(words.Split(' ')).Errors.ShouldBeEmpty();

    [Fact]
    public async Task the_help_names_the_program_as_it_is_called_and_each_option_once()
    {
        foreach (var words in new[] { "serve --help", "backfill plan --help", "export clips --help" })
        {
            using var told = new StringWriter();
            await AllCommands.Create().Parse(words.Split(' ')).InvokeAsync(new InvocationConfiguration { Output = told }, TestContext.Current.CancellationToken);
            $"{told}".Split("--data <data>").Length.ShouldBe(2, words);
            $"{told}".ShouldContain($"{OwnCommand.Here.Program} {words.Replace(" --help", "", StringComparison.Ordinal)}");
        }
    }
}
