using System.Globalization;
using ProductVideo.Providers.DashScope;
using ProductVideo.Providers.Fal;
using ProductVideo.Providers.GeminiOmni;
using ProductVideo.Providers.Kling;
using ProductVideo.Providers.OpenRouter;
using ProductVideo.Providers.Replicate;
using ProductVideo.Providers.Runway;
using ProductVideo.Providers.Seedance;

namespace ProductVideo.EndToEnd.Live;

/// <summary>A real service, and what may be spent there.</summary>
/// <param name="Provider">Its key in the product, for example <c>happyhorse</c>.</param>
/// <param name="Section">Its settings are <c>ProductVideo:SECTION</c>.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="ApiKey">A real one. Secret.</param>
/// <param name="Limit">The most that the run may spend.</param>
/// <param name="Currency">Of <paramref name="Limit"/>.</param>
internal sealed record LiveService(string Provider, string Section, Uri Address, string ApiKey, decimal Limit, string Currency)
{
    private static readonly Dictionary<string, (string Section, Uri Address)> Known = new(StringComparer.Ordinal)
    {
        ["happyhorse"] = ("HappyHorse", new DashScopeOptions().BaseAddress),
        ["wan"] = ("Wan", new DashScopeOptions().BaseAddress),
        ["seedance"] = ("Seedance", new SeedanceOptions().BaseAddress),
        ["kling"] = ("Kling", new KlingOptions().BaseAddress),
        ["runway"] = ("Runway", new RunwayOptions().BaseAddress),
        ["fal"] = ("Fal", new FalOptions().BaseAddress),
        ["gemini-omni"] = ("GeminiOmni", new GeminiOmniOptions().BaseAddress),
        ["openrouter"] = ("OpenRouter", new OpenRouterOptions().BaseAddress),
        ["replicate"] = ("Replicate", new ReplicateOptions().BaseAddress),
    };

    /// <summary>Reads <c>PRODUCTVIDEO_LIVE</c> and its companions; every mistake is named at once.</summary>
    /// <param name="variable">The environment.</param>
    /// <exception cref="InvalidOperationException">Something is missing or unreadable.</exception>
    public static LiveService Read(Func<string, string?> variable)
    {
        var mistakes = new List<string>();
        var provider = variable("PRODUCTVIDEO_LIVE") ?? "";
        if (!Known.TryGetValue(provider, out var known))
            mistakes.Add($"PRODUCTVIDEO_LIVE must name a provider, one of {string.Join(", ", Known.Keys)}; it is '{provider}'.");
        var key = variable("PRODUCTVIDEO_LIVE_KEY") ?? "";
        if (key.Length < 8)
            mistakes.Add("PRODUCTVIDEO_LIVE_KEY must be the provider's key; it is missing or shorter than 8 characters.");
        var limit = (variable("PRODUCTVIDEO_LIVE_LIMIT") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (limit is not [var number, { Length: 3 }] || !decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount <= 0)
        {
            amount = 0;
            mistakes.Add("PRODUCTVIDEO_LIVE_LIMIT must be the most that may be spent, for example '2.50 USD'.");
        }

        var address = known.Address;
        if (variable("PRODUCTVIDEO_LIVE_ADDRESS") is { Length: > 0 } other && !Uri.TryCreate(other, UriKind.Absolute, out address))
            mistakes.Add($"PRODUCTVIDEO_LIVE_ADDRESS must be an address like {known.Address}; it is '{other}'.");
        return mistakes.Count == 0
            ? new LiveService(provider, known.Section, address!, key, amount, limit[1])
            : throw new InvalidOperationException(string.Join('\n', mistakes));
    }
}
