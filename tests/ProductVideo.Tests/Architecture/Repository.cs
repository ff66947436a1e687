namespace ProductVideo.Tests.Architecture;

/// <summary>Where the checkout is, found from where the tests run.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "ProductVideo.sln")) ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("ProductVideo.sln was not found above the tests."));
}
