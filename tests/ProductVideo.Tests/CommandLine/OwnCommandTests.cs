using ProductVideo.Host.Commands;
using Shouldly;
using Xunit;

namespace ProductVideo.Tests.CommandLine;

public sealed class OwnCommandTests
{
    [Theory]
    [InlineData("src/run", "/usr/bin/dotnet", "src/run")]
    [InlineData(null, "/opt/productvideo/ProductVideo.Host", "/opt/productvideo/ProductVideo.Host")]
    [InlineData("", "/opt/productvideo/ProductVideo.Host", "/opt/productvideo/ProductVideo.Host")]
    public void the_program_is_what_started_it_or_its_own_file(string? script, string process, string program) =>
        OwnCommand.ProgramOf(script, process).ShouldBe(program);

    [Fact]
    public void a_library_is_run_by_dotnet() =>
        new OwnCommand(OwnCommand.ProgramOf(script: null, "/usr/bin/dotnet"), "data").Line("data").ShouldBe($"dotnet {Path.Combine(AppContext.BaseDirectory, "ProductVideo.Host.dll")}");

    [Theory]
    [InlineData("src/run", "data", "sign-in", "src/run sign-in")]
    [InlineData("src/run", "data", "", "src/run")]
    [InlineData("src/run", "/var/lib/productvideo", "sign-in", "src/run sign-in --data /var/lib/productvideo")]
    [InlineData("/opt/my programs/ProductVideo.Host", "/my data", "stops", "\"/opt/my programs/ProductVideo.Host\" stops --data \"/my data\"")]
    public void a_line_names_the_data_folder_where_it_is_another_than_is_meant_without_it(string program, string data, string words, string line) =>
        new OwnCommand(program, "data").Line(data, words).ShouldBe(line);

    [Theory]
    [InlineData("src/run", "data", "src/run sign-in")]
    [InlineData("/opt/productvideo/ProductVideo.Host", "/var/lib/productvideo", "ProductVideo.Host sign-in --data FOLDER")]
    [InlineData("/opt/productvideo/ProductVideo.Host.dll", "data", "dotnet ProductVideo.Host.dll sign-in")]
    public void a_page_for_everybody_tells_no_place_on_the_machine(string program, string data, string line) =>
        new OwnCommand(program, "data").LineForStrangers(data, "sign-in").ShouldBe(line);
}
