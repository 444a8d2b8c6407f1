using System.Diagnostics;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>The launcher with a stand-in for the SDK, so that each test sees when it builds and what it runs.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("navi launcher ").FullName;
    private readonly string tree;
    private readonly string tools;

    public LauncherTests()
    {
        tree = Path.Combine(directory, "the tree");
        tools = Path.Combine(directory, "tools");
        foreach (var folder in new[] { "agent", "cli", "functions", "grafana/dashboards", "orchestrations", "platform", "portable", "prometheus/alerts", "prometheus/rules" })
            Directory.CreateDirectory(Path.Combine(tree, folder));
        Directory.CreateDirectory(tools);
        File.Copy(Path.Combine(Root(), "navi"), Path.Combine(tree, "navi"));
        File.WriteAllText(Path.Combine(tree, "cli", "Program.cs"), "");
        SetSdk("10.0.100", """
            mkdir -p "$(dirname "$2")/bin/Release/net10.0"
            printf '#!/bin/sh\necho "in $(pwd)"; for a in "$@"; do echo "[$a]"; done; exit 7\n' >"$(dirname "$2")/bin/Release/net10.0/navi"
            chmod +x "$(dirname "$2")/bin/Release/net10.0/navi"
            """);
        foreach (var program in new[] { "initdb", "bwrap", "git", "rg", "python3", "node", "cargo", "shellcheck", "curl", "jq", "promtool", "amtool" })
            Script(program, "exit 0");
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Run_FirstTime_BuildsOnceAndPassesEverythingOn()
    {
        var (code, output, error) = Run(Path.Combine(tree, "navi"), directory, "show", "a b", "");
        Assert.Equal(7, code);
        Assert.Equal($"in {directory}\n[show]\n[a b]\n[]\n", output);
        Assert.Contains("first run", error);
        Assert.Equal("", Run(Path.Combine(tree, "navi"), directory, "show").Error);
    }

    [Fact]
    public void Run_SourceIsNewer_BuildsAgain()
    {
        Run(Path.Combine(tree, "navi"), directory, "show");
        File.SetLastWriteTimeUtc(Path.Combine(tree, "cli", "Program.cs"), DateTime.UnixEpoch.AddYears(100));
        Assert.Contains("have changed", Run(Path.Combine(tree, "navi"), directory, "show").Error);
    }

    [Fact]
    public void Run_ThroughSymbolicLinks_FindsItsTree()
    {
        var first = Path.Combine(directory, "first");
        var second = Path.Combine(tools, "second");
        File.CreateSymbolicLink(first, Path.Combine("the tree", "navi"));
        File.CreateSymbolicLink(second, first);
        Assert.Equal(7, Run(second, tools, "show").Code);
    }

    [Fact]
    public void Run_BuildFails_PrintsItsLog()
    {
        SetSdk("10.0.100", "echo 'error CS0001: it does not compile'; exit 1");
        var (code, _, error) = Run(Path.Combine(tree, "navi"), directory, "show");
        Assert.Equal(4, code);
        Assert.Contains("CS0001", error);
    }

    [Theory]
    [InlineData("9.0.300")]
    [InlineData("nonsense")]
    public void Run_OldSdk_PrintsHowToInstall(string version)
    {
        SetSdk(version, "exit 1");
        var (code, _, error) = Run(Path.Combine(tree, "navi"), directory, "show");
        Assert.Equal(4, code);
        Assert.Contains("dotnet-install.sh", error);
    }

    [Theory]
    [InlineData("0", "exit 1", true)]
    [InlineData("0", "echo 'uid=26(postgres)'", false)]
    [InlineData("1000", "exit 1", false)]
    public void Run_ServerProgramsButNoUserForThem_NeedsThePackageAsRoot(string user, string postgres, bool missing)
    {
        Script("id", $"case $1 in -u) echo {user} ;; postgres) {postgres} ;; *) exec /usr/bin/id \"$@\" ;; esac");
        // What would install is not to be run by a test.
        Script("apt-get", "echo \"asked for: $*\"; exit 1");
        var (code, _, error) = Run(Path.Combine(tree, "navi"), directory, "show");
        Assert.Equal(7, code);
        Assert.Equal(missing, error.Contains("Missing for running NAVI here: postgresql\nInstall: sudo apt-get install -y postgresql\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Total: 4, Errors: 0, Failed: 0, Skipped: 1, Not Run: 0, Time: 1s", 0, "6 passed, 0 failed, 2 skipped", 0)]
    [InlineData("Total: 4, Errors: 1, Failed: 2, Skipped: 0, Not Run: 0, Time: 1s", 1, "5 passed, 3 failed, 1 skipped", 1)]
    [InlineData("killed before its summary", 137, "3 passed, 1 failed, 1 skipped", 1)]
    [InlineData("Total: 0", 0, "3 passed, 1 failed, 1 skipped", 1)]
    public void Test_SeveralProjects_SumsThemUp(string second, int code, string line, int expected)
    {
        AddTests("One.Tests", "Total: 4, Errors: 0, Failed: 0, Skipped: 1, Not Run: 0, Time: 1s", 0);
        AddTests("Two.Tests", second, code);
        SetSdk("10.0.100", "exit 0");
        var run = Run(Path.Combine(tree, "navi"), directory, "test");
        Assert.Equal(line, run.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(expected, run.Code);
    }

    [Fact]
    public void Test_Filter_IsPassedOnAndEmptyProjectsAreNoFailure()
    {
        AddTests("One.Tests", "Total: 0", 0);
        AddTests("Two.Tests", "Total: 1, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 1s", 0);
        SetSdk("10.0.100", "exit 0");
        var run = Run(Path.Combine(tree, "navi"), directory, "test", "-class", "A B");
        Assert.Equal("1 passed, 0 failed, 0 skipped\n", run.Output);
        Assert.Contains("[A B]", File.ReadAllText(Path.Combine(tree, "artifacts", "test", "Two.Tests.log")));
    }

    [Fact]
    public void Bench_Always_BuildsReleaseAndPassesEverythingOn()
    {
        SetSdk("10.0.100", """
            [ "$3 $4" = "-c Release" ] || exit 9
            mkdir -p "$(dirname "$2")/bin/Release/net10.0"
            printf '#!/bin/sh\nfor a in "$@"; do echo "[$a]"; done; exit 5\n' >"$(dirname "$2")/bin/Release/net10.0/Navi.Benchmarks"
            chmod +x "$(dirname "$2")/bin/Release/net10.0/Navi.Benchmarks"
            """);
        var run = Run(Path.Combine(tree, "navi"), directory, "bench", "api", "--clients", "1,2");
        Assert.Equal((5, "[api]\n[--clients]\n[1,2]\n"), (run.Code, run.Output));
    }

    [Fact]
    public void Drill_Always_BuildsReleaseAndPassesEverythingOn()
    {
        SetSdk("10.0.100", """
            [ "$3 $4" = "-c Release" ] || exit 9
            mkdir -p "$(dirname "$2")/bin/Release/net10.0"
            printf '#!/bin/sh\nfor a in "$@"; do echo "[$a]"; done; exit 5\n' >"$(dirname "$2")/bin/Release/net10.0/Navi.Drills"
            chmod +x "$(dirname "$2")/bin/Release/net10.0/Navi.Drills"
            """);
        var run = Run(Path.Combine(tree, "navi"), directory, "drill", "faults", "--fault", "one");
        Assert.Equal((5, "[faults]\n[--fault]\n[one]\n"), (run.Code, run.Output));
    }

    [Fact]
    public void Bench_BuildFails_SaysSoOnStandardErrorAlone()
    {
        SetSdk("10.0.100", "echo 'error CS0000'; exit 1");
        var run = Run(Path.Combine(tree, "navi"), directory, "bench", "api");
        Assert.Equal((4, ""), (run.Code, run.Output));
        Assert.Contains("error CS0000", run.Error);
    }

    [Fact]
    public void Check_Scripts_AreCleanForShellcheck()
    {
        using var check = Process.Start(new ProcessStartInfo("shellcheck", ["navi", ".ci/run"]) { WorkingDirectory = Root(), RedirectStandardOutput = true })!;
        var said = check.StandardOutput.ReadToEnd();
        check.WaitForExit();
        Assert.Equal("", said);
        Assert.Equal(0, check.ExitCode);
    }

    private void AddTests(string project, string summary, int code)
    {
        var path = Path.Combine(tree, "tests", project, "bin", "Debug", "net10.0", project);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Write(path, $"for a in \"$@\"; do echo \"[$a]\"; done; echo '   {project}  {summary}'; exit {code}");
    }

    private void SetSdk(string version, string build) => Script("dotnet", $"if [ \"$1\" = --version ]; then echo '{version}'; exit 0; fi\n{build}");

    private void Script(string name, string body) => Write(Path.Combine(tools, name), body);

    private static void Write(string path, string body)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{body.ReplaceLineEndings("\n")}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Code, string Output, string Error) Run(string program, string from, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = from, RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["PATH"] = $"{tools}:/usr/bin:/bin";
        info.Environment.Remove("NAVI_URL");
        info.Environment.Remove("NAVI_DATABASE");
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Navi.sln")))
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("No Navi.sln above the tests.");
        return at;
    }
}
