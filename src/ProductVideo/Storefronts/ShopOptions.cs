using ProductVideo.Catalog;
using ProductVideo.Http;

namespace ProductVideo.Storefronts;

/// <summary>What every connected shop is told by.</summary>
public abstract class ShopOptions
{
    /// <summary>The key of the shop, unique in the installation: 1 to 40 characters of <c>[a-z0-9-]</c>. Set by whoever adds the shop.</summary>
    public string Shop { get; set; } = "";

    /// <summary>The address of the shop, for example <c>https://shop.example</c>.</summary>
    public Uri? Url { get; set; }

    /// <summary>The name that merchants see.</summary>
    /// <value>Null: the host name of <see cref="Url"/>.</value>
    public string? DisplayName { get; set; }

    /// <summary>BCP 47 of the listings' language, for example <c>de</c>.</summary>
    /// <value>Null: what the shop says, or not known.</value>
    public string? Locale { get; set; }

    /// <summary>Lets the password and the pictures travel unencrypted, and pictures come from the shop's private address, in a network of your own.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The most bytes of a clip that the shop takes.</summary>
    /// <value>Null: no limit is known.</value>
    public long? MaxClipBytes { get; set; }

    internal string Name => DisplayName ?? Url!.Host;

    /// <summary>From where the shop's pictures may be fetched: any public host, and the shop itself where the operator put it on this machine or in a network of their own.</summary>
    internal virtual PictureRules Pictures => new()
    {
        AllowHttp = AllowHttp || Url!.IsLoopback,
        LoopbackAllowed = Url!.IsLoopback ? [DownloadRules.Place(Url)] : [],
        InsideAllowed = AllowHttp && !Url.IsLoopback ? [DownloadRules.Place(Url)] : [],
    };

    /// <summary>What is wrong with the settings that only this kind has.</summary>
    internal abstract IEnumerable<SettingMistake> Mistakes();
}
