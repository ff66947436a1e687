using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProductVideo.Conformance.Databases;
using ProductVideo.Data;
using ProductVideo.Hosting;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Data;

public sealed class DatabaseOptionsTests : IDisposable
{
    private const string Secret = "s3cret-Pa55";

    private readonly string _folder = Directory.CreateTempSubdirectory("pv-options-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("sqlite", null)]
    [InlineData("SQLite", "")]
    [InlineData("postgres", $"Host=h;Database=d;Username=u;Password={Secret}")]
    [InlineData("Postgres", "Server=h;Port=6000;Database=d;SSL Mode=Require")]
    [InlineData("postgres", "Host=one,two;Database=d;Password='a;b=c'")]
    public void these_are_fine(string engine, string? connection) => Mistakes(engine, connection).ShouldBeEmpty();

    [Theory]
    [InlineData("mysql", null, "Engine is 'mysql'")]
    [InlineData("", null, "Engine is ''")]
    [InlineData("sqlite", $"Host=h;Database=d;Password={Secret}", "takes none")]
    [InlineData("postgres", null, "is missing")]
    [InlineData("postgres", "  ", "is missing")]
    [InlineData("postgres", $"Database=d;Password={Secret}", "names no Host")]
    [InlineData("postgres", $"Host=h;Password={Secret}", "names no Database")]
    [InlineData("postgres", $"postgres://u:{Secret}@h/d", "can't be read")]
    [InlineData("postgres", $"Host=h;Database=d;Password=x;{Secret}=y", "can't be read")]
    [InlineData("postgres", $"Host=h;Database=d;Port={Secret}", "can't be read")]
    [InlineData("postgres", $"Host=h;Database=d;SSL Mode={Secret}", "can't be read")]
    public void each_mistake_is_named_without_a_piece_of_the_password(string engine, string? connection, string words)
    {
        var mistake = Mistakes(engine, connection).ShouldHaveSingleItem();
        mistake.ShouldStartWith("ProductVideo:Database:");
        mistake.ShouldContain(words);
        mistake.ShouldNotContain(Secret);
    }

    [Fact]
    public void all_mistakes_are_told_at_once()
    {
        Mistakes("mysql", "Port=5432").Count.ShouldBe(3);
        var services = new ServiceCollection();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build());
        services.AddProductVideo(options =>
        {
            options.DataFolder = "";
            options.Database.Engine = "mysql";
        });
        using var provider = services.BuildServiceProvider();
        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<ProductVideoOptions>()).Failures.Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("no-such-host.invalid")]
    public async Task a_server_that_is_not_there_is_a_sentence_that_says_where_and_not_the_password(string host)
    {
        await using var node = new DatabaseUnderTest(_folder, new DatabaseOptions
        {
            Engine = DatabaseOptions.Postgres,
            ConnectionString = $"Host={host};Port=1;Database=orders;Username=u;Password={Secret}",
        });
        var failure = await Should.ThrowAsync<DatabaseUnavailableException>(() => node.StartAsync(CancellationToken.None));
        failure.OperatorText.ShouldContain(host);
        failure.OperatorText.ShouldContain("'orders'");
        failure.OperatorText.ShouldContain("can't be reached");
        failure.ToString().ShouldNotContain(Secret);
    }

    private static List<string> Mistakes(string engine, string? connection) =>
        [.. new DatabaseOptions { Engine = engine, ConnectionString = connection }.Mistakes()];
}
