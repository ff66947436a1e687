using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using ProductVideo.Host.Commands.Backfills;

namespace ProductVideo.Host.Commands;

/// <summary>The command line as a whole.</summary>
internal static class AllCommands
{
    /// <summary>Follows the words.</summary>
    /// <param name="words">As they were typed.</param>
    /// <param name="errors">Where it is told what can't be understood.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, TextWriter errors)
    {
        // What is read and what is printed must not depend on the machine's language; numbers and days are read by PlainOptions besides.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var parsed = Create().Parse(words);
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // The library's own two seconds would cut off paid requests that the host lets end.
            ProcessTerminationTimeout = ProductVideoApp.LongestStop,
        };
        if (parsed.Action is not ParseErrorAction wrong)
            return await Failures.GuardAsync(() => parsed.InvokeAsync(invocation));
        // Standard output belongs to what a command answers: scripts read it.
        (invocation.Output, invocation.Error, wrong.ShowHelp) = (errors, errors, false);
        await parsed.InvokeAsync(invocation);
        return Failures.Refused;
    }

    internal static RootCommand Create()
    {
        var root = new RootCommand("ProductVideo makes videos of a shop's products. Without a command it serves the admin, the API and the sample shop.")
        {
            ServeCommand.Create("serve"),
            GenerateCommand.Create(),
            DemoCommand.Create(),
            ProductsCommand.Create(),
            ProvidersCommand.Create(),
            SignInCommand.Create(),
            KeysCommand.Create(),
            BudgetsCommand.Create(),
            SpendCommand.Create(),
            ExportCommand.Create(),
            BackfillCommand.Create(),
            DoubtCommand.Create(),
            BackupCommand.Create(),
            RestoredCommand.Create(),
        };
        foreach (var command in StopsCommand.Create())
            root.Subcommands.Add(command);
        // The library's help would call the program by its file's name, which nobody types.
        root.HelpName = OwnCommand.Here.Program;
        root.Options.Add(CommonOptions.Data);
        ServeCommand.Configure(root);
        return root;
    }
}
