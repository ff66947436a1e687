namespace ProductVideo.Host.Commands;

/// <summary>Where the server of a data folder listens, left there for commands that run beside it.</summary>
internal static class ServerAddress
{
    private const string Default = "http://127.0.0.1:5080";

    public static void Write(string data, string address) => File.WriteAllText(FileOf(data), address);

    public static string Read(string data) => File.Exists(FileOf(data)) ? File.ReadAllText(FileOf(data)) : Default;

    private static string FileOf(string data) => Path.Combine(Path.GetFullPath(data), "address");
}
