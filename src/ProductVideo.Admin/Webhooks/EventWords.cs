using ProductVideo.Webhooks.Outgoing;

namespace ProductVideo.Admin.Webhooks;

/// <summary>How the pages say what webhooks tell.</summary>
internal static class EventWords
{
    public static string Of(string type) => type switch
    {
        "generation.published" => "A video went to its listing",
        "generation.awaiting_review" => "A video is ready for review",
        "generation.failed" => "A video did not work",
        "generation.in_doubt" => "A video needs a decision",
        "generation.withdrawn" => "A video was taken off its listing",
        "generation.rejected" => "A video was rejected",
        "generation.cancelled" => "A video was cancelled",
        EventTypes.Test => "Test",
        _ => type,
    };

    public static (string Label, Tone Tone) Of(WebhookEndpoint endpoint) =>
        endpoint.DisabledAt is not null ? ("Switched off", Tone.Over) : endpoint.FailingSince is not null ? ("Failing", Tone.Bad) : ("On", Tone.Good);

    public static (string Label, Tone Tone) Of(WebhookDelivery delivery) => delivery.State switch
    {
        DeliveryState.Delivered => ("Accepted", Tone.Good),
        DeliveryState.Failed => ("Given up", Tone.Bad),
        _ when delivery.Tries > 0 => ("Will be tried again", Tone.Asks),
        _ => ("On its way", Tone.Moving),
    };

    /// <summary>For example <c>in 5 minutes</c>.</summary>
    public static string In(DateTimeOffset then, DateTimeOffset now) => (then - now) switch
    {
        { TotalSeconds: < 45 } => "in a moment",
        { TotalMinutes: < 1.5 } => "in 1 minute",
        { TotalMinutes: < 90 } time => $"in {time.TotalMinutes:0} minutes",
        var time => $"in {time.TotalHours:0} hours",
    };
}
