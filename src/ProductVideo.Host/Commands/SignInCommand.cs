using System.CommandLine;
using ProductVideo.Security;

namespace ProductVideo.Host.Commands;

/// <summary>Another one-time link for a server that runs on the same data folder.</summary>
internal static class SignInCommand
{
    private static readonly Option<string?> Url = new("--url") { Description = "The server's address, if it is reached by another than its own." };

    public static Command Create()
    {
        var command = new Command("sign-in", "Prints another one-time sign-in link.") { Url };
        command.SetAction((parsed, cancellationToken) =>
            WithDatabase.RunAsync(parsed.GetValue(CommonOptions.Data)!, async services =>
            {
                var token = await services.GetRequiredService<SignInLinks>().CreateAsync(cancellationToken);
                var address = parsed.GetValue(Url) ?? ServerAddress.Read(parsed.GetValue(CommonOptions.Data)!);
                Console.WriteLine($"{address.TrimEnd('/')}/sign-in?token={token}");
                return 0;
            }, cancellationToken));
        return command;
    }
}
