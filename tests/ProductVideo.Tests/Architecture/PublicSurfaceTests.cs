using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Migrations;
using ProductVideo.Admin;
using ProductVideo.Generations;
using ProductVideo.Hosting;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Architecture;

/// <summary>
/// What others may build on and we may not break: each type that is public stands in <c>PublicSurface.txt</c>, so that one more is seen where
/// the change is looked at. That it is enough for somebody else is proved by the project <c>ProductVideo.Outside</c>, which builds.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly string Kept = Path.Combine(Repository.Root, "tests", "ProductVideo.Tests", "Architecture", "PublicSurface.txt");

    [Fact]
    public void every_public_type_is_in_the_list()
    {
        Assembly[] ours = [typeof(Generation).Assembly, typeof(ProductVideoServices).Assembly, typeof(AdminServices).Assembly];
        var found = ours.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !IsPublicByItsTool(type))
            .Select(type => type.FullName!.Replace('+', '.')).Order(StringComparer.Ordinal).ToList();
        var made = Path.Combine(AppContext.BaseDirectory, "PublicSurface.txt");
        File.WriteAllLines(made, found);

        found.ShouldBe(File.ReadAllLines(Kept), Case.Sensitive, $"If this is meant: cp {made} {Kept}");
    }

    /// <summary>Razor makes each component public, also the file of its imports, and the tool that writes migrations each of those.</summary>
    private static bool IsPublicByItsTool(Type type) =>
        type.IsAssignableTo(typeof(IComponent)) || type.Name is "_Imports" || type.IsAssignableTo(typeof(Migration));
}
