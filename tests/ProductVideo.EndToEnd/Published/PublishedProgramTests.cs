using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using ProductVideo.EndToEnd.Hosts;
using ProductVideo.Host;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.Published;

/// <summary>The program as it is handed out: it has all it needs with it but ffmpeg, and a service manager can run it.</summary>
public sealed class PublishedProgramTests(PublishedProgram program) : IClassFixture<PublishedProgram>, IDisposable
{
    private readonly string _empty = Checkout.NewFolder();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_empty, recursive: true);

    [Theory]
    [InlineData(PublishedProgram.FrameworkDependent)]
    [InlineData(PublishedProgram.SelfContained)]
    public async Task in_an_empty_folder_it_makes_the_sample_shops_first_clip(string form)
    {
        using var demo = Process.Start(program.Start(form, _empty, "demo", "--exit"))!;
        var errors = demo.StandardError.ReadToEndAsync(Token);
        var output = await demo.StandardOutput.ReadToEndAsync(Token);
        await demo.WaitForExitAsync(Token);

        demo.ExitCode.ShouldBe(0, output + await errors);
        output.ShouldContain("On its listing: /shop/sample/products/");
        new FileInfo(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).Length.ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData(PublishedProgram.FrameworkDependent)]
    [InlineData(PublishedProgram.SelfContained)]
    public async Task it_serves_its_pages_with_their_scripts_and_ends_when_it_is_told_to(string form)
    {
        await using var host = await HostProcess.ServeAsync(program.Start(form, _empty, "serve", "--port", "0", "--print-link"));
        using var visitor = new HttpClient { BaseAddress = new Uri(host.Address) };
        (await visitor.GetStringAsync("/health/ready", Token)).ShouldBe("ready");
        (await HostProcess.SignInAsync(visitor, host.SignInLink, Token)).ShouldContain("_framework/blazor.web");
        foreach (var file in new[] { "/_framework/blazor.web.js", "/_content/MudBlazor/MudBlazor.min.css", "/shop/sample/products/stoneware-mug" })
        {
            using var answer = await visitor.GetAsync(file, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, file);
        }

        (await host.StopAsync()).ShouldBe(0, host.Output);
    }

    [Theory]
    [InlineData(PublishedProgram.FrameworkDependent, "runtimes/linux-x64/native/")]
    [InlineData(PublishedProgram.SelfContained, "")]
    public void it_has_its_libraries_templates_fonts_and_sample_shop_with_it(string form, string native)
    {
        var folder = program.FolderOf(form);
        foreach (var file in new[] { native + "libvips.so.42", native + "libe_sqlite3.so", "appsettings.json", "SampleShop/shop.json", "SampleShop/products.csv", "productvideo.service", "productvideo" })
            File.Exists(Path.Combine(folder, file)).ShouldBeTrue(file);
        Same("ProductVideo/PromptTemplates", "PromptTemplates");
        Same("ProductVideo/Rendering/Fonts", "Rendering/Fonts");
        Same("ProductVideo.Host/SampleShop/images", "SampleShop/images");
        Directory.Exists(Path.Combine(folder, "SampleShop", "studio")).ShouldBeFalse("how the pictures were made is the sources' own");

        void Same(string source, string published) => Names(Path.Combine(folder, published)).ShouldBe(Names(Path.Combine(Checkout.Root, "src", source)));
    }

    [Fact]
    public async Task systemd_understands_its_unit()
    {
        // The one place of it that this machine lacks is where the program would be installed.
        var unit = (await File.ReadAllTextAsync(Unit, Token)).Replace("/opt/productvideo", program.FolderOf(PublishedProgram.SelfContained), StringComparison.Ordinal);
        var copy = Path.Combine(_empty, "productvideo.service");
        await File.WriteAllTextAsync(copy, unit, Token);
        var ended = await AnalyzeAsync("verify", "--man=no", "--recursive-errors=no", copy);
        (ended.ExitCode, ended.Output + ended.Errors).ShouldBe((0, ""));

        await File.WriteAllTextAsync(copy, unit.Replace("ProtectHome=yes", "ProtectHome=nonsense", StringComparison.Ordinal), Token);
        (await AnalyzeAsync("verify", "--man=no", "--recursive-errors=no", copy)).Errors.ShouldContain("nonsense", Case.Sensitive, "else it looks at nothing");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task its_script_runs_a_command_as_its_unit_runs_the_server()
    {
        // The machine that tests runs no systemd; what it would be asked is looked at.
        var told = Path.Combine(_empty, "systemd-run");
        await File.WriteAllTextAsync(told, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n", Token);
        File.SetUnixFileMode(told, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Path.Combine(program.FolderOf(PublishedProgram.SelfContained), "productvideo"), ["stop", "--why", "costs $5, or ${MORE}"]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{_empty}:{start.Environment["PATH"]}";
        using var script = Process.Start(start)!;
        var asked = (await script.StandardOutput.ReadToEndAsync(Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await script.WaitForExitAsync(Token);

        asked[^4..].ShouldBe(["/opt/productvideo/ProductVideo.Host", "stop", "--why", "costs $$5, or $${MORE}"]);
        var unit = await File.ReadAllLinesAsync(Unit, Token);
        asked.ShouldContain("--uid=" + Of("User="));
        asked.ShouldContain("--gid=" + Of("Group="));
        asked.ShouldContain("--property=UMask=" + Of("UMask="));
        asked.ShouldContain("--property=EnvironmentFile=" + Of("EnvironmentFile="));
        asked.ShouldContain("--working-directory=" + Of("WorkingDirectory="));
        Of("ExecStart=").ShouldEndWith(" --data " + Of("WorkingDirectory="));
        asked.Where(word => word.StartsWith("--setenv=", StringComparison.Ordinal)).Select(word => word["--setenv=".Length..]).ShouldBe(Of("Environment=").Split(' '), ignoreOrder: true);

        string Of(string setting) => unit.Single(line => line.StartsWith(setting, StringComparison.Ordinal))[setting.Length..];
    }

    [Fact]
    public async Task its_unit_waits_longer_than_the_program_takes_to_end()
    {
        const string setting = "TimeoutStopSec=";
        var line = (await File.ReadAllLinesAsync(Unit, Token)).Single(line => line.StartsWith(setting, StringComparison.Ordinal));
        TimeSpan.FromSeconds(int.Parse(line[setting.Length..], CultureInfo.InvariantCulture)).ShouldBeGreaterThan(ProductVideoApp.LongestStop);
    }

    private static string Unit { get; } = Path.Combine(Checkout.Root, "src", "ProductVideo.Host", "productvideo.service");

    /// <summary>But for what is there for whoever reads the sources.</summary>
    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
            .Where(file => file is not "README.md" && !file.EndsWith(".cs", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static async Task<Ended> AnalyzeAsync(params string[] arguments)
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
            throw new InvalidOperationException("systemd is not installed. Run: src/install-tools systemd");
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, errors);
    }
}
