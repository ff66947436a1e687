namespace ProductVideo.Security;

/// <summary>What an API key may do. A signed-in operator may do all of it.</summary>
public static class Scopes
{
    /// <summary>See products, generations and clips.</summary>
    public const string Read = "videos:read";

    /// <summary>Preview and order videos, cancel and try again.</summary>
    public const string Create = "videos:create";

    /// <summary>Approve, reject and withdraw.</summary>
    public const string Review = "videos:review";

    /// <summary>See caps and the spend ledger.</summary>
    public const string SpendingRead = "spending:read";

    /// <summary>Set and lift caps.</summary>
    public const string SpendingManage = "spending:manage";

    /// <summary>Say which systems are told what happens, and send it again.</summary>
    public const string Webhooks = "webhooks:manage";

    /// <summary>Connect shops, change how they are reached and whether their clips carry a label, and disconnect them.</summary>
    public const string ShopsManage = "shops:manage";

    public static IReadOnlyList<string> All { get; } = [Read, Create, Review, SpendingRead, SpendingManage, Webhooks, ShopsManage];

    /// <summary>What somebody who sees one shop only may do on the pages, and so may let a key do: all but what decides for every shop, or what is paid.</summary>
    public static IReadOnlyList<string> OfOneShop { get; } = [Read, Create, Review, SpendingRead, Webhooks];
}
