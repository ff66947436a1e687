using Nop.Core;
using Nop.Core.Domain.Cms;
using Nop.Services.Cms;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Plugins;
using Nop.Web.Framework.Infrastructure;
using ProductVideo.Bridge;
using ProductVideo.Shop;

namespace ProductVideo.Admin;

/// <summary>What the shop knows the plugin by: where it shows something, and what comes and goes with it.</summary>
public sealed class ProductVideoPlugin(
    ISettingService settings, ILocalizationService localization, ILanguageService languages, IWebHelper web, WidgetSettings widgets, ClipFiles files)
    : BasePlugin, IWidgetPlugin
{
    public const string SystemName = "Misc.ProductVideo";

    /// <summary>Where the plugin's files lie below the shop.</summary>
    public const string Folder = "~/Plugins/" + SystemName;

    public bool HideInWidgetList => false;

    public Task<IList<string>> GetWidgetZonesAsync() => Task.FromResult<IList<string>>(
    [
        PublicWidgetZones.ProductDetailsAfterPictures, AdminWidgetZones.ProductDetailsButtons, AdminWidgetZones.ProductDetailsBlock, AdminWidgetZones.ProductListButtons,
    ]);

    public Type GetWidgetViewComponent(string widgetZone) =>
        widgetZone == PublicWidgetZones.ProductDetailsAfterPictures ? typeof(ProductClips)
        : widgetZone == AdminWidgetZones.ProductDetailsButtons ? typeof(GenerateButton)
        : widgetZone == AdminWidgetZones.ProductDetailsBlock ? typeof(StatusBlock)
        : typeof(GenerateForMany);

    public override string GetConfigurationPageUrl() => web.GetStoreLocation() + "Admin/ProductVideoBridge/Configure";

    public override async Task InstallAsync()
    {
        await settings.SaveSettingAsync(new ProductVideoSettings { Secret = BridgeSignature.NewSecret() });
        await localization.AddOrUpdateLocaleResourceAsync(AdminWords.English.ToDictionary(word => AdminWords.Prefix + word.Key, word => word.Value));
        if (!widgets.ActiveWidgetSystemNames.Contains(SystemName))
        {
            widgets.ActiveWidgetSystemNames.Add(SystemName);
            await settings.SaveSettingAsync(widgets);
        }

        await base.InstallAsync();
    }

    /// <summary>Adds the texts that are new, in each language; what the merchant made of the others stays.</summary>
    public override async Task UpdateAsync(string currentVersion, string targetVersion)
    {
        foreach (var language in await languages.GetAllLanguagesAsync(showHidden: true))
        {
            var missing = new Dictionary<string, string>();
            foreach (var (name, text) in AdminWords.English)
            {
                if (await localization.GetResourceAsync(AdminWords.Prefix + name, language.Id, logIfNotFound: false, defaultValue: "", returnEmptyIfNotFound: true) is null or "")
                    missing[AdminWords.Prefix + name] = text;
            }

            if (missing.Count > 0)
                await localization.AddOrUpdateLocaleResourceAsync(missing, language.Id);
        }

        await base.UpdateAsync(currentVersion, targetVersion);
    }

    /// <summary>The shop takes the table away by itself.</summary>
    public override async Task UninstallAsync()
    {
        if (widgets.ActiveWidgetSystemNames.Remove(SystemName))
            await settings.SaveSettingAsync(widgets);
        await settings.DeleteSettingAsync<ProductVideoSettings>();
        await localization.DeleteLocaleResourcesAsync(AdminWords.Prefix);
        files.DeleteAll();
        await base.UninstallAsync();
    }
}
