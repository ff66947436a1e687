using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
namespace ProductVideo.Storefronts.Folder.Listing;
internal static class ListingEndpoints
{
    public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, FolderStorefront storefront) => endpoints.MapGroup(storefront.Products.ListingPath);
}
