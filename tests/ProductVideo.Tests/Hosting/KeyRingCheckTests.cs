using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using ProductVideo.Host;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class KeyRingCheckTests
{
    [Fact]
    public async Task keys_that_can_t_be_read_end_the_start_with_their_setting() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => new KeyRingCheck(new Unreadable(), "/keys").StartAsync(CancellationToken.None))).Failures.ShouldHaveSingleItem()
            .ShouldBe("ProductVideo:KeyRing: the keys in '/keys' can't be read or written (Permission denied). Give them to the user that runs this program, or put them back from a backup.");

    [Fact]
    public async Task keys_that_work_let_it_start() => await new KeyRingCheck(new EphemeralDataProtectionProvider(), "/keys").StartAsync(CancellationToken.None);

    private sealed class Unreadable : IDataProtectionProvider, IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => throw new CryptographicException("An error occurred while trying to encrypt.", new UnauthorizedAccessException("Permission denied."));

        public byte[] Unprotect(byte[] protectedData) => throw new CryptographicException();
    }
}
