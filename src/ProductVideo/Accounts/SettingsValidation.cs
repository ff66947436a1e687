using Microsoft.Extensions.Options;
using ProductVideo.Http;
using ProductVideo.Pipeline;
using ProductVideo.Providers;

namespace ProductVideo.Accounts;

/// <summary>Says every mistake in the limits of accounts at once, and times that do not fit together, when the host starts.</summary>
internal sealed class SettingsValidation(
    IOptions<PipelineOptions> pipeline, IOptions<SubmitOptions> submit, IEnumerable<IVideoProvider> providers) : IValidateOptions<AccountsOptions>
{
    /// <summary>Between the end of a submit and the end of its lease: the answer must still be written.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    public ValidateOptionsResult Validate(string? name, AccountsOptions options)
    {
        string[] mistakes = [.. OfLease(pipeline.Value, submit.Value), .. options.Accounts.SelectMany(pair => OfAccount(pair.Key, pair.Value))];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> OfLease(PipelineOptions pipeline, SubmitOptions submit)
    {
        if (pipeline.Lease < submit.Timeout + Margin)
        {
            yield return $"ProductVideo:Pipeline:Lease is {pipeline.Lease}, shorter than Submit:Timeout ({submit.Timeout}) and {Margin.TotalSeconds:0} seconds: "
                + "another worker would take a video while its paid request is still under way. Make the lease longer or the time-out shorter.";
        }
    }

    private IEnumerable<string> OfAccount(string account, AccountOptions options)
    {
        var at = $"ProductVideo:Accounts:{account}";
        if (providers.All(provider => provider.Key != account))
            yield return $"{at}: there is no provider '{account}'. The providers are: {string.Join(", ", providers.Select(provider => provider.Key))}.";
        if (options.MaxInFlight < 1)
            yield return $"{at}:MaxInFlight is {options.MaxInFlight}; it must be at least 1. Pause the provider to send it nothing.";
        if (options.StartsPerSecond is { } rate && !(rate > 0 && rate <= 1_000))
            yield return FormattableString.Invariant($"{at}:StartsPerSecond is {rate}; it must be more than 0 and at most 1000.");
        // Who reads its models from elsewhere has none before the host has started.
        foreach (var model in options.Retires.Keys.Where(
            model => providers.FirstOrDefault(provider => provider.Key == account)?.Models is { Count: > 0 } models && !models.Contains(model, StringComparer.Ordinal)))
            yield return $"{at}:Retires names the model '{model}', which {account} does not have.";
        if (options.BreakerFailures < 1)
            yield return $"{at}:BreakerFailures is {options.BreakerFailures}; it must be at least 1.";
    }
}
