using System.Diagnostics;

namespace Navi.EndToEnd.Tests.Cli;

/// <summary>What a person at a terminal sees: the commands on a pseudo-terminal of util-linux's script.</summary>
public sealed class TerminalTests : IAsyncLifetime
{
    private Commands cli = null!;

    public async ValueTask InitializeAsync() => cli = await Commands.CreateAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task Watch_AtATerminal_DrawsWhatRunsAndWhatItHasUsedBelowTheLines()
    {
        cli.Navi.Task["input_tokens"] = 1200;
        cli.Navi.Task["output_tokens"] = 34;
        cli.Navi.Task["cost"] = 0.0421;
        cli.Navi.Add("task_started");
        cli.Navi.Add("model_turn", new { turn = 7, calls = new[] { "run_tests" } });
        cli.Navi.Add("call_started", new { call_id = "7.0", tool = "run_tests", arguments = new { } });
        using var watch = Start($"watch {ScriptedNavi.TaskId}");
        var seen = await ReadUntilAsync(watch, "1,200 tokens in, 34 out · $0.0421");
        Assert.Contains("turn 7 · run_tests", seen);
        Assert.Contains("\r\u001b[K", seen);
        cli.Navi.Finish("completed");
        Assert.Contains("Completed", await watch.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--no-color", false)]
    public async Task Diff_AtATerminal_IsColouredUnlessItMayNot(string option, bool coloured)
    {
        cli.Navi.Diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n";
        using var diff = Start($"diff {ScriptedNavi.TaskId} {option}");
        var seen = await diff.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("1 file changed, 1 added and 1 removed lines", seen);
        Assert.Equal(coloured, seen.Contains("\u001b[32m+new", StringComparison.Ordinal) || seen.Contains("\u001b[38;5;2m+new", StringComparison.Ordinal));
    }

    private Process Start(string arguments)
    {
        var info = new ProcessStartInfo("script", ["-qefc", $"dotnet exec '{NaviProcess.Program}' {arguments}", "/dev/null"]) { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true };
        foreach (var (name, value) in cli.Environment)
            info.Environment[name] = value;
        info.Environment["TERM"] = "xterm-256color";
        info.Environment["PAGER"] = "cat";
        info.Environment.Remove("NO_COLOR");
        return Process.Start(info)!;
    }

    private static async Task<string> ReadUntilAsync(Process process, string wanted)
    {
        var seen = new System.Text.StringBuilder();
        var buffer = new char[4096];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!seen.ToString().Contains(wanted, StringComparison.Ordinal))
        {
            var read = await process.StandardOutput.ReadAsync(buffer, limit.Token);
            Assert.True(read > 0, $"It ended without '{wanted}': {seen}");
            seen.Append(buffer, 0, read);
        }
        return seen.ToString();
    }
}
