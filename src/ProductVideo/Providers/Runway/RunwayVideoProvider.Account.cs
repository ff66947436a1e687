using System.Globalization;
using Microsoft.Extensions.Logging;
using ProductVideo.Http;

namespace ProductVideo.Providers.Runway;

/// <summary>What costs nothing: stopping a task, and asking what the account has left.</summary>
internal sealed partial class RunwayVideoProvider
{
    /// <summary>A day's clips are counted over the last 24 hours, and nobody says when the first of them is a day old.</summary>
    private static readonly TimeSpan DayLook = TimeSpan.FromHours(1);

    /// <summary>
    /// Only what has not ended: of what has, the same call would delete the record, and with it the clip. Credits that were spent stay spent,
    /// so a task counts as stopped only where it is seen to be charged with none.
    /// </summary>
    public async Task<bool> CancelAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        if (await TaskAsync(operation, cancellationToken) is not { Status: "PENDING" or "THROTTLED" or "RUNNING" })
            return false;
        using var message = _requests.Delete(operation.RemoteId);
        await _exchange.AskAsync(message, cancellationToken);
        var task = await TaskAsync(operation, cancellationToken);
        if (task is { Status: "CANCELLED", Cost.Credits: 0 })
            return true;
        _log.LogInformation(
            "{Provider} did not stop task {Task} without a charge: it is {Status} and charged with {Credits} credits",
            Key, operation.RemoteId, task?.Status, task?.Cost?.Credits);
        return false;
    }

    /// <summary>An account that can't pay for the shortest clip of the cheapest model takes no orders, though it answers.</summary>
    public async Task<ProviderFault?> ProbeAsync(CancellationToken cancellationToken)
    {
        var least = _models.Values.Min(model => model.Credits(_options, model.Capabilities.Duration.Min));
        var (organization, answer) = await OrganizationAsync(cancellationToken);
        return organization is null ? _faults.OfProbe(answer, _ => false) : Poor(organization, least);
    }

    /// <summary>
    /// A refusal names no code, and an empty account is refused like a wrong order. What the account has left tells them apart, at no cost and
    /// without reading the words.
    /// </summary>
    /// <returns>null if the account is not the reason, or can't be asked.</returns>
    private async Task<ProviderFault?> OfAccountAsync(RunwayModel model, VideoRequest request, ProviderFault refused, CancellationToken cancellationToken)
    {
        var (organization, _) = await OrganizationAsync(cancellationToken);
        var fault = organization is null ? null
            : refused.Code is ProviderFaultCode.RateLimited && organization.HasUsedUp(model.Id)
                // Nobody needs to mend that, and it says nothing on the credits, which is what a probe sees.
                ? _faults.Of(ProviderFaultCode.RateLimited, $"the account has made as many clips with {model.Id} in 24 hours as it may", DayLook) with
                {
                    MerchantText = "The account at Runway has made as many videos of this model in 24 hours as it may. We go on by ourselves as soon as it may make more.",
                }
                : Poor(organization, model.Credits(_options, request.Seconds));
        return fault is null ? null : fault with { OperatorText = $"{fault.OperatorText}; {refused.OperatorText}", Raw = refused.Raw };
    }

    private ProviderFault? Poor(RunwayOrganization organization, decimal credits) => organization.CreditBalance < credits
        ? _faults.Of(
            ProviderFaultCode.OutOfCredit, string.Create(CultureInfo.InvariantCulture, $"the account has {organization.CreditBalance} credits, and {credits} are needed"))
        : null;

    private async Task<(RunwayOrganization? Organization, SubmitAnswer Answer)> OrganizationAsync(CancellationToken cancellationToken)
    {
        using var message = _requests.Organization();
        var answer = await _exchange.AskAsync(message, cancellationToken);
        return (answer is SubmitAnswer.Answered { Status: 200 } told ? RunwayOrganization.Read(told.Body) : null, answer);
    }

    private async Task<RunwayTask?> TaskAsync(ProviderOperation operation, CancellationToken cancellationToken)
    {
        using var message = _requests.Task(operation.RemoteId);
        return await _exchange.AskAsync(message, cancellationToken) is SubmitAnswer.Answered { Status: 200 } seen ? RunwayTask.Read(seen.Body) : null;
    }
}
