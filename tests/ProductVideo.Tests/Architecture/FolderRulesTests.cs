using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Architecture;

/// <summary>What may know what: the rules that the compiler can't hold because a folder is no project.</summary>
public sealed partial class FolderRulesTests
{
    private static readonly string Source = Path.Combine(Repository.Root, "src");

    private static IEnumerable<(string Path, string Text)> Files(string folder = "")
    {
        var root = Path.Combine(Source, folder);
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(file => (Path.GetRelativePath(Source, file).Replace('\\', '/'), File.ReadAllText(file)));
    }

    [Theory]
    [InlineData(@"^using Hangfire", "ProductVideo/Jobs/")]
    [InlineData(@"^using (Npgsql|Hangfire\.PostgreSql)", "ProductVideo/Data/Postgres/|ProductVideo/Jobs/")]
    [InlineData(@"^using Azure", "ProductVideo/BlobStores/AzureBlobs/")]
    [InlineData(@"^using NetVips", "ProductVideo/Imaging/|ProductVideo/Rendering/")]
    [InlineData(@"^using CsvHelper", "ProductVideo/Storefronts/|ProductVideo/Exports/|ProductVideo/Backfills/ProductNames.cs")]
    [InlineData(@"^using DotLiquid", "ProductVideo.Core/Prompts/Liquid/")]
    [InlineData(@"^using MudBlazor", "ProductVideo.Admin/")]
    [InlineData(@"^using Spectre", "ProductVideo.Host/Terminal/")]
    [InlineData(@"^using (static )?System\.Diagnostics\.Process|\bnew ProcessStartInfo\b", "ProductVideo/Rendering/")]
    public void a_library_is_known_in_its_folder_only(string usage, string folders)
    {
        var users = Files().Where(file => Regex.IsMatch(file.Text, usage, RegexOptions.Multiline, TimeSpan.FromSeconds(5))).Select(file => file.Path).ToList();
        users.ShouldNotBeEmpty("the rule guards nothing");
        users.Where(path => !folders.Split('|').Any(folder => path.StartsWith(folder, StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void core_reads_no_clock_file_or_network()
    {
        var forbidden = ForbiddenInCore();
        Files("ProductVideo.Core").Where(file => forbidden.IsMatch(file.Text)).Select(file => file.Path).ShouldBeEmpty();
    }

    [Fact]
    public void core_references_nothing_of_ours() =>
        typeof(ProductVideo.Generations.Generation).Assembly.GetReferencedAssemblies().Select(name => name.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not ("netstandard" or "DotLiquid")).ShouldBeEmpty();

    [Theory]
    [InlineData("Providers")]
    [InlineData("Storefronts")]
    [InlineData("BlobStores")]
    public void no_adapter_names_another_or_the_pipeline(string kind)
    {
        var adapters = Directory.GetDirectories(Path.Combine(Source, "ProductVideo", kind)).Select(Path.GetFileName).ToList();
        adapters.ShouldNotBeEmpty();
        foreach (var adapter in adapters)
        {
            foreach (var (path, text) in Files($"ProductVideo/{kind}/{adapter}"))
            {
                foreach (var used in AdapterUse().Matches(text).Select(match => match.Groups[1].Value))
                    used.ShouldStartWith($"{kind}.{adapter}", Case.Sensitive, $"{path} names {used}");
                text.ShouldNotContain("using ProductVideo.Pipeline", Case.Sensitive, path);
                text.ShouldNotContain("using ProductVideo.Jobs", Case.Sensitive, path);
                text.ShouldNotContain("using ProductVideo.Data", Case.Sensitive, path);
            }
        }
    }

    [Theory]
    [InlineData("Rendering")]
    [InlineData("Data")]
    [InlineData("Jobs")]
    public void what_the_local_renderer_is_made_of_knows_no_adapter(string folder) =>
        Files($"ProductVideo/{folder}").Where(file => AdapterUse().IsMatch(file.Text)).Select(file => file.Path).ShouldBeEmpty();

    [Theory]
    [InlineData("Providers", typeof(ProductVideo.Conformance.Providers.VideoProviderConformance))]
    [InlineData("Storefronts", typeof(ProductVideo.Conformance.Storefronts.StorefrontConformance))]
    public void every_adapter_passes_the_suite_of_its_kind(string kind, Type suite)
    {
        var judged = typeof(FolderRulesTests).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(suite)).Select(type => type.Namespace).ToHashSet();
        var adapters = Directory.GetDirectories(Path.Combine(Source, "ProductVideo", kind)).Select(Path.GetFileName).ToList();
        adapters.ShouldNotBeEmpty();
        adapters.Where(adapter => !judged.Contains($"ProductVideo.Tests.{kind}.{adapter}")).ShouldBeEmpty();
    }

    [Fact]
    public void every_adapter_folder_has_a_readme()
    {
        var folders = new[] { "Providers", "Storefronts", "BlobStores" }.SelectMany(kind => Directory.GetDirectories(Path.Combine(Source, "ProductVideo", kind)));
        folders.Where(folder => !File.Exists(Path.Combine(folder, "README.md"))).ShouldBeEmpty();
    }

    [Fact]
    public void no_file_written_by_hand_is_longer_than_400_lines() =>
        Files().Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal) && file.Text.Count(c => c == '\n') > 400)
            .Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void no_folder_is_named_for_a_kind_of_type()
    {
        string[] refused = ["Services", "Models", "Helpers", "Utils", "Common", "Managers", "Interfaces"];
        Files().SelectMany(file => file.Path.Split('/')[..^1]).Distinct().Intersect(refused).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\b(File|Directory|DateTime|DateTimeOffset|Stopwatch|HttpClient|Environment)\.(Read|Write|Open|Exists|Create|Delete|Now|UtcNow|GetFiles|Enumerate|GetTimestamp|GetEnvironment)|TimeProvider|System\.IO\.File")]
    private static partial Regex ForbiddenInCore();

    [GeneratedRegex(@"using (?:static )?ProductVideo\.((?:Providers|Storefronts|BlobStores)\.\w+)")]
    private static partial Regex AdapterUse();
}
