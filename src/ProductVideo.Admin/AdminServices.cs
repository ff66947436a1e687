using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;
using ProductVideo.Admin.Products;

namespace ProductVideo.Admin;

/// <summary>Adds the merchant's pages to an application that has <c>AddProductVideo</c>.</summary>
public static class AdminServices
{
    /// <summary>Adds what the pages need; <see cref="AdminEndpoints.MapProductVideoAdmin"/> makes them reachable.</summary>
    public static IServiceCollection AddProductVideoAdmin(this IServiceCollection services)
    {
        // Before the pages bring their own; one that the host has stays.
        services.TryAddScoped<AuthenticationStateProvider, SessionWatch>();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, AddressCheck>());
        AddPages(services);
        return services;
    }

    /// <summary>What the pages ask for, without what serves them.</summary>
    internal static void AddPages(IServiceCollection services)
    {
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            mud.SnackbarConfiguration.PreventDuplicates = true;
            mud.SnackbarConfiguration.VisibleStateDuration = 6_000;
        });
        services.AddScoped<Visitor>();
        services.AddScoped<LiveGenerations>();
        services.AddScoped<ProductVisits>();
    }
}
