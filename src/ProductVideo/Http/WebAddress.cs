using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ProductVideo.Http;

/// <summary>
/// Reads addresses that a stranger wrote. <see cref="Uri"/> takes names that no name server can be asked for, and throws only where such a
/// name is used: by <see cref="Uri.IdnHost"/>, and by every request that goes there.
/// </summary>
internal static class WebAddress
{
    /// <summary>Reads an absolute address of any scheme whose host, where it has one, <see cref="HasUsableHost"/>.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && HasUsableHost(address);

    /// <summary>Whether the host can be written in ASCII, as name servers and requests take it.</summary>
    /// <param name="address">Absolute.</param>
    public static bool HasUsableHost(Uri address)
    {
        try
        {
            return Ascii.IsValid(address.IdnHost);
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
