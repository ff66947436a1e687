using System.CommandLine;
using ProductVideo.Hosting;
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
                var address = parsed.GetValue(Url);
                Console.WriteLine(LinkOf(address ?? ServerAddress.Read(parsed.GetValue(CommonOptions.Data)!), token));
                // Beside the link, which scripts read.
                if (address is null && services.GetRequiredService<ProductVideoOptions>().PublicAddress is { } outside)
                    Console.Error.WriteLine($"From elsewhere: {LinkOf(outside.AbsoluteUri, token)}");
                return 0;
            }, cancellationToken, reads: false));
        return command;
    }

    private static string LinkOf(string address, string token) => $"{address.TrimEnd('/')}/sign-in?token={token}";
}
