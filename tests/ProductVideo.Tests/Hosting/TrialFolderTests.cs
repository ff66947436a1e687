using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using ProductVideo.Generations;
using ProductVideo.Host;
using ProductVideo.Host.Commands;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

public sealed class TrialFolderTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("pv-trial-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private TrialFolder Named(string? folder, bool reads = true) =>
        TrialFolder.Of(new ConfigurationBuilder().AddInMemoryCollection([new("SampleShop", folder)]).Build(), _data, reads);

    private void Keep(string? folder)
    {
        if (folder is not null)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(ProductVideoApp.ShopsOf(_data)).FullName, "sample.folder"), folder);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "/srv/shop", "/srv/shop")]
    [InlineData(null, "", null)]
    [InlineData("", "/srv/shop", null)]
    [InlineData("/srv/other/", "/srv/shop", "/srv/other")]
    [InlineData("/srv/other", null, "/srv/other")]
    public void which_folder_it_is_the_settings_say_and_where_they_do_not_the_data_folder(string? named, string? kept, string? own)
    {
        Keep(kept);
        var trial = Named(named);
        (trial.Own, trial.IsNamed).ShouldBe((own, named is not null));
        trial.Path.ShouldBe(own ?? Path.Combine(AppContext.BaseDirectory, "SampleShop"));
    }

    [Theory]
    [InlineData("/srv/other", "/srv/other")]
    [InlineData("", "the sample shop")]
    public async Task beside_a_server_no_other_folder_is_taken(string named, string said)
    {
        Keep("/srv/shop");
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var left = ServerAddress.Leave(_data, $"http://{server.LocalEndpoint}");

        var refused = await Should.ThrowAsync<RefusedException>(() => CheckAsync(Named(named)));
        refused.Problem.MerchantText.ShouldContain($" at http://{server.LocalEndpoint} and serves /srv/shop; PRODUCTVIDEO_SampleShop names {said}.");
        await CheckAsync(Named("/srv/shop/"));
        await CheckAsync(Named(null));
        await CheckAsync(Named(named, reads: false));

        server.Stop();
        await CheckAsync(Named(named));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", false)]
    public async Task beside_a_server_of_a_version_that_kept_nothing_the_folder_that_is_named_is_taken(string? kept, bool taken)
    {
        Keep(kept);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var left = ServerAddress.Leave(_data, $"http://{server.LocalEndpoint}");
        var check = CheckAsync(Named("/srv/shop"));
        if (taken)
            await check;
        else
            (await Should.ThrowAsync<RefusedException>(() => check)).Problem.MerchantText.ShouldContain("serves the sample shop");
    }

    private static Task CheckAsync(TrialFolder trial) => new TrialFolder.Check(trial).StartAsync(TestContext.Current.CancellationToken);
}
