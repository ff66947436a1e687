using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ProductVideo.Hosting;

/// <summary>
/// The sections of the settings, each named by the part that reads it. One that nobody reads is a mistake: with a misspelt <c>Spending</c> a
/// server would order without its caps, and with a misspelt <c>Database</c> it would begin a new one beside its own.
/// </summary>
public static class KnownSections
{
    private const string Prefix = ProductVideoOptions.Section + ":";

    /// <summary>Names a section that a part of your own program reads, which would be refused at the start otherwise.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The section's path, for example <c>ProductVideo:MyProvider</c>.</param>
    /// <param name="readAs">
    /// The options that it is read as: what stands in it and isn't theirs is refused. Null where its reader sees to that, as it must for a section that
    /// lies deeper than directly below <c>ProductVideo</c>.
    /// </param>
    /// <exception cref="ArgumentException">The section is not below <c>ProductVideo</c>.</exception>
    public static IServiceCollection AddProductVideoSection(this IServiceCollection services, string section, Type? readAs = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (!section.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || section.Length == Prefix.Length)
            throw new ArgumentException($"'{section}' is no section below {ProductVideoOptions.Section}; write {Prefix}NAME.", nameof(section));
        var parts = section[Prefix.Length..].Split(':', 2);
        // What stands beside a section that lies deeper is for its own reader to know.
        return services.AddSingleton(new KnownSection(parts[0], parts.Length == 1 ? readAs : null));
    }

    /// <summary>Tells every setting that nothing reads.</summary>
    internal sealed class Validation(IConfiguration configuration, IEnumerable<KnownSection> sections) : IValidateOptions<ProductVideoOptions>
    {
        public ValidateOptionsResult Validate(string? name, ProductVideoOptions options)
        {
            var read = sections.Concat(SectionCheck.SettingsOf(typeof(ProductVideoOptions)).Select(own => new KnownSection(own.Key, own.Value)))
                .ToLookup(known => known.Name, StringComparer.OrdinalIgnoreCase);
            var mistakes = configuration.GetSection(ProductVideoOptions.Section).GetChildren().SelectMany(child => read.Contains(child.Key)
                ? read[child.Key].Select(known => known.ReadAs).OfType<Type>().Distinct().SelectMany(type => SectionCheck.Mistakes(child, type))
                : [Unknown(child, [.. read.Select(known => known.Key).Order(StringComparer.Ordinal)])]).ToList();
            return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
        }

        private static string Unknown(IConfigurationSection section, IReadOnlyList<string> names) => Spelling.Nearest(section.Key, names) is { } meant
            ? $"{section.Path} is no setting. Did you mean {Prefix}{meant}?"
            : $"{section.Path} is no setting. {ProductVideoOptions.Section} takes {string.Join(", ", names)}.";
    }
}

/// <summary>What some part of the program reads, directly below <c>ProductVideo</c>.</summary>
/// <param name="Name">Of the section, or of the one that it lies in.</param>
/// <param name="ReadAs">Null where its reader sees to what is in it.</param>
internal sealed record KnownSection(string Name, Type? ReadAs);
