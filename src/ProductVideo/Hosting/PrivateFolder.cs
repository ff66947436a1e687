namespace ProductVideo.Hosting;

/// <summary>Folders whose files nobody else on the machine may read: passwords lie in them beside the keys that open them.</summary>
internal static class PrivateFolder
{
    /// <summary>What a private folder lets whom do.</summary>
    public const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Makes a folder where it is missing. One that is there keeps the rights that it was given, those that it lies in are made as ever, and on
    /// Windows it has its parent's rights.
    /// </summary>
    /// <param name="path">Of the folder.</param>
    /// <returns>Its full path.</returns>
    public static string Make(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OnlyOwner)).FullName;
}
