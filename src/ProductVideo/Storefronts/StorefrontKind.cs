using Microsoft.Extensions.Configuration;
using ProductVideo.Catalog;

namespace ProductVideo.Storefronts;

/// <summary>A kind of shop whose connection fields are the settings of <typeparamref name="TOptions"/>: settings and form know the same things and refuse the same.</summary>
internal abstract class StorefrontKind<TOptions> : IStorefrontKind where TOptions : ShopOptions, new()
{
    public abstract string Key { get; }

    public abstract string Name { get; }

    public abstract IReadOnlyList<string> Steps { get; }

    public abstract IReadOnlyList<ConnectionField> Fields { get; }

    /// <param name="options">Without mistakes.</param>
    public abstract IStorefront Make(TOptions options);

    public IReadOnlyList<ConnectionMistake> Mistakes(string shop, IReadOnlyDictionary<string, string> values) =>
        Read(shop, values) is var (options, unread) && unread is not null ? [unread] : [.. ShopOptionsRules.Mistakes(options).Select(Mistake)];

    public ConnectedShop Open(string shop, IReadOnlyDictionary<string, string> values)
    {
        var (options, unread) = Read(shop, values);
        return unread is null && !ShopOptionsRules.Mistakes(options).Any()
            ? new(Make(options), options.Pictures) : throw new ArgumentException($"The values of shop '{shop}' have mistakes; ask for them before a storefront is made.", nameof(values));
    }

    private (TOptions Options, ConnectionMistake? Unread) Read(string shop, IReadOnlyDictionary<string, string> values)
    {
        var known = Fields.Where(field => values.TryGetValue(field.Name, out var value) && !string.IsNullOrWhiteSpace(value))
            .ToDictionary(field => field.Name, field => (string?)values[field.Name].Trim(), StringComparer.Ordinal);
        var options = new TOptions();
        foreach (var (name, value) in known)
        {
            try
            {
                new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build().Bind(options);
            }
            catch (InvalidOperationException)
            {
                return (options, new ConnectionMistake(name, $"{name} is '{value}', which can't be read. Write it as in the example."));
            }
        }

        options.Shop = shop;
        return (options, Unread: null);
    }

    private ConnectionMistake Mistake(SettingMistake mistake) =>
        new(Fields.Any(field => field.Name == mistake.Setting) ? mistake.Setting : null, mistake.ForConnection ?? mistake.Text);
}
