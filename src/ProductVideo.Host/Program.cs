using ProductVideo.Host.Commands;

return await AllCommands.RunAsync(args, Console.Error);

/// <summary>Named so that tests can start the host in their own process.</summary>
public sealed partial class Program;
