using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Architecture;

/// <summary>What must not stand in the project: secrets, paths of a machine, hosts of a registry, unfinished ends.</summary>
public sealed partial class PublicWordsTests
{
    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Repository.Root, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(file => !Foreign().IsMatch(file.Replace('\\', '/')) && Path.GetFileName(file) is not "package-lock.json")
        .Where(file => Path.GetExtension(file) is ".cs" or ".md" or ".json" or ".razor" or ".css" or ".js" or ".props" or ".csproj" or ".py" or ".sh" or ".liquid" or ".php" or ".ts" or ".tsx"
            or ".mjs" or ".mts" or ".toml" or ".cshtml" or ".txt" or ".yaml" or ".graphql" or ".npmrc" or "");

    [Fact]
    public void no_file_says_what_belongs_to_one_machine_or_holds_a_secret()
    {
        var files = Files().ToList();
        files.Count.ShouldBeGreaterThan(100);
        files.Where(file => Forbidden().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, file)))).ShouldBeEmpty();
    }

    [Fact]
    public void no_lock_file_says_which_registry_it_was_made_with()
    {
        var locks = Directory.EnumerateFiles(Repository.Root, "package-lock.json", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Where(file => !Foreign().IsMatch(file.Replace('\\', '/'))).ToList();
        locks.Count.ShouldBeGreaterThan(5);
        locks.Where(file => File.ReadAllText(Path.Combine(Repository.Root, file)).Contains("\"resolved\": \"http", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void nothing_is_left_unfinished_by_its_own_word() =>
        Files().Where(file => file.StartsWith("src", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => Unfinished().IsMatch(File.ReadAllText(Path.Combine(Repository.Root, file)))).ShouldBeEmpty();

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules|\.git|\.medusa|\.shopify|\.cache|dist|data|\.vs|\.idea|TestResults|artifacts|Fonts)(/|$)")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"/w[o]rk/|/tmp/p[v]|/f[a]rm/|registry\.npmjs|api\.nuget\.org|sk-[A-Za-z0-9]{20}|AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"NotImplementedException|\bTO[D]O\b|\bFIX[M]E\b|\bHA[C]K\b|catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex Unfinished();
}
