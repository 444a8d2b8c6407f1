using System.Text.Json.Nodes;

namespace Navi.EndToEnd.Tests.Cli;

public sealed class RunTests : IAsyncLifetime
{
    private Commands cli = null!;

    private ScriptedNavi Navi => cli.Navi;

    public async ValueTask InitializeAsync() => cli = await Commands.CreateAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Fact]
    public async Task Run_TaskCompletes_ShowsProgressAndHowToGoOn()
    {
        Navi.Add("task_forked", new { from = "0199f1c2", call_id = "3-1", commit = "0123456789abcdef" });
        Navi.Add("task_created", new { task = "do it" });
        Navi.Add("call_started", new { tool = "run_tests", attempt = 2 });
        Navi.Add("call_finished", new { tool = "run_tests", is_error = false, text = "3 passed" });
        Navi.Add("warning", new { message = "1 uncommitted path(s) left out", paths = new[] { "dirty.txt" } });
        Navi.Finish("completed", "navi/abc");
        var run = await cli.RunAsync(0, "run", "--repo", "https://example.org/r.git", "do it");
        Assert.Contains("forked from 0199f1c2 after 3-1 at 0123456789", run.Output);
        Assert.Contains("→ run_tests (attempt 2)", run.Output.Replace("  ", " "));
        Assert.Contains("✓ run_tests 3 passed", run.Output);
        Assert.Contains("dirty.txt", run.Output);
        Assert.Contains("Completed", run.Output);
        Assert.Contains("git fetch https://example.org/r.git navi/abc", run.Output);
        Assert.Equal("do it", Navi.Created.Single()["task"]!.ToString());
        Assert.Null(Navi.Created.Single()["pre_approve"]);
    }

    [Theory]
    [InlineData("completed_unverified", "unverified")]
    [InlineData("verification_failed", "checks did not pass")]
    [InlineData("rejected", "said no")]
    [InlineData("expired", "in time")]
    [InlineData("refused", "does not know")]
    [InlineData("cancelled", "Cancelled")]
    [InlineData("failed", "could not do")]
    [InlineData("iteration_limit", "iteration limit")]
    [InlineData("time_limit", "time limit")]
    [InlineData("budget_exhausted", "budget")]
    [InlineData("loop_detected", "same error")]
    public async Task Run_TaskEndsOtherwise_ExitsOneWithASentence(string reason, string sentence)
    {
        Navi.Finish(reason);
        var run = await cli.RunAsync(1, "run", "--repo", "https://example.org/r.git", "do it");
        Assert.Contains(sentence, run.Output);
    }

    [Fact]
    public async Task Run_Json_PrintsTheTaskAloneToStandardOutput()
    {
        Navi.Add("task_started");
        Navi.Finish("completed");
        var run = await cli.RunAsync(0, "run", "--repo", "https://example.org/r.git", "--json", "--yes", "do it");
        var document = JsonNode.Parse(run.Output)!;
        Assert.Equal("completed", document["stop_reason"]!.ToString());
        Assert.Contains("started", run.Error);
        Assert.True(Navi.Created.Single()["pre_approve"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("approve", "approve", null)]
    [InlineData("reject too big", "reject", "too big")]
    [InlineData("a", "approve", null)]
    public async Task Run_AnswerOnStandardInput_SendsTheDecisionForWhatWasShown(string line, string decision, string? reason)
    {
        Navi.OnDecision = _ => Navi.Finish(decision == "approve" ? "completed" : "rejected");
        Navi.OpenCheckpoint();
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.TypeAsync("nonsense");
        await run.TypeAsync(line);
        Assert.Equal(decision == "approve" ? 0 : 1, await run.ExitCodeAsync());
        Assert.Contains("'nonsense' is not an answer here", run.Output);
        Assert.Contains("Publish 1 file", run.Output);
        Assert.Contains("+line 1", run.Output);
        Assert.DoesNotContain("+line 150", run.Output);
        var sent = Assert.Single(Navi.Decisions);
        Assert.Equal((decision, reason, "d1"), (sent["decision"]!.ToString(), sent["reason"]?.ToString(), sent["action_digest"]!.ToString()));
    }

    [Fact]
    public async Task Run_DiffIsAskedFor_ShowsAllOfItAndAsksAgain()
    {
        Navi.OnDecision = _ => Navi.Finish("completed");
        Navi.OpenCheckpoint();
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.TypeAsync("d");
        await run.TypeAsync("approve");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Contains("+line 200", run.Output);
    }

    [Fact]
    public async Task Run_Question_SendsTheLineAsAnswer()
    {
        Navi.Checkpoint["kind"] = "question";
        Navi.Checkpoint["diff"] = null;
        Navi.OnDecision = _ => Navi.Finish("completed");
        Navi.OpenCheckpoint();
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "--yes", "do it");
        await run.TypeAsync("use the second one");
        Assert.Equal(0, await run.ExitCodeAsync());
        var sent = Assert.Single(Navi.Decisions);
        Assert.Equal(("respond", "use the second one"), (sent["decision"]!.ToString(), sent["answer"]!.ToString()));
    }

    [Fact]
    public async Task Run_InputEnds_ParksWithTheExactCommand()
    {
        Navi.OpenCheckpoint();
        var run = await cli.RunAsync(3, "run", "--repo", "https://example.org/r.git", "do it");
        Assert.Contains(ScriptedNavi.TaskId, run.Output);
        Assert.Contains($"navi approve {ScriptedNavi.CheckpointId}", run.Output);
        Assert.Empty(Navi.Decisions);
    }

    [Fact]
    public async Task Run_SettledElsewhere_GoesOnWithoutAnAnswer()
    {
        Navi.OpenCheckpoint();
        var run = cli.Start("run", "--repo", "https://example.org/r.git", "do it");
        await run.PrintsAsync("approve · reject REASON");
        Navi.Checkpoint["status"] = "approved";
        Navi.Finish("completed");
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Contains("settled elsewhere", run.Output);
        Assert.Empty(Navi.Decisions);
    }

    [Fact]
    public async Task Run_ControlCharactersInTexts_DoNotReachTheTerminal()
    {
        Navi.Add("warning", new { message = "evil \u001b[2J text" });
        Navi.Finish("completed");
        var run = await cli.RunAsync(0, "run", "--repo", "https://example.org/r.git", "do it");
        Assert.Contains("evil", run.Output);
        Assert.DoesNotContain('\u001b', run.Output);
    }
}
