using System.Net;
using System.Net.Http.Headers;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.AzureBlobs;
using ProductVideo.Conformance.Blobs;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.BlobStores;

public sealed class AzureBlobStoreTests : BlobStoreConformance, IClassFixture<Azurite>, IDisposable
{
    private readonly Azurite _azurite;
    private readonly AzureBlobStore _store;
    private readonly List<IDisposable> _broken = [];

    public AzureBlobStoreTests(Azurite azurite)
    {
        _azurite = azurite;
        _store = new AzureBlobStore(new AzureBlobOptions { ConnectionString = azurite.ConnectionString });
    }

    protected override IBlobStore Store => _store;

    protected override async Task<Stream> OpenBeforeAFaultAsync(string key)
    {
        var client = new HttpClient(new HangingUp());
        var broken = new AzureBlobStore(new AzureBlobOptions { ConnectionString = _azurite.ConnectionString }, clock: null, settings => settings.Transport = new HttpClientTransport(client));
        _broken.AddRange([client, broken]);
        return (await broken.OpenAsync(key, Token))!;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _broken.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task a_signed_address_reads_this_blob_and_no_other_and_writes_nothing()
    {
        await Put("sas/a.mp4", 1, 2, 3, 4);
        await Put("sas/b.mp4", 9);
        var address = (await _store.ReadUrlAsync("sas/a.mp4", TimeSpan.FromMinutes(5), Token))!;
        using var client = new HttpClient();
        using var part = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(1, 2) } };
        using var answer = await client.SendAsync(part, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await answer.Content.ReadAsByteArrayAsync(Token)).ShouldBe([2, 3]);

        var other = new Uri(address.AbsoluteUri.Replace("a.mp4", "b.mp4", StringComparison.Ordinal));
        using var refused = await client.GetAsync(other, Token);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var write = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ByteArrayContent([1]), Headers = { { "x-ms-blob-type", "BlockBlob" } } };
        using var denied = await client.SendAsync(write, Token);
        denied.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task without_a_signature_nobody_reads()
    {
        await Put("private/a.mp4", 1);
        var signed = (await _store.ReadUrlAsync("private/a.mp4", TimeSpan.FromMinutes(5), Token))!;
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(signed.GetLeftPart(UriPartial.Path)), Token);
        answer.IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task a_signature_alone_can_not_sign()
    {
        using var store = new AzureBlobStore(new AzureBlobOptions { ServiceUri = new Uri("https://name.blob.core.windows.net/?sv=1&sig=x") });
        (await store.ReadUrlAsync("a.mp4", TimeSpan.FromMinutes(5), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task wrong_credentials_are_the_stores_failure_without_the_key_in_it()
    {
        var key = Convert.ToBase64String("not the key of this account......"u8);
        var parts = _azurite.ConnectionString.Split(';').Select(p => p.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={key}" : p);
        using var store = new AzureBlobStore(new AzureBlobOptions { ConnectionString = string.Join(';', parts) });
        var e = await Should.ThrowAsync<BlobStoreException>(() => store.FindAsync("a.mp4", Token));
        e.MerchantText.ShouldContain("refuses our credentials");
        e.ToString().ShouldNotContain(key);
    }

    [Fact]
    public void all_mistakes_in_the_options_are_named_at_once()
    {
        var options = new AzureBlobOptions { Container = "No", ServiceVersion = (BlobClientOptions.ServiceVersion)99_999 };
        options.Mistakes().Count.ShouldBe(3);
        Should.Throw<ArgumentException>(() => new AzureBlobStore(options)).Message.ShouldContain("Container");
        new AzureBlobOptions { ConnectionString = "x", ServiceUri = new Uri("http://a") }.Mistakes().Count.ShouldBe(3, "both are given, one is no connection string, and the other is not https");
        using var services = new ServiceCollection().AddAzureBlobs(o => o.Container = "").BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IBlobStore>()).Failures.Count().ShouldBe(2);
    }

    private Task Put(string key, params byte[] bytes) => _store.PutAsync(key, new MemoryStream(bytes), "video/mp4", PutMode.Replace, Token);

    /// <summary>The way to the service: it breaks in each answer's bytes.</summary>
    private sealed class HangingUp() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Broken(request, await base.SendAsync(request, cancellationToken));

        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => Broken(request, base.Send(request, cancellationToken));

        private static HttpResponseMessage Broken(HttpRequestMessage request, HttpResponseMessage answer)
        {
            if (request.Method != HttpMethod.Get)
                return answer;
            var whole = answer.Content;
            answer.Content = new StreamContent(new Torn());
            foreach (var (name, values) in whole.Headers)
                answer.Content.Headers.TryAddWithoutValidation(name, values);
            return answer;
        }
    }

    /// <summary>Every other way to read it leads to this one.</summary>
    private sealed class Torn() : MemoryStream(new byte[1000])
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("The connection was reset.");
    }
}
