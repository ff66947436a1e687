using ProductVideo.Data;
using ProductVideo.Hosting;

namespace ProductVideo.Host.Commands;

/// <summary>Runs a command on the database of a data folder, beside a server that may be running on it.</summary>
internal static class WithDatabase
{
    /// <param name="data">The data folder.</param>
    /// <param name="run">The command; its answer is the exit code.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="jobs">Whether this process works too until the command ends; else it only writes rows.</param>
    /// <param name="begins">Whether it may make a new database where there is none; else that is a mistake, most likely in the folder's name.</param>
    /// <param name="names">Whether it says on which database it acts, for what must not be done to another one.</param>
    /// <param name="starts">Whether the tables are brought to this version's first.</param>
    /// <param name="reads">Whether it reads products; else it goes ahead wherever the trial shop's folder is, and whichever is named.</param>
    /// <param name="limits">
    /// What becomes of the caps and limits that hold: whoever types a command may not have the server's settings, and they hold for every process on
    /// the database.
    /// </param>
    public static async Task<int> RunAsync(
        string data, Func<IServiceProvider, Task<int>> run, CancellationToken cancellationToken, bool jobs = false, bool begins = false, bool names = false, bool starts = true,
        bool reads = true, LimitsAtStart limits = LimitsAtStart.Leave)
    {
        await using var app = await ProductVideoApp.BuildAsync(data, url: null, reads: reads);
        var database = app.Services.GetRequiredService<IDatabasePlace>();
        if (!begins && !await database.IsBegunAsync(cancellationToken))
            return Failures.Say(Absent(database.Name, data), Failures.Refused);
        // Not among what the command answers: scripts read that.
        if (names)
            Console.Error.WriteLine($"Database: {database.Name}");
        if (!starts)
            return await run(app.Services);
        var options = app.Services.GetRequiredService<ProductVideoOptions>();
        options.Limits = limits;
        if (!jobs)
            options.Roles = ProcessRoles.Web;
        await app.StartAsync(cancellationToken);
        var code = await run(app.Services);
        await app.StopAsync(CancellationToken.None);
        return code;
    }

    private static string Absent(string database, string data) =>
        $"There is no ProductVideo in {database}. Name its data folder with --data FOLDER, or PRODUCTVIDEO_DATA; where it runs as a service, the command needs the service's settings too, "
        + $"and the script “productvideo” beside the program gives it both. A new one begins with: {OwnCommand.Here.Line(data, "serve")}";
}
