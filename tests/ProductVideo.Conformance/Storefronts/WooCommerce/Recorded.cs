using System.Text.Json.Nodes;

namespace ProductVideo.Conformance.Storefronts.WooCommerce;

/// <summary>What a real shop was asked and answered: WooCommerce 11.0.1 on WordPress 7.1, recorded on 2026-11-22.</summary>
public static class Recorded
{
    /// <summary>The body that was answered, or the whole of a recording that has no answer.</summary>
    public static JsonObject Body(string name) => Whole(name) is var whole && whole["response"]?["body"] is { } body ? body.DeepClone().AsObject() : whole;

    public static JsonObject Whole(string name)
    {
        using var stream = typeof(Recorded).Assembly.GetManifestResourceStream($"woocommerce/{name}.json")
            ?? throw new ArgumentException($"There is no recording '{name}'.", nameof(name));
        return JsonNode.Parse(stream)!.AsObject();
    }
}
