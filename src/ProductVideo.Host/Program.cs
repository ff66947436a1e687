using System.CommandLine;
using ProductVideo.Host;
using ProductVideo.Host.Commands;
using ProductVideo.Host.Commands.Backfills;

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
    RestoredCommand.Create(),
};
foreach (var command in StopsCommand.Create())
    root.Subcommands.Add(command);
ServeCommand.Configure(root);
return await Failures.GuardAsync(() => root.Parse(args).InvokeAsync(new InvocationConfiguration
{
    EnableDefaultExceptionHandler = false,
    // The library's own two seconds would cut off paid requests that the host lets end.
    ProcessTerminationTimeout = ProductVideoApp.LongestStop,
}));

/// <summary>Named so that tests can start the host in their own process.</summary>
public sealed partial class Program;
