using System.CommandLine;
using System.Net;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using ProductVideo.Security;
using Command = System.CommandLine.Command;

namespace ProductVideo.Host.Commands;

/// <summary>Serves the admin, the API and the sample shop until stopped.</summary>
internal static class ServeCommand
{
    private const int UsualPort = 5080;

    internal static readonly Option<int?> Port = PlainOptions.Whole("--port", "The port to listen on; 5080 if left out.");

    internal static readonly Option<string> Host = new("--host")
    {
        Description = "The IP address to listen on, or localhost; only this machine unless said otherwise.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<string?> Roles = new("--roles")
    {
        Description = $"What this process does, of {ProcessRoles.All}; see ProductVideo:Roles. Everything, unless said otherwise.",
    };

    private static readonly Option<bool> PrintLink = new("--print-link")
    {
        Description = "Prints a sign-in link where standard output is no terminal too. Whoever reads it there, as in a service's log, has all rights.",
    };

    public static Command Create(string name)
    {
        var command = new Command(name, "Serves the admin, the API and the sample shop until stopped. This is the default.");
        Configure(command);
        return command;
    }

    public static void Configure(Command command)
    {
        command.Options.Add(Port);
        command.Options.Add(Host);
        command.Options.Add(Roles);
        command.Options.Add(PrintLink);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(CommonOptions.Data)!, UrlOf(parsed), parsed.GetValue(Roles), parsed.GetValue(PrintLink) || !Console.IsOutputRedirected, cancellationToken));
    }

    /// <summary>Where to listen, by the words of a command that takes <see cref="Host"/> and <see cref="Port"/>.</summary>
    /// <exception cref="RefusedException">One can't be listened on.</exception>
    internal static string UrlOf(ParseResult parsed)
    {
        var (host, port) = (parsed.GetValue(Host)!, parsed.GetValue(Port) ?? UsualPort);
        if (port is < 0 or > 65535)
            throw Bad($"{port} is not a port. Choose one from 1 to 65535, for example --port 5080.", "port");
        return AddressOf(host) is { } address ? $"http://{new IPEndPoint(address, port)}"
            : throw Bad($"'{host}' is no address to listen on. Give --host an IP address of this machine, 0.0.0.0 for all of them, or localhost.", "host");
    }

    private static RefusedException Bad(string text, string field) => new(RefusalKind.Invalid, new Problem("invalid_address", text, text), field);

    private static async Task<int> RunAsync(string data, string url, string? roles, bool printLink, CancellationToken cancellationToken)
    {
        await using var app = await ProductVideoApp.BuildAsync(data, url, roles);
        await app.StartAsync(cancellationToken);
        var (address, has) = (ServerAddress.FromHere(app.Urls.First()), ProcessRoles.In(app.Services.GetRequiredService<ProductVideoOptions>().Roles));
        if (!has.Contains(ProcessRoles.Web))
        {
            Console.WriteLine($"ProductVideo runs as {string.Join(", ", has)}. Its health: {address}/health/ready");
            await app.WaitForShutdownAsync(cancellationToken);
            return 0;
        }

        await using var left = ServerAddress.Leave(data, address);
        await InviteAsync(app, data, address, printLink, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static IPAddress? AddressOf(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.TryParse(host, out var address) ? address : null;

    private static async Task InviteAsync(WebApplication app, string data, string address, bool printLink, CancellationToken cancellationToken)
    {
        // Others than who started it may read what it prints: a service's log is kept, and its link would let them in.
        if (!printLink)
        {
            Console.WriteLine($"ProductVideo is running at {address}. A link that signs you in: {OwnCommand.Here.Line(data, "sign-in")}");
            return;
        }

        var token = await app.Services.GetRequiredService<SignInLinks>().CreateAsync(cancellationToken);
        var sample = app.Services.GetService<TrialFolder>() is { } trial
            ? $"{(trial.Own is { } own ? $"The shop in {own}" : "Sample shop")} as shoppers see it: {address}/shop/{ProductVideoApp.SampleShop}\n  " : "";
        Console.WriteLine($"""

              ProductVideo is running. Open this link; it signs you in once:

                {address}/sign-in?token={token}

              {sample}Stop with Ctrl+C. Another link: {OwnCommand.Here.Line(data, "sign-in")}

            """);
    }
}
