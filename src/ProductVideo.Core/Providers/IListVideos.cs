using System.Text.Json;

namespace ProductVideo.Providers;

/// <summary>A provider whose list names its tasks and when they were made, though nothing that we chose.</summary>
public interface IListVideos
{
    /// <summary>All tasks of the account that were made in a window, whoever made them; every page of the list.</summary>
    /// <param name="model">Of this model, where the provider tells models apart.</param>
    /// <param name="from">The window's begin, in our time.</param>
    /// <param name="to">The window's end.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ListOutcome> ListAsync(string model, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}

/// <summary>A task as the provider's list shows it.</summary>
/// <param name="RemoteId">The provider's id.</param>
/// <param name="CreatedAt">When the provider made it, by its own clock.</param>
/// <param name="Handle">Whatever else the adapter needs to check it.</param>
public sealed record RemoteTask(string RemoteId, DateTimeOffset CreatedAt, JsonElement? Handle = null)
{
    public ProviderOperation ToOperation() => new(RemoteId, Handle);
}

/// <summary>What asking for the list led to. A list that is cut short is no list.</summary>
public abstract record ListOutcome
{
    private ListOutcome()
    {
    }

    /// <summary>The whole list of the window.</summary>
    public sealed record Listed(IReadOnlyList<RemoteTask> Tasks) : ListOutcome;

    /// <summary>The list could not be had, or not all of it.</summary>
    public sealed record Unavailable(ProviderFault Fault) : ListOutcome;
}
