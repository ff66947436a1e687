using System.CommandLine;

namespace ProductVideo.Host.Commands;

/// <summary>What many commands take.</summary>
internal static class CommonOptions
{
    /// <summary>Where the database and the videos are, if nothing else is said.</summary>
    public static string DataFolder { get; } = Environment.GetEnvironmentVariable("PRODUCTVIDEO_DATA") is { Length: > 0 } data ? data : "data";

    /// <summary>Given once, to the whole program: each of its commands takes it.</summary>
    public static readonly Option<string> Data = new("--data")
    {
        Description = "The folder of the database and the videos.",
        DefaultValueFactory = _ => DataFolder,
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json") { Description = "Prints one JSON document instead of lines." };

    public static readonly Option<string> Shop = new("--shop") { Description = "The shop's key.", DefaultValueFactory = _ => "sample" };
}
