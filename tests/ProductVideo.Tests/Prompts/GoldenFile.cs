using System.Runtime.CompilerServices;
using Shouldly;

namespace ProductVideo.Tests.Prompts;

/// <summary>Compares text with a file beside the tests. Set UPDATE_GOLDEN=1 to write what is now, then read the difference before committing it.</summary>
internal static class GoldenFile
{
    public static void ShouldHold(string name, string actual, [CallerFilePath] string test = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(test)!, "Golden", name);
        actual = actual.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        actual.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"{name} differs; set UPDATE_GOLDEN=1 if that is meant");
    }
}
