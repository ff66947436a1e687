using System.Net;
using System.Net.Sockets;

namespace ProductVideo.Host.Commands;

/// <summary>Where the server of a data folder listens, left there for commands that run beside it.</summary>
internal static class ServerAddress
{
    private const string Default = "http://127.0.0.1:5080";

    /// <summary>Of another machine, whose data folder was moved here, no answer may come at all.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    /// <summary>Where it is reached from the machine that it runs on: all addresses at once, as 0.0.0.0, are none that a browser opens.</summary>
    /// <param name="listened">Where it listens.</param>
    public static string FromHere(string listened)
    {
        var address = new Uri(listened);
        return IPAddress.TryParse(address.IdnHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? $"{address.Scheme}://{new IPEndPoint(ip.Equals(IPAddress.Any) ? IPAddress.Loopback : IPAddress.IPv6Loopback, address.Port)}" : listened;
    }

    /// <summary>Writes it down.</summary>
    /// <returns>Takes it back, unless another server has left its own since; what another had left before stands there again if that still runs.</returns>
    public static IAsyncDisposable Leave(string data, string address)
    {
        var before = LeftIn(data);
        File.WriteAllText(FileOf(data), address);
        return new Left(FileOf(data), address, before == address ? null : before);
    }

    public static string Read(string data) => LeftIn(data) ?? Default;

    /// <summary>The address that a server left, where something listens at it: one that was killed leaves its own behind.</summary>
    /// <returns>null where none runs.</returns>
    public static async Task<string?> AnsweringAsync(string data, CancellationToken cancellationToken) =>
        LeftIn(data) is { } left ? await AnsweringAtAsync(left, cancellationToken) : null;

    private static async Task<string?> AnsweringAtAsync(string left, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(left, UriKind.Absolute, out var address))
            return null;
        using var look = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        look.CancelAfter(LongestLook);
        using var tcp = new TcpClient();
        try
        {
            await tcp.ConnectAsync(address.IdnHost, address.Port, look.Token);
            return address.GetLeftPart(UriPartial.Authority);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>What to do where what <see cref="AnsweringAsync"/> found is none of the data folder's.</summary>
    public static string IfStale(string data) => $"If what runs there is something else, delete the file {FileOf(data)}.";

    private static string? LeftIn(string data) => File.Exists(FileOf(data)) ? File.ReadAllText(FileOf(data)) : null;

    private static string FileOf(string data) => Path.Combine(Path.GetFullPath(data), "address");

    private sealed class Left(string file, string address, string? before) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            if (!File.Exists(file) || File.ReadAllText(file) != address)
                return;
            if (before is not null && await AnsweringAtAsync(before, CancellationToken.None) is not null)
                await File.WriteAllTextAsync(file, before);
            else
                File.Delete(file);
        }
    }
}
