namespace ProductVideo.EndToEnd.Hosts;

/// <summary>Where the checkout is, found from where the tests run, and folders for one test each.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string SampleShop { get; } = Path.Combine(Root, "src", "ProductVideo.Host", "SampleShop");

    /// <summary>Where <c>tests/run</c> published the host, with what it was built of; null where nobody did.</summary>
    public static string? Published { get; } = Environment.GetEnvironmentVariable("PUBLISHED_HOST") is { Length: > 0 } folder ? folder : null;

    /// <summary>A new, empty folder.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("pv-e2e-").FullName;

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ProductVideo.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("ProductVideo.sln was not found above the tests."));
}
