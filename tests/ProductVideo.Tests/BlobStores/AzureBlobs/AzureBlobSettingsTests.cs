using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Blobs;
using ProductVideo.BlobStores.AzureBlobs;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.BlobStores.AzureBlobs;

public sealed class AzureBlobSettingsTests
{
    [Fact]
    public void without_a_setting_the_store_stays_what_it_was()
    {
        var services = new ServiceCollection().AddSingleton<IBlobStore, MemoryBlobStore>();
        services.AddAzureBlobs(Settings());
        services.Single(service => service.ServiceType == typeof(IBlobStore)).ImplementationType.ShouldBe(typeof(MemoryBlobStore));
    }

    [Fact]
    public void a_connection_string_is_enough()
    {
        var options = Options(("ConnectionString", "UseDevelopmentStorage=true"));
        (options.ConnectionString, options.Container, options.Credential).ShouldBe(("UseDevelopmentStorage=true", "productvideo", null));
        options.ServiceVersion.ShouldBe(BlobClientOptions.ServiceVersion.V2025_11_05);
    }

    [Fact]
    public void container_and_version_are_settings()
    {
        var options = Options(("ConnectionString", "UseDevelopmentStorage=true"), ("Container", "clips-2"), ("ServiceVersion", "v2024_11_04"));
        (options.Container, options.ServiceVersion).ShouldBe(("clips-2", BlobClientOptions.ServiceVersion.V2024_11_04));
    }

    [Fact]
    public void at_an_address_we_are_who_the_machine_is()
    {
        Options(("ServiceUri", "https://name.blob.core.windows.net")).Credential.ShouldBeOfType<DefaultAzureCredential>();
        Options(("ServiceUri", "https://name.blob.core.windows.net/?sv=2025-11-05&sig=abc")).Credential.ShouldBeNull("the signature says it");
    }

    [Theory]
    [InlineData("ServiceUri", "name.blob.core.windows.net", "ServiceUri must be an https address")]
    [InlineData("ServiceUri", "http://name.blob.core.windows.net", "ServiceUri must be an https address")]
    [InlineData("ServiceVersion", "2025-11-05", "Write V2025_11_05")]
    [InlineData("ServiceVersion", "3", "Write V2025_11_05")]
    [InlineData("Container", "Videos", "Container must have 3 to 63 of a-z")]
    [InlineData("Contianer", "videos", "needs either ConnectionString or ServiceUri")]
    public void each_mistake_is_named_with_the_way_out(string setting, string value, string words) =>
        Should.Throw<OptionsValidationException>(() => Options((setting, value))).Failures.ShouldContain(failure =>
            failure.StartsWith("ProductVideo:AzureBlobs", StringComparison.Ordinal) && failure.Contains(words, StringComparison.Ordinal));

    private static AzureBlobOptions Options(params (string Name, string Value)[] settings)
    {
        using var provider = new ServiceCollection().AddAzureBlobs(Settings(settings)).BuildServiceProvider();
        return provider.GetRequiredService<IOptions<AzureBlobOptions>>().Value;
    }

    private static IConfiguration Settings(params (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create("ProductVideo:AzureBlobs:" + one.Name, (string?)one.Value))).Build();
}
