using System.Text.Json.Nodes;

namespace Navi.EndToEnd.Tests.Cli;

public sealed class CommandTests : IAsyncLifetime
{
    private Commands cli = null!;

    public async ValueTask InitializeAsync() => cli = await Commands.CreateAsync();

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("bogus", "bogus")]
    [InlineData("tasks --limit 0", "--limit must be")]
    [InlineData("tasks --status lost", "lost")]
    [InlineData("up --port 70000", "--port must be")]
    [InlineData("approve", "CHECKPOINT")]
    [InlineData("show", "TASK")]
    [InlineData("run --repo", "--repo")]
    public async Task Parse_WrongUsage_ExitsTwoAndNamesIt(string line, string named)
    {
        var run = await cli.RunAsync(2, line.Split(' '));
        Assert.Contains(named, run.Error);
        Assert.Contains("--help", run.Error);
    }

    [Fact]
    public async Task Help_EveryCommand_IsDescribed()
    {
        var help = (await cli.RunAsync(0, "--help")).Output;
        foreach (var command in new[] { "run", "up", "down", "tasks", "show", "watch", "diff", "approvals", "approve", "reject", "doctor", "Exit codes" })
            Assert.Contains(command, help);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("   ", "empty")]
    public async Task Run_EmptyTask_ExitsTwo(string task, string said) =>
        Assert.Contains(said, (await cli.RunAsync(2, "run", "--repo", "https://example.org/r.git", task)).Error);

    [Fact]
    public async Task Run_ApiRefuses_ShowsTitleDetailAndField()
    {
        cli.Navi.Refusal = (422, new JsonObject { ["title"] = "The task is too long.", ["detail"] = "2 MB, at most 1 MB.", ["field"] = "task" });
        var run = await cli.RunAsync(2, "run", "--repo", "https://example.org/r.git", "do it");
        Assert.Contains("The task is too long. (422): 2 MB, at most 1 MB.", run.Error);
        Assert.Contains("field: task", run.Error);
    }

    [Fact]
    public async Task Run_WrongToken_SaysWhichOneIsUsed()
    {
        cli.Environment["NAVI_TOKEN"] = "wrong";
        Assert.Contains("NAVI_TOKEN", (await cli.RunAsync(1, "tasks")).Error);
    }

    [Fact]
    public async Task Run_BadAddress_ExitsTwo()
    {
        cli.Environment["NAVI_URL"] = "localhost:7071";
        Assert.Contains("NAVI_URL", (await cli.RunAsync(2, "tasks")).Error);
    }

    [Fact]
    public async Task Tasks_Page_ListsThemAndTheNext()
    {
        var listed = (await cli.RunAsync(0, "tasks")).Output;
        Assert.Contains(ScriptedNavi.TaskId, listed);
        Assert.Contains("--cursor cursor-2", listed);
        Assert.Equal(ScriptedNavi.TaskId, JsonNode.Parse((await cli.RunAsync(0, "tasks", "--json")).Output)!["items"]![0]!["id"]!.ToString());
    }

    [Fact]
    public async Task Show_UnknownTask_ExitsOneWithTheProblem() =>
        Assert.Contains("'unknown'", (await cli.RunAsync(1, "show", "unknown")).Error);

    [Fact]
    public async Task Show_Task_PrintsItOrItsDocument()
    {
        Assert.Contains("https://example.org/r.git", (await cli.RunAsync(0, "show", ScriptedNavi.TaskId)).Output);
        Assert.Equal("running", JsonNode.Parse((await cli.RunAsync(0, "show", ScriptedNavi.TaskId, "--json")).Output)!["status"]!.ToString());
    }

    [Fact]
    public async Task Diff_Task_IsPrintedByteForByte() =>
        Assert.Equal("diff --git a/x b/x\n+new\n", (await cli.RunAsync(0, "diff", ScriptedNavi.TaskId)).Output.TrimEnd('\n').Replace(Environment.NewLine, "\n") + "\n");

    [Fact]
    public async Task Watch_Json_PrintsALinePerEvent()
    {
        cli.Navi.Add("task_started");
        cli.Navi.Finish("completed");
        var lines = (await cli.RunAsync(0, "watch", "--json", ScriptedNavi.TaskId)).Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["task_started", "task_finished"], lines.Select(l => JsonNode.Parse(l)!["type"]!.ToString()));
    }

    [Fact]
    public async Task Approvals_Pending_AreShownWithTheirCommand()
    {
        Assert.Contains($"navi approve {ScriptedNavi.CheckpointId}", (await cli.RunAsync(0, "approvals")).Output);
        Assert.Equal("pending", JsonNode.Parse((await cli.RunAsync(0, "approvals", "--json")).Output)!["items"]![0]!["status"]!.ToString());
    }

    [Theory]
    [InlineData(ScriptedNavi.CheckpointId)]
    [InlineData(ScriptedNavi.TaskId)]
    public async Task Approve_ByCheckpointOrTask_DecidesAndReturnsAtOnce(string id)
    {
        var run = await cli.RunAsync(0, "approve", id, "--reason", "fine");
        Assert.Contains("Approved (own request)", run.Output);
        var sent = Assert.Single(cli.Navi.Decisions);
        Assert.Equal(("approve", "fine", "d1"), (sent["decision"]!.ToString(), sent["reason"]!.ToString(), sent["action_digest"]!.ToString()));
    }

    [Fact]
    public async Task Reject_WithWait_FollowsTheTaskToItsEnd()
    {
        cli.Navi.OpenCheckpoint();
        cli.Navi.OnDecision = _ => cli.Navi.Finish("rejected");
        var run = await cli.RunAsync(1, "reject", ScriptedNavi.CheckpointId, "not this way", "--wait");
        Assert.Contains("said no", run.Output);
        Assert.Equal("not this way", Assert.Single(cli.Navi.Decisions)["reason"]!.ToString());
    }

    [Fact]
    public async Task Approve_Question_NeedsAnAnswer()
    {
        cli.Navi.Checkpoint["kind"] = "question";
        Assert.Contains("--answer", (await cli.RunAsync(2, "approve", ScriptedNavi.CheckpointId)).Error);
        await cli.RunAsync(0, "approve", ScriptedNavi.CheckpointId, "--answer", "blue");
        Assert.Equal("blue", Assert.Single(cli.Navi.Decisions)["answer"]!.ToString());
    }

    [Fact]
    public async Task Approve_UnknownId_ExitsTwo() =>
        Assert.Contains("navi approvals", (await cli.RunAsync(2, "approve", "0198c1f0-0000-7000-8000-00000000ffff")).Error);
}
