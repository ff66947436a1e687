using Microsoft.Extensions.DependencyInjection;

namespace ProductVideo.Hosting;

/// <summary>What <c>AddProductVideo</c> returns: shops, providers and stores are added to it, one line each.</summary>
/// <param name="Services">The host's services.</param>
public sealed record ProductVideoBuilder(IServiceCollection Services);
