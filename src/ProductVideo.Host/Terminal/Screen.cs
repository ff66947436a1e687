using System.Text.Json;
using ProductVideo.Api;
using Spectre.Console;

namespace ProductVideo.Host.Terminal;

/// <summary>
/// What a command shows: tables and moving bars to a person at a terminal, plain lines parted by tabs to a pipe, one JSON document to a program
/// that asks for it. A pipe gets no control character but tab and line feed, whatever a shop calls its products.
/// </summary>
internal sealed class Screen
{
    private readonly TextWriter _output;
    private readonly IAnsiConsole? _terminal;

    private Screen(TextWriter output, IAnsiConsole? terminal, bool isJson) => (_output, _terminal, IsJson) = (output, terminal, isJson);

    /// <summary>Whether only one JSON document is written.</summary>
    public bool IsJson { get; }

    /// <summary>Whether somebody is there who can answer.</summary>
    public bool MayAsk => _terminal is not null && !Console.IsInputRedirected;

    /// <summary>Standard output, for whoever reads it.</summary>
    public static Screen Open(bool json) => json ? Json(Console.Out) : Console.IsOutputRedirected ? Pipe(Console.Out) : Terminal(AnsiConsole.Console);

    public static Screen Json(TextWriter output) => new(output, terminal: null, isJson: true);

    public static Screen Pipe(TextWriter output) => new(output, terminal: null, isJson: false);

    public static Screen Terminal(IAnsiConsole terminal) => new(TextWriter.Null, terminal, isJson: false);

    /// <summary>A line of text.</summary>
    public void Line(string text)
    {
        if (IsJson)
            return;
        if (_terminal is not null)
            _terminal.WriteLine(Plain(text));
        else
            _output.WriteLine(Plain(text));
    }

    /// <summary>Rows under headings; in a pipe each row is a line that begins with <paramref name="what"/>, and there are no headings.</summary>
    public void Table(string what, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (IsJson || rows.Count == 0)
            return;
        if (_terminal is null)
        {
            foreach (var row in rows)
                Row(what, row);
            return;
        }

        var table = new Table().RoundedBorder();
        foreach (var heading in headings)
            table.AddColumn(Markup.Escape(heading));
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => Markup.Escape(Plain(cell)))]);
        _terminal.Write(table);
    }

    /// <summary>One of many rows that come one by one.</summary>
    public void Row(string what, IReadOnlyList<string> cells)
    {
        if (_terminal is not null)
            Line(string.Join("  ", cells));
        else if (!IsJson)
            _output.WriteLine(Cells([what, .. cells]));
    }

    /// <summary>A line of a list for a pipe, its cells parted by tabs.</summary>
    public static string Cells(params IEnumerable<string> cells) => string.Join('\t', cells.Select(Plain));

    /// <summary>The one document, where one was asked for.</summary>
    public async Task DocumentAsync<T>(T document, CancellationToken cancellationToken)
    {
        if (!IsJson)
            return;
        if (!ReferenceEquals(_output, Console.Out))
        {
            await _output.WriteLineAsync(JsonSerializer.Serialize(document, ApiJson.Options).AsMemory(), cancellationToken);
            return;
        }

        // As it comes, however long: lists are never whole in memory.
        await using var output = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(output, document, ApiJson.Options, cancellationToken);
        output.WriteByte((byte)'\n');
    }

    /// <summary>Asks somebody at the terminal; no is what Enter means.</summary>
    public Task<bool> AskAsync(string question, CancellationToken cancellationToken) => _terminal is null
        ? Task.FromResult(false) : new ConfirmationPrompt(Markup.Escape(Plain(question))) { DefaultValue = false }.ShowAsync(_terminal, cancellationToken);

    /// <summary>Runs what takes a while, with a bar on a terminal and a line for each report in a pipe.</summary>
    public async Task<T> WatchAsync<T>(Func<Action<string, double?>, Task<T>> run)
    {
        if (_terminal is not null)
            return await WithBarAsync(_terminal, run);
        var last = "";
        return await run((text, _) =>
        {
            if (text != last)
                Line(last = text);
        });
    }

    private static Task<T> WithBarAsync<T>(IAnsiConsole terminal, Func<Action<string, double?>, Task<T>> run) =>
        terminal.Progress().AutoClear(enabled: true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var bar = context.AddTask("Beginning", maxValue: 1);
                bar.IsIndeterminate = true;
                return run((text, share) =>
                {
                    (bar.Description, bar.IsIndeterminate, bar.Value) = (Markup.Escape(Plain(text)), share is null, share ?? 0);
                });
            });

    /// <summary>Without control characters: what others wrote must neither move a terminal nor look like a line of ours.</summary>
    public static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
