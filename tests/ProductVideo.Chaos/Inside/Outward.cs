using System.Globalization;

namespace ProductVideo.Chaos.Inside;

/// <summary>How the worker talks to the world: every call says whose it is, none is sent twice, and all end well within a lease.</summary>
internal static class Outward
{
    public static HttpClient Client(WorkerSettings settings)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri(settings.World),
            Timeout = TimeSpan.FromSeconds(settings.Patient ? 30 : 1.5),
        };
        client.DefaultRequestHeaders.Add("X-Worker", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return client;
    }
}
