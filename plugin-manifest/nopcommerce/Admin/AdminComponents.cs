using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;
using Nop.Services.Security;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;
using ProductVideo.Bridge;
using ProductVideo.Shop;

namespace ProductVideo.Admin;

/// <summary>Shows something of the plugin to those who may edit products.</summary>
public abstract class AdminComponent(IPermissionService permissions) : NopViewComponent
{
    protected async Task<IViewComponentResult> ShowAsync(Func<Task<string>> html) =>
        await permissions.AuthorizeAsync(StandardPermission.Catalog.PRODUCTS_CREATE_EDIT_DELETE) ? new HtmlContentViewComponentResult(new HtmlString(await html())) : Content("");

    protected string Script(string file) => $"<script src=\"{Url.Content($"{ProductVideoPlugin.Folder}/Content/{file}?v={BridgeRoutes.Version}")}\" defer></script>";

    protected static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");
}

/// <summary>The button among those of a product's page.</summary>
public sealed class GenerateButton(IPermissionService permissions, AdminWords words, ShopFacts facts) : AdminComponent(permissions)
{
    public Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) => ShowAsync(async () =>
        additionalData is BaseNopEntityModel { Id: > 0 } && (await facts.ConnectionAsync(HttpContext.RequestAborted)).IsConnected
            ? $"<button type=\"button\" id=\"productvideo-generate\" class=\"btn bg-purple\" data-testid=\"generate\"><i class=\"fas fa-film\"></i> {Encode(await words.OfAsync("Generate"))}</button>" : "");
}

/// <summary>How the product's video stands, and the clips that are on its listing.</summary>
public sealed class StatusBlock(IPermissionService permissions, AdminWords words, ShopFacts facts, ClipsOnProducts clips) : AdminComponent(permissions)
{
    public Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) => ShowAsync(async () =>
    {
        if (additionalData is not BaseNopEntityModel { Id: > 0 and var id })
            return "";
        var body = (await facts.ConnectionAsync(HttpContext.RequestAborted)).IsConnected ? await StateAsync(id)
            : $"<p>{Encode(await words.OfAsync("NotConnectedYet"))} <a href=\"{Encode(Url.Action("Configure", "ProductVideoBridge", new { area = "Admin" }))}\">{Encode(await words.OfAsync("Connect"))}</a></p>";
        var (shop, label) = (await facts.AddressAsync(HttpContext.RequestAborted), await words.OfAsync("MadeWithAi"));
        var players = string.Concat((await clips.OfProductAsync(id, HttpContext.RequestAborted)).Select(row => $"<div style=\"max-width:320px\">{ClipPage.Player(row, label, shop)}</div>"));
        return $"<div class=\"card card-default\" id=\"product-productvideo\"><div class=\"card-header\">{Encode(await words.OfAsync("Block"))}</div><div class=\"card-body\">{body}{players}</div></div>";
    });

    private async Task<string> StateAsync(int id) => $"""
        <div id="productvideo-box" data-product="{id}" data-status="{Encode(Url.Action("Status", "ProductVideoBridge", new { area = "Admin" }))}" data-generate="{Encode(Url.Action("Generate", "ProductVideoBridge", new { area = "Admin" }))}" data-old-page="{Encode(await words.OfAsync("OldPage"))}">
        <p class="productvideo-state" role="status" data-testid="state">…</p><p class="productvideo-problem text-danger" data-testid="problem" hidden></p>
        <p><a class="productvideo-link" target="_blank" rel="noopener" data-testid="look" hidden>{Encode(await words.OfAsync("Look"))}</a></p></div>{Script("product-box.js")}
        """;
}

/// <summary>The button above the list of products.</summary>
public sealed class GenerateForMany(IPermissionService permissions, AdminWords words, ShopFacts facts) : AdminComponent(permissions)
{
    public Task<IViewComponentResult> InvokeAsync(string widgetZone, object additionalData) => ShowAsync(async () =>
        !(await facts.ConnectionAsync(HttpContext.RequestAborted)).IsConnected ? "" : $"""
        <button type="button" id="productvideo-many" class="btn bg-purple" data-testid="generate-many" data-generate="{Encode(Url.Action("GenerateMany", "ProductVideoBridge", new { area = "Admin" }))}" data-nothing="{Encode(await words.OfAsync("NothingSelected"))}" data-old-page="{Encode(await words.OfAsync("OldPage"))}"><i class="fas fa-film"></i> {Encode(await words.OfAsync("GenerateSelected"))}</button>{Script("product-list.js")}
        """);
}
