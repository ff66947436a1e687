using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.CommandLine;

/// <summary>The real program in a pipe, and once at a terminal; what costs money is quoted for a provider that is never called.</summary>
public sealed partial class BackfillCommandTests : IAsyncLifetime
{
    private readonly string _data = Checkout.NewFolder();
    private readonly string _lists = Checkout.NewFolder();
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal) { ["PRODUCTVIDEO_ProductVideo__HappyHorse__ApiKey"] = "never used" };

    public async ValueTask InitializeAsync() => await HostProcess.BeginAsync(_data);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_lists, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<Ended> RunAsync(int exitCode, params string[] arguments)
    {
        var ended = await HostProcess.RunAsync([.. arguments, "--data", _data], _environment);
        ended.ExitCode.ShouldBe(exitCode, ended.Output + ended.Errors);
        (ended.Output + ended.Errors).ShouldNotContain("   at ");
        // A pipe gets text, whatever the shop calls its products. CSV ends its lines as its standard says.
        ended.Output.Replace("\r\n", "\n", StringComparison.Ordinal).ShouldAllBe(c => !char.IsControl(c) || c == '\t' || c == '\n');
        return ended;
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) =>
        JsonDocument.Parse((await RunAsync(0, [.. arguments, "--json"])).Output).RootElement;

    private string FileOf(string name, string content)
    {
        var file = Path.Combine(_lists, name);
        File.WriteAllText(file, content);
        return file;
    }

    [Fact]
    public async Task a_plan_tells_price_and_reasons_and_is_started_only_for_that_price()
    {
        var planned = await RunAsync(0, "backfill", "plan", "--provider", "happyhorse", "--seconds", "5", "--max-money", "2 USD", "--priority", "high", "--not-between", "01:00-01:01", "--list");
        var lines = planned.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldContain("2 videos of 2 products for 1.80 USD; 11 products are skipped.");
        lines.ShouldContain("made\thappyhorse\t2\t1.80 USD\t10 s");
        lines.Count(line => line.StartsWith("item\t", StringComparison.Ordinal)).ShouldBe(13);
        lines.Count(line => line.Contains("\tSkipped\tOverBudget\t", StringComparison.Ordinal)).ShouldBe(11);
        var id = lines.Single(line => line.StartsWith("backfill\t", StringComparison.Ordinal)).Split('\t')[1];
        lines[^1].ShouldEndWith($"backfill start {id} --yes-pay \"1.80 USD\" --data {_data}");

        (await RunAsync(2, "backfill", "start", id)).Errors.ShouldContain("It costs 1.80 USD.");
        (await RunAsync(0, "backfill", "start", id, "--yes-pay", "1.80 USD")).Output.ShouldContain("running server");
        (await RunAsync(0, "backfill", "start", id, "--yes-pay", "1.80 USD")).Output.ShouldContain("running server");
        (await RunAsync(2, "backfill", "start", id, "--yes-pay", "1.81 USD")).Errors.ShouldContain("This one is “Running”.");
        (await RunAsync(0, "backfill", "pause", id)).Output.ShouldBe($"{id} Paused\n");
        (await RunAsync(0, "backfill", "pause", id)).Output.ShouldBe($"{id} Paused\n");
        (await JsonAsync("backfill", "resume", id)).GetProperty("state").GetString().ShouldBe("running");
        (await RunAsync(0, "backfill", "cancel", id)).Output.ShouldBe($"{id} Cancelled\n");

        var status = await JsonAsync("backfill", "status", id, "--list");
        (status.GetProperty("state").GetString(), status.GetProperty("items").GetArrayLength()).ShouldBe(("cancelled", 13));
        status.GetProperty("agreed")[0].GetProperty("amount").GetDecimal().ShouldBe(1.80m);
        (await RunAsync(0, "backfill", "list")).Output.ShouldContain($"{id}\tCancelled\tsample");

        // It ordered nothing, so it may go.
        (await JsonAsync("backfill", "delete", id)).GetProperty("deleted").GetBoolean().ShouldBeTrue();
        (await RunAsync(2, "backfill", "delete", id)).Errors.ShouldContain("It may have been deleted");
        (await RunAsync(0, "backfill", "list")).Output.ShouldNotContain(id);
    }

    [Fact]
    public async Task lists_of_other_programs_are_imported_priced_and_made()
    {
        var csv = FileOf("mugs.csv", "Handle,Title\nstoneware-mug,A mug\nno-such-product,Nothing\n");
        var imported = await JsonAsync("products", "import", csv, "--shop", "sample", "--provider", "local", "--seconds", "3", "--approve-automatically");
        (imported.GetProperty("state").GetString(), imported.GetProperty("name").GetString()).ShouldBe(("draft", "mugs.csv"));
        var id = imported.GetProperty("id").GetString()!;
        var planned = await RunAsync(0, "backfill", "plan", id);
        planned.Output.ShouldContain("1 video of 1 product free of charge; 1 product is skipped.");
        planned.Output.ShouldContain("skipped\t1\tNotInShop\tThe shop lists no product with this id, and none with this handle was there at the last scan: name a new one by its id.");

        var started = await RunAsync(0, "backfill", "start", id, "--wait");
        started.Output.ShouldContain("1 of 1 · Published 1");
        var status = await JsonAsync("backfill", "status", id);
        (status.GetProperty("state").GetString(), status.GetProperty("progress").GetProperty("share").GetDouble()).ShouldBe(("done", 1));

        var clips = (await RunAsync(0, "export", "clips", "--shop", "sample")).Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        clips.Length.ShouldBe(2);
        clips[1].ShouldStartWith("sample,stoneware-mug,");
        var exported = (await RunAsync(0, "export", "clips", "--format", "json")).Output;
        exported.ShouldEndWith("]\n");
        var clip = JsonDocument.Parse(exported).RootElement[0];
        (clip.GetProperty("product").GetString(), clip.GetProperty("provider").GetString(), clip.GetProperty("cost").GetProperty("amount").GetDecimal()).ShouldBe(("stoneware-mug", "local", 0m));
        var file = Path.Combine(_lists, "spend.csv");
        await RunAsync(0, "export", "spend", "--file", file);
        (await File.ReadAllTextAsync(file)).ShouldBe((await RunAsync(0, "spend")).Output);
        (await JsonAsync("export", "spend")).ValueKind.ShouldBe(JsonValueKind.Array);

        // It has its video, so there is nothing left to do.
        var again = await JsonAsync("backfill", "plan", "--products", FileOf("again.json", """[{"id":"stoneware-mug"}]"""));
        again.GetProperty("quote").GetProperty("skipped")[0].GetProperty("reason").GetString().ShouldBe("hasVideo");
    }

    [Fact]
    public async Task a_file_that_is_no_list_is_a_sentence() =>
        (await RunAsync(2, "products", "import", FileOf("list.txt", "{\"no\":\"array\"}"))).Errors.ShouldContain("no array");

    [Theory]
    [InlineData("--shop", "nowhere", "nowhere")]
    [InlineData("--cron", "often", "cron")]
    public async Task a_wrong_wish_is_a_sentence(string option, string value, string words)
    {
        var errors = (await RunAsync(2, "backfill", "plan", option, value)).Errors.Trim();
        errors.ShouldContain(words);
        errors.Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task a_schedule_is_started_and_not_waited_for()
    {
        var id = (await JsonAsync("backfill", "plan", "--provider", "local", "--seconds", "3", "--cron", "0 2 * * *")).GetProperty("id").GetString()!;
        (await RunAsync(2, "backfill", "start", id, "--wait")).Errors.ShouldContain("without --wait");
        (await JsonAsync("backfill", "status", id)).GetProperty("state").GetString().ShouldBe("quoted");
        (await RunAsync(0, "backfill", "start", id)).Output.ShouldContain("Scheduled");
        (await JsonAsync("backfill", "status", id)).GetProperty("progress").ValueKind.ShouldBe(JsonValueKind.Null);
        (await RunAsync(0, "backfill", "status", id)).Output.ShouldNotContain("0 of ");
    }

    [Fact]
    public async Task an_unknown_backfill_is_a_sentence() =>
        (await RunAsync(2, "backfill", "start", $"{Guid.NewGuid()}")).Errors.ShouldContain("There is no such backfill.");

    [Fact]
    public async Task a_running_server_makes_what_a_command_beside_it_starts()
    {
        await using var server = await HostProcess.ServeAsync(_data, _environment);
        var id = (await JsonAsync("backfill", "plan", "--provider", "local", "--seconds", "3", "--max-videos", "1")).GetProperty("id").GetString()!;
        await RunAsync(0, "backfill", "start", id);
        JsonElement status;
        do
            status = await JsonAsync("backfill", "status", id);
        while (status.GetProperty("state").GetString() != "done");
        status.GetProperty("progress").GetProperty("counts")[0].GetProperty("state").GetString().ShouldBe("review");
    }

    [Fact]
    public async Task at_a_terminal_there_are_tables_and_a_question_and_no_is_what_enter_means()
    {
        var planned = await AtTerminalAsync("\n", "backfill", "plan", "--provider", "happyhorse", "--seconds", "5", "--max-videos", "2", "--name", "a [red]name");
        planned.Output.ShouldContain("a [red]name");
        planned.Output.ShouldContain("Made by");
        planned.Output.ShouldContain("1.80 USD");
        var id = Backfill().Match(planned.Output).Value;

        var asked = await AtTerminalAsync("n\n", "backfill", "start", id);
        asked.Output.ShouldContain("Start it for 1.80 USD?");
        asked.Output.ShouldContain("Not started; nothing was spent.");
        (await JsonAsync("backfill", "status", id)).GetProperty("state").GetString().ShouldBe("quoted");
        (await AtTerminalAsync("y\n", "backfill", "start", id)).Output.ShouldContain("Running");
        (await JsonAsync("backfill", "status", id)).GetProperty("state").GetString().ShouldBe("running");
    }

    /// <summary>With a terminal of its own, as a person has one.</summary>
    private async Task<Ended> AtTerminalAsync(string typed, params string[] arguments)
    {
        var host = HostProcess.StartInfo([.. arguments, "--data", _data], _environment);
        var start = new ProcessStartInfo("script") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-qec", $"stty cols 160; exec {host.FileName} " + string.Join(' ', host.ArgumentList.Select(argument => $"'{argument}'")), "/dev/null" })
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in host.Environment)
            start.Environment[name] = value;
        start.Environment["TERM"] = "xterm";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(typed);
        await process.StandardInput.FlushAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, Escapes().Replace(output, ""), await process.StandardError.ReadToEndAsync());
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Backfill();
}
