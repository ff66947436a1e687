using System.Globalization;
using Microsoft.Extensions.Options;

namespace ProductVideo.Spending;

/// <summary>
/// Reads the caps of the settings, and says every mistake in them at once when the host starts. That a cap's shop is not there is none: it may have been
/// disconnected since, and connected again later.
/// </summary>
internal sealed class ConfiguredCaps(BudgetRules rules) : IValidateOptions<SpendingOptions>
{
    public ValidateOptionsResult Validate(string? name, SpendingOptions options)
    {
        var mistakes = new List<string>();
        var caps = options.Caps.Select((cap, i) => Read(cap, options.TimeZone, Place(i), mistakes)).ToList();
        for (var i = 0; i < caps.Count; i++)
        {
            if (caps[i] is { } cap && caps.Take(i).Any(first => first is not null && first.IsLike(cap) && first.Cap.Currency == cap.Cap.Currency))
                mistakes.Add($"{Place(i)} caps the same as one before it. Keep one of the two.");
        }

        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    /// <summary>The caps of settings that were found to be right, in their order.</summary>
    /// <exception cref="OptionsValidationException">They are not right.</exception>
    public IReadOnlyList<Budget> Read(SpendingOptions options)
    {
        var mistakes = new List<string>();
        List<Budget> caps = [.. options.Caps.Select((cap, i) => Read(cap, options.TimeZone, Place(i), mistakes)).OfType<Budget>()];
        return mistakes.Count == 0 ? caps : throw new OptionsValidationException(Options.DefaultName, typeof(SpendingOptions), mistakes);
    }

    /// <summary>Where a cap stands that caps nothing, because its shop is not there, and which shops are; asked once the connected ones are known.</summary>
    /// <param name="caps">All of the settings, in their order.</param>
    public IEnumerable<string> Idle(IReadOnlyList<Budget> caps) =>
        caps.Select((cap, i) => rules.ShopMistake(cap) is { } missing ? $"{Place(i)}: {missing}" : null).OfType<string>();

    private static string Place(int index) => $"{SpendingOptions.Section}:Caps:{index}";

    private Budget? Read(CapOptions cap, string zone, string where, List<string> mistakes)
    {
        var before = mistakes.Count;
        var backfills = false;
        if (cap.Backfills is not null && !bool.TryParse(cap.Backfills, out backfills))
            mistakes.Add($"{where}:Backfills is true, or left out.");
        List<(BudgetScope Scope, string? Subject)> named =
        [
            .. Named(BudgetScope.Shop, cap.Shop), .. Named(BudgetScope.Provider, cap.Provider), .. Named(BudgetScope.ApiKey, cap.ApiKey),
            .. backfills ? [(BudgetScope.Backfill, null)] : Array.Empty<(BudgetScope, string?)>(),
        ];
        if (named.Count > 1)
            mistakes.Add($"{where} names more than one of Shop, Provider, ApiKey and Backfills. Make a cap of each.");
        var period = PeriodOf(cap.Period);
        if (period is null)
            mistakes.Add($"{where}:Period '{cap.Period}' is none. Give one of: clip, day, month, ever.");
        if (!decimal.TryParse(cap.Amount, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            mistakes.Add($"{where}:Amount '{cap.Amount}' is no number. Write it with a point and nothing else, for example 99.50.");
        var (scope, subject) = named.Count == 0 ? (BudgetScope.Everything, null) : named[0];
        var budget = new Budget(
            Guid.CreateVersion7(), scope, subject, period ?? BudgetPeriod.Clip, new Money(amount, cap.Currency ?? ""), cap.TimeZone ?? zone, FromConfiguration: true);
        mistakes.AddRange(rules.OwnMistakes(budget).Select(mistake => $"{where}: {mistake.Text}"));
        return mistakes.Count == before ? budget : null;
    }

    private static IEnumerable<(BudgetScope, string?)> Named(BudgetScope scope, string? subject) => subject is null ? [] : [(scope, subject)];

    /// <summary>Of one word alone: .NET makes another period of two.</summary>
    private static BudgetPeriod? PeriodOf(string? text) =>
        text?.Trim() is { } word && Enum.GetNames<BudgetPeriod>().Contains(word, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<BudgetPeriod>(word, ignoreCase: true) : null;
}
