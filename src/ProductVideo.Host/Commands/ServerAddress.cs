using System.Net;

namespace ProductVideo.Host.Commands;

/// <summary>Where the server of a data folder listens, left there for commands that run beside it.</summary>
internal static class ServerAddress
{
    private const string Default = "http://127.0.0.1:5080";

    /// <summary>Where it is reached from the machine that it runs on: all addresses at once, as 0.0.0.0, are none that a browser opens.</summary>
    /// <param name="listened">Where it listens.</param>
    public static string FromHere(string listened)
    {
        var address = new Uri(listened);
        return IPAddress.TryParse(address.IdnHost, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? $"{address.Scheme}://{new IPEndPoint(ip.Equals(IPAddress.Any) ? IPAddress.Loopback : IPAddress.IPv6Loopback, address.Port)}" : listened;
    }

    /// <summary>Writes it down.</summary>
    /// <returns>Takes it back, unless another server has left its own since.</returns>
    public static IDisposable Leave(string data, string address)
    {
        File.WriteAllText(FileOf(data), address);
        return new Left(FileOf(data), address);
    }

    public static string Read(string data) => File.Exists(FileOf(data)) ? File.ReadAllText(FileOf(data)) : Default;

    private static string FileOf(string data) => Path.Combine(Path.GetFullPath(data), "address");

    private sealed class Left(string file, string address) : IDisposable
    {
        public void Dispose()
        {
            if (File.Exists(file) && File.ReadAllText(file) == address)
                File.Delete(file);
        }
    }
}
