using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using ProductVideo.Hosting;

namespace ProductVideo.Host;

/// <summary>Sees at the start that the key ring works. Without it nobody could sign in, and no shop's password could be read.</summary>
internal sealed class KeyRingCheck(IDataProtectionProvider protection, string folder) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var protector = protection.CreateProtector("ProductVideo.Start.v1");
            protector.Unprotect(protector.Protect("start"));
            return Task.CompletedTask;
        }
        catch (Exception e) when (e is CryptographicException or UnauthorizedAccessException or IOException)
        {
            throw new OptionsValidationException(nameof(ProductVideoOptions), typeof(ProductVideoOptions),
            [
                $"ProductVideo:KeyRing: the keys in '{folder}' can't be read or written ({(e.InnerException ?? e).Message.TrimEnd('.')}). "
                    + "Give them to the user that runs this program, or put them back from a backup.",
            ]);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
