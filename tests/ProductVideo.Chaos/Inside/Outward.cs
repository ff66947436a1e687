using System.Globalization;
using System.Net.Http.Headers;

namespace ProductVideo.Chaos.Inside;

/// <summary>How the worker talks to the world: every call says whose it is, none is sent twice, and all end well within a lease.</summary>
internal static class Outward
{
    public static HttpClient Client(WorkerSettings settings)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = new Uri(settings.World),
            Timeout = Timeout(settings),
        };
        Name(client.DefaultRequestHeaders);
        return client;
    }

    /// <summary>In real time.</summary>
    public static TimeSpan Timeout(WorkerSettings settings) => TimeSpan.FromSeconds(settings.Patient ? 30 : 1.5);

    /// <summary>Says which worker calls.</summary>
    public static void Name(HttpRequestHeaders headers) => headers.Add("X-Worker", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
}
