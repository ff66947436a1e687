using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ProductVideo.Changes;
using ProductVideo.Health;
using ProductVideo.Host;
using ProductVideo.Host.Commands;
using ProductVideo.Hosting;
using ProductVideo.Pipeline;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class FailuresTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pv-failures-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void a_setting_that_cannot_be_read_is_named_with_the_form_to_write()
    {
        Sentence<PipelineOptions>("Pipeline:Lease", "90 s").ShouldBe((
            "ProductVideo:Pipeline:Lease can't be read: it is '90 s'. Write a time as hours:minutes:seconds, for example 00:01:30 for a minute and a half, or 06:00:00 for six hours.", 2));
        Sentence<ChangesOptions>("Changes:ScanEvery", "6 h").Text.ShouldContain("06:00:00 for six hours");
        Sentence<HealthOptions>("Health:MinFreeDisk", "2 GB").Text.ShouldContain("2000000000 for 2 GB");
        Sentence<PipelineOptions>("Pipeline:CompareWithPictures", "yes").Text.ShouldContain("Write true or false.");
    }

    [Fact]
    public void what_no_setting_caused_is_no_sentence() => Failures.Sentence(new InvalidOperationException("Sequence contains no elements")).ShouldBeNull();

    [Theory]
    [InlineData("This was never a database, and it is longer than the hundred bytes of a header of one, so nobody takes it for an empty file.", "is no database")]
    [InlineData("SQLite format 3\0and then what a broken disk left, over and over again, over and over again, over and over again, over and over", "productvideo.db in the data folder is")]
    public async Task a_file_that_is_no_database_is_a_sentence_of_this_machine(string content, string words)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "productvideo.db"), content, Token);
        var failure = await Should.ThrowAsync<Exception>(() => WithDatabase.RunAsync(_folder, _ => Task.FromResult(0), Token));
        var (text, exitCode) = Failures.Sentence(failure).ShouldNotBeNull();
        (exitCode, text).ShouldBe((Failures.Machine, text));
        text.ShouldContain(words);
        text.ShouldContain("run \"restored\"");
    }

    [Theory]
    [InlineData(10, "the disk or the network drive fails")]
    [InlineData(11, "is damaged")]
    [InlineData(14, "Check the permissions")]
    public void what_sqlite_says_of_its_file_is_a_sentence_also_inside_another_failure(int code, string words)
    {
        var (text, exitCode) = Failures.Sentence(new InvalidOperationException("It could not be saved.", new SqliteException("SQLite Error", code))).ShouldNotBeNull();
        exitCode.ShouldBe(Failures.Machine);
        text.ShouldContain(words);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void a_database_that_somebody_holds_is_a_sentence_that_claims_nothing_was_done(int code) => IsAway(new SqliteException("SQLite Error: 'database is locked'.", code));

    [Fact]
    public void so_is_a_server_that_goes_away_under_a_command() =>
        IsAway(new NpgsqlException("Exception while reading from stream", new EndOfStreamException("Attempted to read past the end of the stream")));

    [Fact]
    public void so_is_a_server_that_takes_no_writes() =>
        IsAway(new PostgresException("cannot execute INSERT in a read-only transaction", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction));

    private static void IsAway(DbException failure)
    {
        Exception[] asItComes = [failure, new DbUpdateException("saving", failure), new InvalidOperationException("likely due to a transient failure", new DbUpdateException("saving", failure))];
        foreach (var one in asItComes)
        {
            var (text, exitCode) = Failures.Sentence(one).ShouldNotBeNull();
            exitCode.ShouldBe(Failures.Machine);
            text.ShouldStartWith($"The database is locked by another program, takes no writes or can't be reached: {failure.GetBaseException().Message.TrimEnd('.')}. Look whether this was done");
        }
    }

    private static (string Text, int ExitCode) Sentence<TOptions>(string setting, string value) where TOptions : class
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("ProductVideo:" + setting, value)]).Build());
        services.AddLogging();
        services.AddProductVideo();
        using var provider = services.BuildServiceProvider();
        return Failures.Sentence(Should.Throw<InvalidOperationException>(provider.GetRequiredService<TOptions>)).ShouldNotBeNull();
    }
}
