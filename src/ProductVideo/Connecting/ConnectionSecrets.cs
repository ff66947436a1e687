using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using ProductVideo.Data;

namespace ProductVideo.Connecting;

/// <summary>Encrypts what shops' passwords and tokens are kept as, each for its shop alone.</summary>
internal sealed class ConnectionSecrets(IDataProtectionProvider protection)
{
    /// <summary>Part of every key: what was encrypted with another name can't be read.</summary>
    private const string Purpose = "ProductVideo.ShopSecrets.v1";

    public string Lock(string shop, IReadOnlyDictionary<string, string> secrets) => For(shop).Protect(Json.Write(secrets));

    /// <returns>null where the key ring does not open it: it is another one, or the value was copied from another shop.</returns>
    public IReadOnlyDictionary<string, string>? Open(string shop, string secrets)
    {
        try
        {
            return Json.Read<Dictionary<string, string>>(For(shop).Unprotect(secrets));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector For(string shop) => protection.CreateProtector(Purpose, shop);
}
