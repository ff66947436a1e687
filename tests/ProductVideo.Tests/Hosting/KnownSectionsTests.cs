using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Host;
using ProductVideo.Hosting;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Hosting;

/// <summary>As the program itself adds its parts.</summary>
public sealed class KnownSectionsTests
{
    [Theory]
    [InlineData("Spendings:Caps:0:Amount", "ProductVideo:Spendings is no setting. Did you mean ProductVideo:Spending?")]
    [InlineData("Account:kling:MaxInFlight", "ProductVideo:Account is no setting. Did you mean ProductVideo:Accounts?")]
    [InlineData("AzureBlob:ConnectionString", "ProductVideo:AzureBlob is no setting. Did you mean ProductVideo:AzureBlobs?")]
    [InlineData("Databases:Engine", "ProductVideo:Databases is no setting. Did you mean ProductVideo:Database?")]
    [InlineData("KeyRings", "ProductVideo:KeyRings is no setting. Did you mean ProductVideo:KeyRing?")]
    [InlineData("Role", "ProductVideo:Role is no setting. Did you mean ProductVideo:Roles?")]
    [InlineData("WoCommerce:woo:Url", "ProductVideo:WoCommerce is no setting. Did you mean ProductVideo:WooCommerce?")]
    public void a_misspelt_section_is_refused_with_the_one_that_was_meant(string setting, string told)
    {
        var refused = Should.Throw<OptionsValidationException>(() => Read((setting, "x")));
        refused.Failures.ShouldBe([told]);
        Failures.Sentence(refused).ShouldNotBeNull().ExitCode.ShouldBe(Failures.Refused);
    }

    [Theory]
    [InlineData("Database:Engin", "ProductVideo:Database:Engin is no setting. ProductVideo:Database takes ConnectionString, Engine.")]
    [InlineData("Archive:Afer", "ProductVideo:Archive:Afer is no setting. ProductVideo:Archive takes After, LeftOutAfter.")]
    [InlineData("AzureBlobs:ServiceUrl", "ProductVideo:AzureBlobs:ServiceUrl is no setting. ProductVideo:AzureBlobs takes ConnectionString, Container, ServiceUri, ServiceVersion.")]
    [InlineData("SampleShop:Enable", "ProductVideo:SampleShop:Enable is no setting. ProductVideo:SampleShop takes Enabled.")]
    [InlineData("KeyRing:Folder", "ProductVideo:KeyRing:Folder is no setting: ProductVideo:KeyRing is a single value.")]
    [InlineData("OpenAiVideos:Server:gpu:BaseAddress", "ProductVideo:OpenAiVideos:Server is no setting. ProductVideo:OpenAiVideos takes Servers.")]
    public void so_is_a_misspelt_setting_in_a_section_that_is_read_otherwise(string setting, string told) =>
        Should.Throw<OptionsValidationException>(() => Read((setting, "x"))).Failures.ShouldBe([told]);

    [Fact]
    public void a_provider_whose_switch_is_misspelt_is_told_and_not_left_off() =>
        Should.Throw<OptionsValidationException>(() => Read(("Kling:ApiKy", "secret"))).Failures.ShouldHaveSingleItem()
            .ShouldStartWith("ProductVideo:Kling:ApiKy is no setting. ProductVideo:Kling takes ");

    [Fact]
    public void what_is_like_no_section_is_told_with_all_of_them() =>
        Should.Throw<OptionsValidationException>(() => Read(("Budget", "25"))).Failures.ShouldHaveSingleItem()
            .ShouldStartWith("ProductVideo:Budget is no setting. ProductVideo takes Accounts, Archive, AzureBlobs, Backfills, Changes, DataFolder, Database, ");

    [Fact]
    public void every_section_of_the_readme_is_known_whether_or_not_it_is_switched_on() => Read(
        ("TemplateFolder", Path.GetTempPath()), ("Roles", "web"), ("AzureBlobs:ConnectionString", "UseDevelopmentStorage=true"), ("AzureBlobs:Container", "clips"),
        ("AzureBlobs:ServiceVersion", "V2025_11_05"), ("Archive:After", "180"), ("Archive:LeftOutAfter", "30"), ("Pipeline:Lease", "00:01:30"), ("Local:Workers", "1"),
        ("Database:Engine", "sqlite"), ("Changes:ScanEvery", "06:00:00"), ("Backfills:Ahead", "64"), ("PublicAddress", "https://video.example"), ("SampleShop:Enabled", "false"),
        ("KeyRing", "/mnt/keys"), ("Signing:Enabled", "true"), ("Spending:Caps:0:Amount", "25"), ("Accounts:kling:MaxInFlight", "2"), ("Health:Drain", "00:00:10"), ("Submit:Timeout", "00:01:00"),
        ("Webhooks:KeepFor", "30"), ("Feeds:Shops:woo:Country", "DE"), ("HappyHorse:Models:0", "m"), ("Wan:BaseAddress", "https://a.example"), ("Seedance:ApiKey", ""), ("Kling:Currency", "USD"),
        ("Runway:ApiKey", ""), ("Fal:Models:0:Id", "m"), ("Replicate:ApiKey", ""), ("GeminiOmni:ApiKey", ""), ("OpenRouter:ApiKey", ""), ("LocalAi:BaseAddress", ""),
        ("OpenAiVideos:Servers:gpu:BaseAddress", "http://127.0.0.1:8000"), ("Medusa:m:Url", "https://m.example"), ("NopCommerce:n:Url", "https://n.example"), ("Shopify", ""),
        ("Vendure:v:Url", "https://v.example"), ("VirtoCommerce:v:Url", "https://v.example"), ("woocommerce:w:Url", "https://w.example")).ShouldNotBeNull();

    [Fact]
    public void a_part_of_the_embedding_program_names_its_own()
    {
        Should.Throw<OptionsValidationException>(() => Read(("MyProvider:Key", "x")));
        Read(services => services.AddProductVideoSection("ProductVideo:MyProvider"), ("MyProvider:Key", "x"));
        Should.Throw<OptionsValidationException>(() => Read(services => services.AddProductVideoSection("ProductVideo:MyProvider", typeof(MyOptions)), ("MyProvider:Ky", "x")))
            .Failures.ShouldBe(["ProductVideo:MyProvider:Ky is no setting. ProductVideo:MyProvider takes Key."]);
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddProductVideoSection("MyProvider"));
        Read(services => services.AddProductVideoSection("ProductVideo:MyProvider:Inner", typeof(MyOptions)), ("MyProvider:Inner:Key", "x"));
    }

    [Theory]
    [InlineData("spending", "Spending")]
    [InlineData("Accnts", "Accounts")]
    [InlineData("Fla", null)]
    [InlineData("", null)]
    public void what_was_meant_differs_in_a_third_of_the_letters_at_most(string written, string? meant) =>
        Spelling.Nearest(written, ["Accounts", "Fal", "Spending", "Wan"]).ShouldBe(meant);

    private static ProductVideoOptions Read(params (string Name, string Value)[] settings) => Read(_ => { }, settings);

    private static ProductVideoOptions Read(Action<IServiceCollection> add, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create("ProductVideo:" + one.Name, (string?)one.Value))).Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging();
        services.AddProductVideo();
        ProductVideoApp.AddOwnSections(services);
        services.AddAzureBlobs(configuration);
        ConfiguredProviders.Add(services, configuration);
        Host.Storefronts.Add(services, configuration);
        add(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<ProductVideoOptions>();
    }

    private sealed class MyOptions
    {
        public string? Key { get; set; }
    }
}
