using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ProductVideo.EndToEnd.Hosts;
using Shouldly;
using Xunit;

namespace ProductVideo.EndToEnd.CommandLine;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _data = Checkout.NewFolder();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private Task<Ended> RunAsync(params string[] arguments) => HostProcess.RunAsync([.. arguments, "--data", _data]);

    /// <summary>A sentence for whoever typed the command, and no trace of the program's inside.</summary>
    private static void ShouldBeASentence(Ended ended, int exitCode, params string[] words)
    {
        ended.ExitCode.ShouldBe(exitCode, ended.Output + ended.Errors);
        foreach (var word in words)
            ended.Errors.ShouldContain(word);
        (ended.Output + ended.Errors).ShouldNotContain("   at ");
        (ended.Output + ended.Errors).ShouldNotContain("Exception");
        ended.Errors.Trim().ShouldEndWithOneOf('.', ')', 'R', '0');
    }

    [Fact]
    public async Task generate_prints_each_state_and_the_path_of_a_sound_clip()
    {
        var ended = await RunAsync("generate", "--shop", "sample", "--product", "stoneware-mug", "--wait");

        ended.ExitCode.ShouldBe(0, ended.Errors);
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.ShouldContain("Planned");
        lines.ShouldContain("AwaitingReview");
        lines.ShouldContain(line => line.StartsWith("Rendering", StringComparison.Ordinal));
        File.Exists(lines[^1]).ShouldBeTrue(ended.Output);
        var stream = await ProbeAsync(lines[^1]);
        stream.GetProperty("codec_name").GetString().ShouldBe("h264");
        stream.GetProperty("profile").GetString().ShouldBe("High");
        stream.GetProperty("pix_fmt").GetString().ShouldBe("yuv420p");
        stream.GetProperty("color_range").GetString().ShouldBe("tv");
        stream.GetProperty("color_space").GetString().ShouldBe("bt709");
        stream.GetProperty("avg_frame_rate").GetString().ShouldBe("30/1");
        double.Parse(stream.GetProperty("duration").GetString()!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(8, 12);
    }

    [Fact]
    public async Task demo_makes_the_first_clip_attaches_it_and_stops()
    {
        var ended = await RunAsync("demo", "--exit");

        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Output.ShouldContain("Published");
        ended.Output.ShouldContain("On its listing: /shop/sample/products/");
        Directory.EnumerateFiles(Path.Combine(_data, "shops", "sample"), "*.mp4", SearchOption.AllDirectories).Count().ShouldBe(1);

        var again = await RunAsync("demo", "--exit");
        again.ExitCode.ShouldBe(0, again.Errors);
        again.Output.ShouldContain("nothing is made or paid twice");
        Directory.EnumerateFiles(Path.Combine(_data, "shops", "sample"), "*.mp4", SearchOption.AllDirectories).Count().ShouldBe(1);
    }

    [Fact]
    public async Task an_unknown_product_is_a_sentence() =>
        ShouldBeASentence(await RunAsync("generate", "--product", "no-such-product", "--wait"), 2, "no-such-product", "products --shop sample");

    [Fact]
    public async Task an_unknown_shop_is_a_sentence() =>
        ShouldBeASentence(await RunAsync("generate", "--shop", "nowhere", "--product", "stoneware-mug", "--wait"), 2, "nowhere", "sample");

    [Fact]
    public async Task a_picture_that_the_product_does_not_have_is_a_sentence() =>
        ShouldBeASentence(await RunAsync("generate", "--product", "stoneware-mug", "--last-picture", "9"), 2, "--last-picture", "1 to 5");

    [Theory]
    [InlineData("--shop", "sample", "--connect", "not an address")]
    [InlineData("--connect", "https://video.example")]
    public async Task a_connection_code_without_an_address_or_a_shop_is_a_sentence(params string[] arguments)
    {
        await HostProcess.BeginAsync(_data);
        ShouldBeASentence(await RunAsync(["keys", "create", "--name", "shop", .. arguments]), 2, "--connect", "--shop");
    }

    [Fact]
    public async Task a_connection_code_is_made_for_a_shop_that_is_connected_later_and_not_for_a_name_that_none_can_have()
    {
        await HostProcess.BeginAsync(_data);
        string[] create = ["keys", "create", "--name", "plugin", "--connect", "https://video.example", "--shop"];
        var made = await RunAsync([.. create, "later"]);
        (made.ExitCode, made.Output.Trim().Contains(' ', StringComparison.Ordinal)).ShouldBe((0, false));
        made.Errors.ShouldContain("no shop 'later' here yet");
        ShouldBeASentence(await RunAsync([.. create, "My shop"]), 2, "1 to 40 characters");
    }

    [Fact]
    public async Task the_key_of_a_connection_code_may_do_what_a_plugin_needs_unless_something_else_is_asked_for()
    {
        await HostProcess.BeginAsync(_data);
        string[] connect = ["--shop", "sample", "--connect", "https://video.example"];
        (await RunAsync(["keys", "create", "--name", "plugin", .. connect])).ExitCode.ShouldBe(0);
        (await RunAsync(["keys", "create", "--name", "reader", "--scope", "videos:read", .. connect])).ExitCode.ShouldBe(0);
        (await RunAsync("keys", "create", "--name", "person")).ExitCode.ShouldBe(0);

        var scopes = (await RunAsync("keys", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t')).ToDictionary(parts => parts[1], parts => parts[2].Split(' '), StringComparer.Ordinal);
        scopes["plugin"].ShouldBe(["videos:read", "videos:create"], ignoreOrder: true);
        scopes["reader"].ShouldBe(["videos:read"]);
        scopes["person"].Length.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task a_key_is_of_a_shop_that_is_there_and_its_end_is_seen_in_the_list()
    {
        await HostProcess.BeginAsync(_data);
        string[] create = ["keys", "create", "--name", "till spring"];
        ShouldBeASentence(await RunAsync([.. create, "--shop", "nowhere"]), 2, "There is no shop 'nowhere' here.");
        foreach (var days in new[] { "0", "-5", "3651" })
            ShouldBeASentence(await RunAsync([.. create, $"--days={days}"]), 2, "--days is a number from 1 to 3650");
        (await RunAsync([.. create, "--shop", "sample", "--days", "3650"])).ExitCode.ShouldBe(0);
        (await RunAsync("keys", "create", "--name", "for ever")).ExitCode.ShouldBe(0);

        var lines = (await RunAsync("keys", "list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        (lines[0][3], lines[1][3], lines[1][5]).ShouldBe(("sample", "all shops", "never expires"));
        lines[0][5].ShouldStartWith("expires 20");
    }

    [Theory]
    [InlineData("no.such.name")]
    [InlineData("video.example")]
    [InlineData("1.2.3.4:5080")]
    public async Task a_host_that_is_no_address_of_this_machine_is_a_sentence(string host) =>
        ShouldBeASentence(await RunAsync("serve", "--port", "0", "--host", host), 2, host, "--host", "localhost");

    [Fact]
    public async Task an_address_of_another_machine_is_a_sentence() =>
        ShouldBeASentence(await RunAsync("serve", "--port", "0", "--host", "192.0.2.1"), 2, "--host", "0.0.0.0");

    [Fact]
    public async Task what_can_t_be_understood_leaves_standard_output_empty()
    {
        var ended = await RunAsync("generate", "--bogus");
        ShouldBeASentence(ended, 2, "--bogus", "--product");
        ended.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_stop_says_what_ends_it_and_nothing_is_resumed_that_was_not_stopped()
    {
        await HostProcess.BeginAsync(_data);
        var nothing = await RunAsync("resume", "--shop", "sample");
        (nothing.ExitCode, nothing.Output).ShouldBe((2, ""));
        nothing.Errors.ShouldContain("\nshop:sample was not stopped.");
        (await RunAsync("stop", "--provider", "local", "--why", "Too dear.")).Output.Trim().ShouldEndWith($" resume --provider local --data {_data}");
        (await RunAsync("stop", "--shop", "sample")).Output.ShouldContain(" resume --shop sample --data ");
        (await RunAsync("resume", "--provider", "local")).Output.ShouldBe("Goes on: provider:local.\n");
        (await RunAsync("stops")).Output.ShouldStartWith("shop:sample\t");
    }

    [Fact]
    public async Task what_acts_on_a_database_says_on_which_and_begins_none()
    {
        string[][] commands = [["stop"], ["resume"], ["stops"], ["budgets"], ["restored"], ["doubt", "list"], ["keys", "create", "--name", "night"], ["sign-in"], ["backfill", "plan"], ["spend"]];
        foreach (var command in commands)
        {
            var ended = await RunAsync(command);
            (ended.ExitCode, ended.Output).ShouldBe((2, ""), ended.Errors);
            ended.Errors.ShouldStartWith($"There is no ProductVideo in {Path.Combine(_data, "productvideo.db")}. Name its data folder with --data FOLDER");
            Directory.EnumerateFileSystemEntries(_data).ShouldBeEmpty(command[0]);
        }

        (await RunAsync("products")).Output.ShouldContain("stoneware-mug\t");
        foreach (var command in commands[..6])
            (await RunAsync(command)).Errors.ShouldStartWith($"Database: {Path.Combine(_data, "productvideo.db")}\n", Case.Sensitive, command[0]);
    }

    [Fact]
    public async Task where_nothing_is_in_doubt_that_is_said()
    {
        await HostProcess.BeginAsync(_data);
        var ended = await RunAsync("doubt", "list");
        (ended.ExitCode, ended.Output).ShouldBe((0, ""));
        ended.Errors.ShouldEndWith("\nNo video is in doubt.\n");
    }

    [Fact]
    public async Task in_a_machines_own_language_numbers_are_what_they_are_elsewhere()
    {
        await HostProcess.BeginAsync(_data);
        string[] plan = ["backfill", "plan", "--provider", "local", "--min-price", "20.50", "--max-price", "49.90", "--data", _data];
        var elsewhere = await HostProcess.RunAsync(plan);
        var german = await HostProcess.RunAsync(plan, new Dictionary<string, string> { ["LANG"] = "de_DE.UTF-8", ["LC_ALL"] = "de_DE.UTF-8" });
        LineOf(german).ShouldBe(LineOf(elsewhere));

        static string LineOf(Ended ended) => ended.Output.Split('\n').Where(line => line.Contains(" videos of ", StringComparison.Ordinal)).ShouldHaveSingleItem(ended.Output + ended.Errors);
    }

    [Fact]
    public async Task a_backup_holds_what_a_server_that_goes_on_has_and_can_be_put_in_its_place()
    {
        var backup = Path.Combine(_data, "backups", "monday");
        await using (var server = await HostProcess.ServeAsync(_data))
        {
            (await RunAsync("demo", "--exit")).ExitCode.ShouldBe(0);
            (await RunAsync("stop", "--shop", "sample")).ExitCode.ShouldBe(0);
            var ended = await RunAsync("backup", backup);
            ended.ExitCode.ShouldBe(0, ended.Errors);
            ended.Output.ShouldEndWith($" restored --data {_data}\n");

            var again = await RunAsync("backup", backup);
            (again.ExitCode, again.Output).ShouldBe((2, ""));
            again.Errors.ShouldContain($"{backup} is not empty.");
            (await RunAsync("backup", Path.Combine(_data, "blobs", "backup"))).Errors.ShouldContain("is a part of what is backed up");
            Directory.Exists(Path.Combine(_data, "blobs", "backup")).ShouldBeFalse();
        }

        foreach (var part in new[] { "blobs", "keys", "shops" })
            Names(Path.Combine(backup, part)).ShouldBe(Names(Path.Combine(_data, part)), part);
        (await HostProcess.RunAsync(["restored", "--data", backup])).ExitCode.ShouldBe(0);
        (await HostProcess.RunAsync(["stops", "--data", backup])).Output.ShouldStartWith("shop:sample\t");
        var made = await HostProcess.RunAsync(["demo", "--exit", "--data", backup]);
        (made.ExitCode, made.Output.Contains("nothing is made or paid twice", StringComparison.Ordinal)).ShouldBe((0, true), made.Output + made.Errors);
        new FileInfo(made.Output.Trim().Split('\n')[^1]).Length.ShouldBeGreaterThan(10_000);

        static IReadOnlyList<string> Names(string folder)
        {
            string[] all = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
            all.ShouldNotBeEmpty(folder);
            return all;
        }
    }

    [Fact]
    public async Task a_demo_takes_another_port_and_a_shop_without_products_is_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        ShouldBeASentence(await RunAsync("demo", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}"), 3, "port", "--port");
        ShouldBeASentence(await RunAsync("demo", "--host", "nowhere.example"), 2, "nowhere.example", "--host");
        var empty = Directory.CreateDirectory(Path.Combine(_data, "shop-folder")).FullName;
        await File.WriteAllTextAsync(Path.Combine(empty, "products.csv"), "Handle,Title,Body (HTML),Image Src\n");
        ShouldBeASentence(
            await HostProcess.RunAsync(["demo", "--exit", "--data", _data], new Dictionary<string, string> { ["PRODUCTVIDEO_SampleShop"] = empty }), 2, "has no products", "products.csv");
    }

    [Fact]
    public async Task a_demo_that_ends_serves_no_more_and_leaves_no_address()
    {
        ShouldBeASentence(await HostProcess.RunAsync(["demo", "--port", "0", "--data", _data], await ShopOfAsync("broken.jpg", "not a picture")), 2, "Picture 1");
        File.Exists(Path.Combine(_data, "address")).ShouldBeFalse();
    }

    [Fact]
    public async Task no_link_that_signs_in_comes_where_a_service_keeps_its_log()
    {
        using var server = Process.Start(HostProcess.StartInfo(["serve", "--port", "0", "--data", _data], environment: null))!;
        try
        {
            var said = (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
            said.ShouldStartWith("ProductVideo is running at http://127.0.0.1:");
            said.ShouldEndWith($" sign-in --data {_data}");
            said.ShouldNotContain("token");

            var link = (await RunAsync("sign-in")).Output.Trim();
            using var visitor = new HttpClient();
            (await HostProcess.SignInAsync(visitor, link, TestContext.Current.CancellationToken)).ShouldContain("_framework/blazor.web");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData("PRODUCTVIDEO_Logging__LogLevel__Default")]
    [InlineData("PRODUCTVIDEO_Logging__Console__LogLevel__Default")]
    public async Task nor_does_it_where_everything_is_logged(string level)
    {
        await using var host = await HostProcess.ServeAsync(_data, new Dictionary<string, string> { [level] = "Trace" });
        using var visitor = new HttpClient();
        (await visitor.GetAsync(host.SignInLink, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await HostProcess.SignInAsync(visitor, host.SignInLink, TestContext.Current.CancellationToken);
        await host.StopAsync();
        var token = System.Web.HttpUtility.ParseQueryString(new Uri(host.SignInLink).Query)["token"]!;
        host.Output.ShouldContain("Executed endpoint 'HTTP: GET /sign-in");
        host.Output.Split(token).Length.ShouldBe(2, "where it was printed for who started it");
    }

    [Fact]
    public async Task publishing_a_video_that_is_there_and_awaits_review_approves_it_without_waiting_too()
    {
        (await RunAsync("generate", "--product", "stoneware-mug", "--wait")).Output.ShouldContain("AwaitingReview");

        var ended = await RunAsync("generate", "--product", "stoneware-mug", "--publish");
        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Output.ShouldContain("is there already");
        ended.Output.Split('\n')[0].ShouldEndWith(" Publishing");
        (await RunAsync("generate", "--product", "stoneware-mug", "--publish", "--wait")).Output.ShouldContain("On its listing: /shop/sample/products/");
    }

    [Fact]
    public async Task an_unreadable_picture_is_a_sentence() =>
        ShouldBeASentence(await GenerateFromAsync("broken.jpg", "not a picture"), 2, "Picture 1");

    [Fact]
    public async Task an_unreachable_picture_is_a_sentence() =>
        ShouldBeASentence(await GenerateFromAsync("https://127.0.0.1/picture.jpg", null), 2, "Picture 1");

    [Fact]
    public async Task a_missing_ffmpeg_is_a_sentence() =>
        ShouldBeASentence(
            await HostProcess.RunAsync(
                ["generate", "--product", "stoneware-mug", "--wait", "--data", _data],
                new Dictionary<string, string> { ["PRODUCTVIDEO_ProductVideo__Local__FfmpegPath"] = "/nowhere/ffmpeg" }),
            3, "ffmpeg");

    [Fact]
    public async Task a_taken_port_is_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        ShouldBeASentence(await RunAsync("serve", "--port", $"{port}"), 3, "port", "--port");
    }

    [Fact]
    public async Task a_full_disk_is_a_sentence_and_nothing_half_made_is_left()
    {
        // A file system of two megabytes over the data folder.
        var ended = await MountedAsync($"mount -t tmpfs -o size=2m none '{_data}'", "generate", "--product", "stoneware-mug", "--wait");

        ended.ExitCode.ShouldBeOneOf([3, 4, 2], ended.Output + ended.Errors);
        ended.Errors.ShouldContain("disk");
        (ended.Output + ended.Errors).ShouldNotContain("   at ");
        Directory.EnumerateFileSystemEntries(_data).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("products")]
    [InlineData("serve --port 0")]
    [InlineData("stop")]
    public async Task a_data_folder_that_may_not_be_written_is_a_sentence(string command)
    {
        (await RunAsync("products")).ExitCode.ShouldBe(0);
        var ended = await MountedAsync($"mount --bind '{_data}' '{_data}' && mount -o remount,ro,bind '{_data}'", command.Split(' '));

        ShouldBeASentence(ended, 3, "Check ", "permissions");
    }

    /// <summary>With something mounted over the data folder that this process alone sees.</summary>
    private async Task<Ended> MountedAsync(string mount, params string[] command)
    {
        var start = HostProcess.StartInfo([.. command, "--data", _data], HostProcess.FullSize);
        // What can't be written on a full disk is tried again when its claim is over.
        start.Environment["PRODUCTVIDEO_ProductVideo__Submit__Timeout"] = "00:00:10";
        start.Environment["PRODUCTVIDEO_ProductVideo__Pipeline__Lease"] = "00:00:21";
        var arguments = string.Join(' ', start.ArgumentList.Select(argument => $"'{argument}'"));
        var program = start.FileName;
        start.FileName = "unshare";
        start.ArgumentList.Clear();
        foreach (var argument in new[] { "--mount", "--map-root-user", "sh", "-c", $"{mount} && exec {program} {arguments}" })
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, errors);
    }

    [Fact]
    public async Task after_a_restored_backup_a_command_says_what_will_not_be_paid_twice()
    {
        (await RunAsync("generate", "--product", "stoneware-mug")).ExitCode.ShouldBe(0);
        var ended = await RunAsync("restored");

        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Output.ShouldContain("No order in the backup waits to be sent to a paid provider.");
        ended.Output.ShouldContain("The counters of all caps agree with the spend ledger.");
        (await RunAsync("generate", "--product", "stoneware-mug", "--wait")).Output.ShouldContain("AwaitingReview");
    }

    [Fact]
    public async Task a_render_that_is_killed_is_finished_by_the_next_start()
    {
        await using (var first = await HostProcess.ServeAsync(_data, HostProcess.FullSize))
        {
            var order = await RunAsync("generate", "--product", "stoneware-mug");
            order.ExitCode.ShouldBe(0, order.Errors);
            // Looked for, not listened for: an event that came before the listener would be waited for, for ever.
            while (!Directory.EnumerateDirectories(Path.Combine(_data, "work"), "render-*").Any() && !Clips().Any())
                await Task.Delay(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken);
            await first.KillAsync();
            Clips().ShouldBeEmpty("the render was over before it was killed");
        }

        var ended = await RunAsync("generate", "--product", "stoneware-mug", "--wait");
        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Output.ShouldContain("nothing is made or paid twice");
        ended.Output.ShouldContain("AwaitingReview");
        Directory.EnumerateFiles(Path.Combine(_data, "blobs"), "*.mp4", SearchOption.AllDirectories).Count().ShouldBe(1);
    }

    private IEnumerable<string> Clips() => Directory.EnumerateFiles(Path.Combine(_data, "blobs"), "*.mp4", SearchOption.AllDirectories);

    private async Task<Ended> GenerateFromAsync(string image, string? content) =>
        await HostProcess.RunAsync(["generate", "--product", "mug", "--wait", "--data", _data], await ShopOfAsync(image, content));

    /// <summary>A shop of one product whose only picture is the one given.</summary>
    /// <returns>The settings that name it.</returns>
    private async Task<Dictionary<string, string>> ShopOfAsync(string image, string? content)
    {
        var shop = Directory.CreateDirectory(Path.Combine(_data, "shop-folder")).FullName;
        if (content is not null)
            await File.WriteAllTextAsync(Path.Combine(shop, image), content);
        await File.WriteAllTextAsync(Path.Combine(shop, "products.csv"), $"Handle,Title,Body (HTML),Image Src\nmug,A mug,<p>A mug.</p>,{image}\n");
        return new Dictionary<string, string> { ["PRODUCTVIDEO_SampleShop"] = shop };
    }

    private static async Task<JsonElement> ProbeAsync(string clip)
    {
        using var ffprobe = Process.Start(new ProcessStartInfo("ffprobe")
        {
            ArgumentList = { "-v", "error", "-select_streams", "v", "-show_streams", "-of", "json", clip },
            RedirectStandardOutput = true,
        })!;
        return JsonDocument.Parse(await ffprobe.StandardOutput.ReadToEndAsync()).RootElement.GetProperty("streams")[0];
    }
}

internal static class Endings
{
    public static void ShouldEndWithOneOf(this string text, params char[] endings) => endings.ShouldContain(text[^1], text);
}
