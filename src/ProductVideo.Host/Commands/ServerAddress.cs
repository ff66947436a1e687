namespace ProductVideo.Host.Commands;

/// <summary>Where the server of a data folder listens, left there for commands that run beside it.</summary>
internal static class ServerAddress
{
    private const string Default = "http://127.0.0.1:5080";

    public static void Write(string data, string address) => File.WriteAllText(FileOf(data), address);

    /// <summary>Takes it back, unless another server has left its own since.</summary>
    public static void Remove(string data, string address)
    {
        if (File.Exists(FileOf(data)) && File.ReadAllText(FileOf(data)) == address)
            File.Delete(FileOf(data));
    }

    public static string Read(string data) => File.Exists(FileOf(data)) ? File.ReadAllText(FileOf(data)) : Default;

    private static string FileOf(string data) => Path.Combine(Path.GetFullPath(data), "address");
}
