using Nop.Services.Localization;
using ProductVideo.Bridge;

namespace ProductVideo.Admin;

/// <summary>What merchants and shoppers read; each text is a resource of the shop, to be translated there.</summary>
public sealed class AdminWords(ILocalizationService localization)
{
    public const string Prefix = "Plugins.Misc.ProductVideo.";

    public static readonly IReadOnlyDictionary<string, string> English = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Generate"] = "Generate video",
        ["GenerateSelected"] = "Generate videos (selected)",
        ["Block"] = "Product video",
        ["Look"] = "Look at it",
        ["Connect"] = "Connect this shop",
        ["MadeWithAi"] = "Made with AI",
        ["NotConnectedYet"] = "This shop is not connected to ProductVideo yet.",
        ["Confirm"] = "This video costs about {0}. Order it?",
        ["ConfirmMany"] = "These cost something; nothing is ordered before you agree:",
        ["Ordered"] = "{0} ordered.",
        ["LeftOut"] = "At most {0} at once; {1} were left out.",
        ["NotTried"] = "{0} more not tried.",
        ["NothingSelected"] = "Select products first.",
        ["NotYours"] = "You may not edit that product.",
        ["OldPage"] = "This page is out of date. Load it again.",
        ["State."] = "No video yet",
        ["State.Planned"] = "Waiting to be made",
        ["State.Submitting"] = "Waiting to be made",
        ["State.Rendering"] = "Being made",
        ["State.Fetching"] = "Being checked",
        ["State.AwaitingReview"] = "Ready for your review",
        ["State.Publishing"] = "On its way to the listing",
        ["State.Published"] = "On the listing",
        ["State.Withdrawing"] = "Being taken off the listing",
        ["State.Withdrawn"] = "Taken off the listing",
        ["State.Rejected"] = "Rejected",
        ["State.Cancelled"] = "Cancelled",
        ["State.Failed"] = "It could not be made",
        ["State.InDoubt"] = "Needs your decision",
        ["Problem.NotConnected"] = "Connect this shop to ProductVideo first, in the plugin's settings.",
        ["Problem.Unreachable"] = "ProductVideo can't be reached just now. Nothing was lost; try again in a moment.",
        ["Problem.Refused"] = "ProductVideo does not accept this shop's key. Make a new connection code there and paste it into the plugin's settings.",
        ["Problem.Strange"] = "ProductVideo did not answer as expected. Check its address in the plugin's settings.",
        ["Settings.Connected"] = "This shop is connected to ProductVideo at {0}, as {1}.",
        ["Settings.Code"] = "Connection code",
        ["Settings.Code.Hint"] = "Paste what ProductVideo gave you; it holds its address and a key for this shop.",
        ["Settings.Code.Wrong"] = "That is no connection code. Copy it whole.",
        ["Settings.Save"] = "Save",
        ["Settings.Disconnect"] = "Disconnect",
        ["Settings.OtherWay"] = "What ProductVideo needs of this shop",
        ["Settings.OtherWay.Hint"] = "Write these two into ProductVideo, where it asks for the nopCommerce shop.",
        ["Settings.Address"] = "Address",
        ["Settings.Secret"] = "Secret",
        ["Settings.NewSecret"] = "Make a new secret",
        ["Settings.NewSecret.Hint"] = "The old one is refused from then on.",
        ["Settings.MaxClipMegabytes"] = "Largest clip, in megabytes",
        ["Settings.Store"] = "Store",
        ["Settings.Store.Hint"] = "The only store whose products ProductVideo sees.",
        ["Settings.AllStores"] = "All stores",
    };

    public Task<string> OfAsync(string name) => localization.GetResourceAsync(Prefix + name);

    /// <summary>A video as the product's page shows it.</summary>
    public async Task<object> OfAsync(VideoState video)
    {
        var known = English.ContainsKey("State." + video.State);
        return new
        {
            // Whoever could not ask does not know that there is none.
            state = video is { State: "", Problem: not null } ? null : known ? await OfAsync("State." + video.State) : video.State,
            percent = video.Percent,
            moving = video.Moving,
            link = video.Link,
            problem = video.Problem is null ? "" : await OfAsync(video.Problem),
            price = video.Price,
            confirm = video.Price is null ? null : string.Format(System.Globalization.CultureInfo.CurrentCulture, await OfAsync("Confirm"), video.Price),
        };
    }

    public async Task<string> OfAsync(ServiceProblem problem) => problem.Words ?? await OfAsync("Problem." + problem.Code);
}
