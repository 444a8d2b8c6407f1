using System.Net;
using System.Text.Json.Nodes;
using Navi.Testing.Running;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>up, down and doctor with a private cluster of their own.</summary>
public sealed class LocalTests : IAsyncLifetime
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi-up-").FullName;
    private readonly List<NaviProcess> started = [];
    private Dictionary<string, string> environment = null!;

    public ValueTask InitializeAsync()
    {
        // The database server's own user has to pass through.
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        environment = new() { ["NAVI_HOME"] = Path.Combine(directory, "home"), ["NAVI_CONFIG_HOME"] = Path.Combine(directory, "config") };
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await (Start("down")).ExitCodeAsync();
        foreach (var process in started)
            await process.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Up_TwoOnOneMachine_ShareTheDatabaseAndDownStopsEverything()
    {
        var first = Start("up", "--json", "--port", "0");
        var second = Start("up", "--json", "--port", "0");
        var (one, two) = (await UrlAsync(first), await UrlAsync(second));
        Assert.NotEqual(one, two);

        using var anonymous = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(new Uri(one, "healthz"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(new Uri(two, "v1/tasks"))).StatusCode);

        var tasks = Start("tasks", "--json");
        Assert.Equal(0, await tasks.ExitCodeAsync());
        Assert.Empty(JsonNode.Parse(tasks.Output)!["items"]!.AsArray());

        var down = Start("down", "--json");
        Assert.Equal(0, await down.ExitCodeAsync());
        var report = JsonNode.Parse(down.Output)!;
        Assert.Equal([.. new[] { first.Pid, second.Pid }.Order()], report["stopped"]!.AsArray().Select(p => p!.GetValue<int>()).Order());
        Assert.True(report["database_stopped"]!.GetValue<bool>());
        Assert.Equal(0, await first.ExitCodeAsync());
        Assert.Equal(0, await second.ExitCodeAsync());

        var again = Start("down");
        Assert.Equal(0, await again.ExitCodeAsync());
        Assert.Contains("Nothing was running", again.Output);
    }

    [Fact]
    public async Task Up_PortIsTaken_SaysSoAndExitsFour()
    {
        var first = Start("up", "--json", "--port", "0");
        var url = await UrlAsync(first);
        var second = Start("up", "--port", url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(4, await second.ExitCodeAsync());
        Assert.Contains($"Port {url.Port} can't be used", second.Error);
    }

    [Fact]
    public async Task Tasks_NothingRuns_ReadsInItsOwnProcess()
    {
        var tasks = Start("tasks");
        Assert.Equal(0, await tasks.ExitCodeAsync());
        Assert.Contains("No tasks", tasks.Output);
        Assert.False(Directory.Exists(Path.Combine(environment["NAVI_HOME"], "run")));
    }

    [Fact]
    public async Task Tasks_DatabaseIsNotThere_ExitsFour()
    {
        environment["NAVI_DATABASE"] = "Host=127.0.0.1;Port=1;Username=x;Password=hidden;Database=x;Timeout=2";
        var tasks = Start("tasks");
        Assert.Equal(4, await tasks.ExitCodeAsync());
        Assert.Contains("Check NAVI_DATABASE", tasks.Error);
        Assert.DoesNotContain("hidden", tasks.Error);
    }

    [Fact]
    public async Task Tasks_DatabaseIsNoConnectionString_ExitsTwo()
    {
        environment["NAVI_DATABASE"] = "postgres://x";
        var tasks = Start("tasks");
        Assert.Equal(2, await tasks.ExitCodeAsync());
        Assert.Contains("NAVI_DATABASE", tasks.Error);
    }

    [Fact]
    public async Task Doctor_ExposedToken_FailsAndGivesTheRemedy()
    {
        var well = Start("doctor");
        Assert.Equal(0, await well.ExitCodeAsync());
        foreach (var line in new[] { ".NET", "PostgreSQL", "Sandbox", "git", "Home", "Token", "Provider" })
            Assert.Contains(line, well.Output);
        await Start("tasks").ExitCodeAsync();
        var token = Path.Combine(environment["NAVI_CONFIG_HOME"], "token");
        File.SetUnixFileMode(token, File.GetUnixFileMode(token) | UnixFileMode.OtherRead);
        var finding = await FoundAsync("Token", expected: 4);
        Assert.Equal("fail", finding["state"]!.ToString());
        Assert.Contains("chmod 600", finding["remedy"]!.ToString());
    }

    [Theory]
    [InlineData("up", "--port", "0")]
    [InlineData("run", "--no-input")]
    public async Task Start_UnknownProvider_NamesItAndTheConfiguredOnes(params string[] command)
    {
        environment["NAVI_MODEL_PROVIDER"] = "no-such-provider";
        Repositories.Python(directory);
        var start = Start(command);
        Assert.Equal(4, await start.ExitCodeAsync());
        Assert.Contains("'no-such-provider' is not configured", start.Error);
        Assert.Contains("Configured: auto, rules.", start.Error);
    }

    [Fact]
    public async Task Run_UnknownProviderAndANaviThatRuns_NamesItAndTheConfiguredOnes()
    {
        // Before anything runs here: git would read the database's files while they change.
        Repositories.Python(directory);
        await UrlAsync(Start("up", "--json", "--port", "0"));
        environment["NAVI_MODEL_PROVIDER"] = "no-such-provider";
        var run = Start("run", "--no-input");
        Assert.Equal(2, await run.ExitCodeAsync());
        Assert.Contains("'no-such-provider' is not configured", run.Error);
        Assert.Contains("Configured: auto, rules.", run.Error);
    }

    [Fact]
    public async Task Doctor_UnknownProvider_Fails()
    {
        environment["NAVI_MODEL_PROVIDER"] = "rules";
        Assert.Equal("ok", (await FoundAsync("Provider", expected: 0))["state"]!.ToString());
        environment["NAVI_MODEL_PROVIDER"] = "no-such-provider";
        var finding = await FoundAsync("Provider", expected: 4);
        Assert.Equal("fail", finding["state"]!.ToString());
        Assert.Contains("'no-such-provider' is not configured", finding["said"]!.ToString());
        Assert.Contains("Configured: auto, rules.", finding["said"]!.ToString());
        Assert.Contains("NAVI_MODEL_PROVIDER", finding["remedy"]!.ToString());
    }

    private async Task<JsonNode> FoundAsync(string what, int expected)
    {
        var doctor = Start("doctor", "--json");
        Assert.Equal(expected, await doctor.ExitCodeAsync());
        return JsonNode.Parse(doctor.Output)!.AsArray().Single(f => f!["what"]!.ToString() == what)!;
    }

    private NaviProcess Start(params string[] arguments)
    {
        var process = NaviProcess.Start(environment, directory, arguments);
        started.Add(process);
        return process;
    }

    private static async Task<Uri> UrlAsync(NaviProcess up)
    {
        await up.PrintsAsync("}");
        return new Uri(JsonNode.Parse(up.Output.Trim())!["url"]!.ToString());
    }
}
