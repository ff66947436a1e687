using Microsoft.Extensions.Options;
using ProductVideo.Data;
using ProductVideo.Data.Archive;
using ProductVideo.Http;

namespace ProductVideo.Hosting;

/// <summary>Where ProductVideo keeps its things. Bound from the section <c>ProductVideo</c>.</summary>
public sealed class ProductVideoOptions
{
    public const string Section = "ProductVideo";

    /// <summary>The folder of the database and the blobs. Created where it is missing, for its owner alone. A copy that is made while the program runs is no backup of it.</summary>
    /// <value><c>data</c> under the application's working directory.</value>
    public string DataFolder { get; set; } = "data";

    /// <summary>Where shops and shoppers reach this server, for example <c>https://video.example</c>.</summary>
    /// <value>Null: the address that a page was opened at stands in.</value>
    public Uri? PublicAddress { get; set; }

    /// <summary>A folder of the merchant's own prompt templates; a template with a built-in's name replaces it.</summary>
    public string? TemplateFolder { get; set; }

    /// <summary>What this process does, with commas between: see <see cref="ProcessRoles"/>.</summary>
    /// <value><c>web,worker,render</c>: everything.</value>
    public string Roles { get; set; } = ProcessRoles.All;

    /// <summary>What ended so long ago goes to the archive, where it is still found by its id.</summary>
    public ArchiveOptions Archive { get; set; } = new();

    /// <summary>Which database holds the rows.</summary>
    /// <value>A SQLite file in <see cref="DataFolder"/>.</value>
    public DatabaseOptions Database { get; set; } = new();

    /// <summary>What the sign-in page tells to run on the server for another link.</summary>
    /// <value>Null: there is no such command, as where the product is a part of another program.</value>
    public string? SignInCommand { get; set; }

    /// <summary>The key of a shop that is there to be tried only: pages open on another one where there is one.</summary>
    /// <value>Null: there is none.</value>
    public string? TrialShop { get; set; }

    /// <summary>What becomes of the caps and limits that other settings put in force, when this process starts.</summary>
    /// <value><see cref="LimitsAtStart.Replace"/>, as it is right for a server.</value>
    public LimitsAtStart Limits { get; set; }

    internal bool Has(string role) => ProcessRoles.In(Roles).Contains(role);

    internal string SqliteFile => Path.Combine(FullDataFolder, "productvideo.db");

    internal string Blobs => Path.Combine(FullDataFolder, "blobs");

    internal string Work => Path.Combine(FullDataFolder, "work");

    private string FullDataFolder => Path.GetFullPath(DataFolder);
}

/// <summary>
/// How a process that starts deals with the caps of spending and the limits of accounts in its settings. They hold for all processes on the
/// database, and a command may be typed where the server's settings are not known.
/// </summary>
public enum LimitsAtStart
{
    /// <summary>Those of these settings hold from now on, and no others.</summary>
    Replace,

    /// <summary>What is stricter than what holds, or new, holds from now on; the rest stays.</summary>
    Tighten,

    /// <summary>What holds stays.</summary>
    Leave,
}

/// <summary>Says every mistake in the settings at once, when the host starts.</summary>
internal sealed class ProductVideoOptionsValidation : IValidateOptions<ProductVideoOptions>
{
    public ValidateOptionsResult Validate(string? name, ProductVideoOptions options)
    {
        var mistakes = new List<string>();
        if (string.IsNullOrWhiteSpace(options.DataFolder))
            mistakes.Add("ProductVideo:DataFolder is empty. Name the folder for the database and the videos.");
        if (options.PublicAddress is { } address
            && (address is not { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" } || !WebAddress.HasUsableHost(address)))
        {
            mistakes.Add($"ProductVideo:PublicAddress is '{address}'; write where this server is reached, for example https://video.example.");
        }

        if (options.TemplateFolder is { } templates && !Directory.Exists(templates))
            mistakes.Add($"ProductVideo:TemplateFolder '{templates}' does not exist. Create it or remove the setting.");
        mistakes.AddRange(ProcessRoles.Mistakes(options.Roles));
        mistakes.AddRange(options.Archive.Mistakes());
        mistakes.AddRange(options.Database.Mistakes());
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}
