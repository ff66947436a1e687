namespace ProductVideo.Hosting;

/// <summary>
/// What the processes of one installation share out. Each takes one or more roles, of each role there may be several processes, and every
/// role is somewhere, else its work waits.
/// </summary>
public static class ProcessRoles
{
    /// <summary>Pages, API, signing in, feeds, and the addresses that shops and providers call. Needs no ffmpeg.</summary>
    public const string Web = "web";

    /// <summary>Moves videos, scans catalogues, follows and sends webhooks, and clears up.</summary>
    public const string Worker = "worker";

    /// <summary>Renders the local renderer's clips.</summary>
    public const string Render = "render";

    /// <summary>One process that does everything.</summary>
    public const string All = $"{Web},{Worker},{Render}";

    private static readonly string[] Known = [Web, Worker, Render];

    /// <summary>The roles that a setting names, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<string> In(string setting) => [.. Known.Where(role => Names(setting).Contains(role, StringComparer.OrdinalIgnoreCase))];

    /// <summary>All that is wrong with the setting; empty if nothing is.</summary>
    internal static IEnumerable<string> Mistakes(string? setting)
    {
        var names = Names(setting ?? "");
        if (names.Length == 0)
            yield return $"ProductVideo:Roles is empty, so this process would do nothing. Choose from {All}, or remove the setting for all of them.";
        foreach (var unknown in names.Except(Known, StringComparer.OrdinalIgnoreCase))
            yield return $"ProductVideo:Roles has '{unknown}', which is no role. Choose from {All}.";
    }

    private static string[] Names(string setting) => setting.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
