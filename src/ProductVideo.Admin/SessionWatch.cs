using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using ProductVideo.Security;

namespace ProductVideo.Admin;

/// <summary>Takes an open page from a visitor whose session has expired or was signed out of; the page itself asks the server for nothing that would tell.</summary>
internal sealed class SessionWatch(ILoggerFactory log, Sessions sessions) : RevalidatingServerAuthenticationStateProvider(log)
{
    /// <summary>How often it looks.</summary>
    /// <value>Each minute.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    protected override TimeSpan RevalidationInterval => Every;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.Counts(authenticationState.User));
}
