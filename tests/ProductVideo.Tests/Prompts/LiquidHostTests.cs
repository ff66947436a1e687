using System.Globalization;
using DotLiquid;
using DotLiquid.FileSystems;
using DotLiquid.NamingConventions;
using ProductVideo.Prompts.Liquid;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Prompts;

/// <summary>A host may use DotLiquid itself, whose settings are the process's: they are changed here, so nothing else runs meanwhile.</summary>
[Collection(nameof(LiquidHostTests))]
[CollectionDefinition(nameof(LiquidHostTests), DisableParallelization = true)]
public sealed class LiquidHostTests
{
    [Fact]
    public void a_host_keeps_its_own_dotliquid()
    {
        Render().ShouldBe("MUG2[Image 1]");
        Template.NamingConvention.ShouldBeOfType<RubyNamingConvention>();
        Template.FileSystem.ShouldBeOfType<BlankFileSystem>();
        Template.DefaultIsThreadSafe.ShouldBeFalse();
        Template.DefaultSyntaxCompatibilityLevel.ShouldBe(SyntaxCompatibility.DotLiquid20);
        Template.Parse("{{ 'x' | product_video_text }}{{ 'x' | size }}").Render(CultureInfo.InvariantCulture).ShouldBe("x1");
    }

    [Fact]
    public void what_a_host_tells_dotliquid_changes_no_prompt()
    {
        var convention = Template.NamingConvention;
        try
        {
            Template.NamingConvention = new CSharpNamingConvention();
            Template.RegisterFilter(typeof(HostFilters));
            Template.RegisterValueTypeTransformer(typeof(string), value => $"&quot;{value}");
            Render().ShouldBe("MUG2[Image 1]");
            Should.Throw<ProductVideo.Prompts.Liquid.LiquidException>(() => LiquidTemplate.Parse("{{ 'x' | shout }}", new HashSet<string>()));
        }
        finally
        {
            Template.RegisterValueTypeTransformer(typeof(string), value => value);
            Template.NamingConvention = convention;
        }
    }

    private static string Render()
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["product.title"] = "<b>Mug</b>", ["pictures.names"] = new[] { "[Image 1]", "[Image 2]" } };
        return LiquidTemplate.Parse("{{ product.title | strip_html | upcase }}{{ pictures.names.size }}{{ pictures.names.first }}", values.Keys.ToHashSet(StringComparer.Ordinal))
            .Render(values);
    }

    private static class HostFilters
    {
        public static string Upcase(string input) => $"host {input}";

        public static string upcase(string input) => $"host {input}";

        public static string shout(string input) => $"{input}!";
    }
}
