using ProductVideo.Generations;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>When providers switch their models off, as the settings say.</summary>
internal sealed class Retirements(AccountsOptions options, TimeProvider clock)
{
    /// <summary>Time enough to try another model.</summary>
    private const int DaysOfNotice = 30;

    /// <returns>The first day without it; null if none is known.</returns>
    public DateOnly? Of(string provider, string model) => options.Of(provider).Retires.TryGetValue(model, out var day) ? day : null;

    /// <summary>The provider's first model that is not switched off and does what is asked for; its first of all if none is.</summary>
    /// <param name="provider">Whose.</param>
    /// <param name="toEdit">Whether it is to change a clip that is there, or to make one.</param>
    /// <exception cref="RefusedException">It offers none at the moment.</exception>
    public string FirstOf(IVideoProvider provider, bool toEdit = false) => provider.Models is { Count: > 0 } models
        ? models.FirstOrDefault(model => !IsOver(provider.Key, model) && provider.Capabilities(model) is var can && (toEdit ? can.Edits : !can.OnlyEdits)) ?? models[0]
        : throw new RefusedException(
            RefusalKind.Invalid,
            new Problem(
                "no_model_offered", $"{provider.DisplayName} offers no model at the moment. Try again later, or choose another provider.",
                $"Provider {provider.Key} has no model; the log says why each one wanted is not offered."),
            "provider");

    /// <exception cref="RefusedException">It is switched off.</exception>
    internal void Demand(IVideoProvider provider, string model)
    {
        if (IsOver(provider.Key, model))
        {
            throw new RefusedException(
                RefusalKind.Invalid,
                new Problem(
                    "model_retired", $"{provider.DisplayName} has switched off {model}. Choose another model, or another provider.",
                    FormattableString.Invariant($"Model {model} of {provider.Key} is set to retire on {Of(provider.Key, model):yyyy-MM-dd}.")),
                "model");
        }
    }

    /// <summary>A word of warning while it is still there; null where none is due.</summary>
    internal string? NoticeOf(IVideoProvider provider, string model) =>
        Of(provider.Key, model) is { } day && Today.AddDays(DaysOfNotice) >= day
            ? FormattableString.Invariant($"{provider.DisplayName} switches off {model} on {day:yyyy-MM-dd}. Choose another model before then.") : null;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private bool IsOver(string provider, string model) => Of(provider, model) <= Today;
}
