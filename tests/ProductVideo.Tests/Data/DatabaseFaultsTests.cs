using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using ProductVideo.Data;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.Data;

public sealed class DatabaseFaultsTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(11, false)]
    [InlineData(19, false)]
    public void a_file_that_somebody_writes_to_is_unavailable_and_a_broken_one_is_not(int code, bool unavailable)
    {
        var failure = new SqliteException("locked", code);
        DatabaseFaults.IsUnavailable(failure).ShouldBe(unavailable);
        DatabaseFaults.IsUnavailable(new DbUpdateException("saving", failure)).ShouldBe(unavailable);
        DatabaseFaults.IsUnavailable(new InvalidOperationException("likely due to a transient failure", new DbUpdateException("saving", failure))).ShouldBe(unavailable);
    }

    [Theory]
    [InlineData("57P03", true)]
    [InlineData("53300", true)]
    [InlineData("25006", true)]
    [InlineData("42P01", false)]
    public void a_server_that_starts_is_full_or_takes_no_writes_is_unavailable_and_a_missing_table_is_not(string state, bool unavailable) =>
        DatabaseFaults.IsUnavailable(new PostgresException("said", "FATAL", "FATAL", state)).ShouldBe(unavailable);

    [Fact]
    public void what_is_no_database_failure_is_none_of_it() => DatabaseFaults.IsUnavailable(new InvalidOperationException("other")).ShouldBeFalse();
}
