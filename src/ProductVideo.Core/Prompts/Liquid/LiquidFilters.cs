using System.Collections.Frozen;
using System.Reflection;
using DotLiquid;
using DotLiquid.NamingConventions;

namespace ProductVideo.Prompts.Liquid;

/// <summary>
/// The standard filters by the names that Liquid gives them, whatever naming convention or filters of its own a host gives DotLiquid.
/// All but <c>date</c>, which reads the clock: the same product gives the same prompt on any day.
/// </summary>
internal static class LiquidFilters
{
    private static readonly FrozenDictionary<string, MethodInfo> All = Named();

    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>How many values a filter needs and takes beside the one before it; null if there is no such filter.</summary>
    public static (int Needs, int Takes)? Arguments(string name)
    {
        if (!All.TryGetValue(name, out var method))
            return null;
        var arguments = method.GetParameters().Where(p => p.ParameterType != typeof(Context)).Skip(1).ToList();
        return (arguments.Count(p => !p.HasDefaultValue), arguments.Count);
    }

    public static Strainer Strainer(Context context)
    {
        var strainer = new Strainer(context);
        foreach (var (name, method) in All)
            strainer.AddMethodInfo(name, null, method);
        return strainer;
    }

    /// <summary>DotLiquid's own knows texts only; Liquid's takes any value, and false and an empty list for none.</summary>
    public static object? Default(object? input, object? value) =>
        input is null or false or "" or System.Collections.ICollection { Count: 0 } ? value : input;

    private static FrozenDictionary<string, MethodInfo> Named()
    {
        var liquid = new RubyNamingConvention();
        var named = typeof(StandardFilters).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(m => liquid.GetMemberName(m.Name), StringComparer.Ordinal);
        named["default"] = typeof(LiquidFilters).GetMethod(nameof(Default))!;
        named.Remove("date");
        return named.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
