using System.Diagnostics.Metrics;

namespace ProductVideo.Pipeline;

/// <summary>What an operator's instruments can count; <see cref="Gauges"/> has what they can read off.</summary>
internal static class Measures
{
    /// <summary>The meter's name, for whoever listens.</summary>
    public const string Name = "ProductVideo";

    private static readonly Meter Meter = new(Name);

    /// <summary>Paid clips that die soon, or died, at their provider.</summary>
    public static Counter<long> ResultsInDanger { get; } = Meter.CreateCounter<long>("productvideo.results.in_danger");

    /// <summary>Tasks that turned up after they had been paid for a second time.</summary>
    public static Counter<long> DuplicateCharges { get; } = Meter.CreateCounter<long>("productvideo.duplicate_charges");

    /// <summary>Calls that shops and providers made here, by <c>source</c> and <c>result</c>.</summary>
    public static Counter<long> WebhookCalls { get; } = Meter.CreateCounter<long>("productvideo.webhook", description: "Webhook calls by source and result.");

    /// <summary>Costs that a provider told and nobody expected: more than was held, or no amount that can be meant.</summary>
    public static Counter<long> UnexpectedCosts { get; } = Meter.CreateCounter<long>("productvideo.costs.unexpected");
}
