using System.Collections;
using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProductVideo.Hosting;

/// <summary>
/// What a section of the settings says and its options don't take. The framework's binder passes over unknown names, and within lists and
/// tables over values that it can't read: a cap whose subject is misspelt would then be a cap on everything.
/// </summary>
internal static class SectionCheck
{
    private const BindingFlags Settable = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>Binds a section and refuses what is in it and not understood.</summary>
    public static OptionsBuilder<TOptions> BindSection<TOptions>(this OptionsBuilder<TOptions> builder, string section) where TOptions : class
    {
        builder.Services.CheckSection<TOptions>(builder.Name, section, typeof(TOptions));
        return builder.BindConfiguration(section);
    }

    /// <summary>Refuses options whose section has in it what is not understood; the section itself is known then.</summary>
    /// <param name="services">Where the options are.</param>
    /// <param name="name">Of the options.</param>
    /// <param name="section">Their section.</param>
    /// <param name="type">What that is read as.</param>
    public static void CheckSection<TOptions>(this IServiceCollection services, string? name, string section, Type type) where TOptions : class =>
        services.AddProductVideoSection(section).AddSingleton<IValidateOptions<TOptions>>(provider => new Validation<TOptions>(name, provider.GetRequiredService<IConfiguration>().GetSection(section), type));

    /// <summary>One sentence for each mistake, with the setting's name.</summary>
    /// <param name="section">What is written.</param>
    /// <param name="type">What it is read as.</param>
    public static IEnumerable<string> Mistakes(IConfigurationSection section, Type type)
    {
        var read = Nullable.GetUnderlyingType(type) ?? type;
        if (IsValue(read))
            return OfValue(section, read);
        if (ItemOf(read) is { } item)
            return IsBare(section) ? [$"{section.Path} has several values: write each by itself, the first as {section.Path}:0."] : section.GetChildren().SelectMany(one => Mistakes(one, item));
        if (read.IsInterface || read.IsAbstract)
            return [];
        return IsBare(section) ? [$"{section.Path} is a group of settings: write {string.Join(", ", NamesIn(read).Select(name => $"{section.Path}:{name}"))}."] : OfGroup(section, read);
    }

    /// <summary>What options take, and as what each is read.</summary>
    public static Dictionary<string, Type> SettingsOf(Type type) =>
        PropertiesOf(type).ToDictionary(NameOf, property => property.PropertyType, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> OfValue(IConfigurationSection section, Type type)
    {
        foreach (var child in section.GetChildren())
            yield return $"{child.Path} is no setting: {section.Path} is a single value.";
        if (section.Value is { Length: > 0 } value && !IsReadable(value, type))
            yield return $"{section.Path} can't be '{value}'. Write {SettingForms.Of(type)}.";
    }

    private static IEnumerable<string> OfGroup(IConfigurationSection section, Type type)
    {
        var known = SettingsOf(type);
        return section.GetChildren().SelectMany(child => known.TryGetValue(child.Key, out var kind)
            ? Mistakes(child, kind)
            : [$"{child.Path} is no setting. {section.Path} takes {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}."]);
    }

    private static IEnumerable<string> NamesIn(Type type) => PropertiesOf(type).Select(NameOf).Order(StringComparer.Ordinal);

    /// <summary>What the binder fills: what can be set, and lists and tables that are there.</summary>
    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties(Settable).Where(property => property.GetIndexParameters().Length == 0 && (property.SetMethod is { IsPublic: true } || ItemOf(property.PropertyType) is not null));

    private static string NameOf(PropertyInfo property) => property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    /// <summary>What a list or a table holds; null for what is neither.</summary>
    private static Type? ItemOf(Type type)
    {
        if (type == typeof(string) || !typeof(IEnumerable).IsAssignableFrom(type))
            return null;
        if (type.IsArray)
            return type.GetElementType();
        var arguments = type.GetInterfaces().Append(type)
            .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>)).Select(face => face.GetGenericArguments()[0]).FirstOrDefault();
        return arguments is { IsGenericType: true } pair && pair.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? pair.GetGenericArguments()[1] : arguments;
    }

    private static bool IsValue(Type type) => type.IsPrimitive || type.IsEnum || TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    private static bool IsBare(IConfigurationSection section) => section.Value is { Length: > 0 };

    private static bool IsReadable(string value, Type type)
    {
        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException || e.InnerException is FormatException or OverflowException)
        {
            return false;
        }
    }

    private sealed class Validation<TOptions>(string? own, IConfigurationSection section, Type type) : IValidateOptions<TOptions> where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options) => name != own ? ValidateOptionsResult.Skip
            : Mistakes(section, type).ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
