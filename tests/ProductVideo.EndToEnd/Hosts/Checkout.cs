namespace ProductVideo.EndToEnd.Hosts;

/// <summary>Where the checkout is, found from where the tests run, and folders for one test each.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string SampleShop { get; } = Path.Combine(Root, "src", "ProductVideo.Host", "SampleShop");

    /// <summary>A new, empty folder.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("pv-e2e-").FullName;

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ProductVideo.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("ProductVideo.sln was not found above the tests."));
}
