using System.CommandLine;
using System.Net;
using ProductVideo.Hosting;
using ProductVideo.Security;

namespace ProductVideo.Host.Commands;

/// <summary>Serves the admin, the API and the sample shop until stopped.</summary>
internal static class ServeCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "The port to listen on.", DefaultValueFactory = _ => 5080 };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The IP address to listen on, or localhost; only this machine unless said otherwise.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<string?> Roles = new("--roles")
    {
        Description = $"What this process does, of {ProcessRoles.All}; see ProductVideo:Roles. Everything, unless said otherwise.",
    };

    public static Command Create(string name)
    {
        var command = new Command(name, "Serves the admin, the API and the sample shop until stopped. This is the default.");
        Configure(command);
        return command;
    }

    public static void Configure(Command command)
    {
        command.Options.Add(CommonOptions.Data);
        command.Options.Add(Port);
        command.Options.Add(Host);
        command.Options.Add(Roles);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(CommonOptions.Data)!, parsed.GetValue(Host)!, parsed.GetValue(Port), parsed.GetValue(Roles), cancellationToken));
    }

    private static async Task<int> RunAsync(string data, string host, int port, string? roles, CancellationToken cancellationToken)
    {
        if (port is < 0 or > 65535)
            return Failures.Say($"{port} is not a port. Choose one from 1 to 65535, for example --port 5080.", Failures.Refused);
        if (AddressOf(host) is not { } address)
            return Failures.Say($"'{host}' is no address to listen on. Give --host an IP address of this machine, 0.0.0.0 for all of them, or localhost.", Failures.Refused);
        await using var app = ProductVideoApp.Build(data, $"http://{new IPEndPoint(address, port)}", roles);
        await app.StartAsync(cancellationToken);
        var has = ProcessRoles.In(app.Services.GetRequiredService<ProductVideoOptions>().Roles);
        if (has.Contains(ProcessRoles.Web))
            await InviteAsync(app, data, cancellationToken);
        else
            Console.WriteLine($"ProductVideo runs as {string.Join(", ", has)}. Its health: {app.Urls.First()}/health/ready");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static IPAddress? AddressOf(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback : IPAddress.TryParse(host, out var address) ? address : null;

    private static async Task InviteAsync(WebApplication app, string data, CancellationToken cancellationToken)
    {
        var address = app.Urls.First();
        ServerAddress.Write(data, address);
        var token = await app.Services.GetRequiredService<SignInLinks>().CreateAsync(cancellationToken);
        var sample = ProductVideoApp.HasSample(app.Configuration) ? $"Sample shop as shoppers see it: {address}/shop/{ProductVideoApp.SampleShop}\n  " : "";
        Console.WriteLine($"""

              ProductVideo is running. Open this link; it signs you in once:

                {address}/sign-in?token={token}

              {sample}Stop with Ctrl+C. Another link: {OwnCommand.Here.Line(data, "sign-in")}

            """);
    }
}
