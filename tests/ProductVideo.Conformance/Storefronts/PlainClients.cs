namespace ProductVideo.Conformance.Storefronts;

/// <summary>Clients as a storefront's registration configures them: no redirection is followed and no cookie kept.</summary>
public sealed class PlainClients : IHttpClientFactory
{
    public HttpClient CreateClient(string name) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
}
