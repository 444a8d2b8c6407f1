using System.Text.Json.Nodes;

namespace Navi.EndToEnd.Tests.Cli;

public sealed class ControlTests : IAsyncLifetime
{
    private const string Other = "0198c1f0-1111-7000-8000-000000000002";
    private Commands cli = null!;

    public async ValueTask InitializeAsync()
    {
        cli = await Commands.CreateAsync();
        cli.Navi.Others.Add(new JsonObject { ["id"] = Other, ["task"] = "another", ["status"] = "running" });
    }

    public ValueTask DisposeAsync() => cli.DisposeAsync();

    [Theory]
    [InlineData("suspend")]
    [InlineData("resume")]
    public async Task SuspendAndResume_PrefixOfAnId_MeanTheOneTask(string command)
    {
        await cli.RunAsync(0, command, "0198c1f0-0000");
        Assert.Equal($"{command} {ScriptedNavi.TaskId}", Assert.Single(cli.Navi.Changes).What);
    }

    [Fact]
    public async Task SuspendAndResume_OfAPerson_MeanAllThatFit()
    {
        cli.Navi.Others[0]["suspended"] = true;
        await cli.RunAsync(0, "suspend", "--user", "ada");
        Assert.Equal([$"suspend {ScriptedNavi.TaskId}", $"suspend {Other}"], cli.Navi.Changes.Select(c => c.What).Order());
        cli.Navi.Changes.Clear();
        Assert.Contains("1 of 1 tasks of ada", (await cli.RunAsync(0, "resume", "--user", "ada")).Output);
        Assert.Equal($"resume {Other}", Assert.Single(cli.Navi.Changes).What);
        foreach (var status in new[] { "queued", "running", "waiting" })
            Assert.Contains(cli.Navi.Queries, q => q.Contains($"status={status}", StringComparison.Ordinal) && q.Contains("user=ada", StringComparison.Ordinal) && q.Contains("cursor=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancel_OfAPerson_OnlyListsWithoutYes()
    {
        var listed = await cli.RunAsync(2, "cancel", "--user", "ada");
        Assert.Contains(Other, listed.Output);
        Assert.Contains("cancel --user ada --yes", listed.Error);
        Assert.Empty(cli.Navi.Changes);
        cli.Navi.Ended.Add(Other);
        var run = await cli.RunAsync(0, "cancel", "--user", "ada", "--yes");
        Assert.Contains("1 of 2 tasks of ada are being cancelled.", run.Output);
        Assert.Contains($"Task {Other} is left", run.Output);
        Assert.Equal($"cancel {ScriptedNavi.TaskId}", Assert.Single(cli.Navi.Changes).What);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("suspend", "0198c1f0-0000", "--user", "ada")]
    public async Task TaskOrUser_NeitherOrBoth_ExitTwo(params string[] arguments) =>
        Assert.Contains("Give a TASK, or --user", (await cli.RunAsync(2, arguments)).Error);

    [Fact]
    public async Task Ids_AmbiguousUnknownOrShort_ExitTwoAndAreExplained()
    {
        var ambiguous = await cli.RunAsync(2, "show", "0198c1");
        Assert.Contains(ScriptedNavi.TaskId, ambiguous.Error);
        Assert.Contains(Other, ambiguous.Error);
        Assert.Contains("No task's id begins with 'abcdef'", (await cli.RunAsync(2, "show", "abcdef")).Error);
        Assert.Contains("at least 6", (await cli.RunAsync(2, "show", "0198c")).Error);
    }

    [Fact]
    public async Task Fork_WithEverything_SendsIt()
    {
        var run = await cli.RunAsync(0, "fork", ScriptedNavi.TaskId, "--from", "3.1", "--task", "otherwise", "--provider", "azure-main", "--mode", "deep");
        Assert.Contains("forked from", run.Output);
        var (what, body) = Assert.Single(cli.Navi.Changes);
        Assert.Equal($"fork {ScriptedNavi.TaskId}", what);
        Assert.Equal("""{"call_id":"3.1","task":"otherwise","provider":"azure-main","mode":"deep"}""", body!.ToJsonString());
    }

    [Fact]
    public async Task Tasks_Filters_ReachTheApi()
    {
        await cli.RunAsync(0, "tasks", "--status", "finished", "--stop-reason", "rejected", "--user", "ada", "--repo", "/r 1", "--since", "2026-01-31", "--limit", "7");
        var query = Assert.Single(cli.Navi.Queries);
        foreach (var part in new[] { "status=finished", "stop_reason=rejected", "user=ada", "repository=%2Fr%201", "created_after=2026-01-31T00%3A00%3A00Z", "limit=7" })
            Assert.Contains(part, query);
        Assert.Contains("--since is 'yesterday'", (await cli.RunAsync(2, "tasks", "--since", "yesterday")).Error);
    }

    [Fact]
    public async Task Models_ListAndTest_ShowThemAndFailWithTheModel()
    {
        Assert.Contains("azure-main *", (await cli.RunAsync(0, "models")).Output);
        Assert.Contains("no price known", (await cli.RunAsync(0, "models", "list")).Output);
        Assert.Contains("$0.00012", (await cli.RunAsync(0, "models", "test", "azure-main")).Output);
        Assert.Contains("no route", (await cli.RunAsync(1, "models", "test", "other")).Output);
    }

    [Fact]
    public async Task Cost_ByModel_HasTotalsAndNamesWhatIsUnpriced()
    {
        var cost = (await cli.RunAsync(0, "cost", "--by", "model", "--since", "7d")).Output;
        Assert.Contains("group=model", Assert.Single(cli.Navi.Queries));
        Assert.Contains("since=20", cli.Navi.Queries[0]);
        Assert.Contains("$0.50 + 1 unpriced", cost);
        Assert.Contains("unpriced", cost.Split('\n').Single(l => l.StartsWith("own", StringComparison.Ordinal)));
        Assert.StartsWith("TOTAL", cost.Split('\n').Single(l => l.Contains("TOTAL", StringComparison.Ordinal)).Trim());
    }

    [Fact]
    public async Task Diff_Stat_CountsByFile()
    {
        cli.Navi.Diff = "diff --git a/x.sql b/x.sql\nindex 1..2 100644\n--- a/x.sql\n+++ b/x.sql\n@@ -1,3 +1,2 @@\n-- a comment of SQL\n--- another\n+new\n same\ndiff --git a/b.bin b/b.bin\nBinary files a/b.bin and b/b.bin differ\n";
        var stat = (await cli.RunAsync(0, "diff", ScriptedNavi.TaskId, "--stat")).Output;
        Assert.Matches(@"x\.sql\s+\+1\s+-2", stat);
        Assert.Matches(@"b\.bin\s+binary", stat);
        Assert.Contains("2 files changed, 1 added and 2 removed lines", stat);
    }

    [Fact]
    public async Task Commands_RefusedOrSlow_SayWhatToDo()
    {
        cli.Navi.Tokens.Clear();
        Assert.Contains("navi login", (await cli.RunAsync(1, "tasks")).Error);
        cli.Environment["NAVI_TIMEOUT_SECONDS"] = "x";
        Assert.Contains("NAVI_TIMEOUT_SECONDS: timeout_seconds is 'x'", (await cli.RunAsync(2, "tasks")).Error);
    }
}
