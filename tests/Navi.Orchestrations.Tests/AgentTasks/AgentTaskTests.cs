using System.Net;
using System.Text.Json;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.AgentTasks;

public sealed class AgentTaskTests
{
    private static readonly (string, object) Done = ("finish_task", new { status = "done", summary = "finished" });

    [Fact]
    public async Task Turns_ReadsAndEdits_EndReviewedAndPublished()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn switch
        {
            0 => [("read_file", new { path = "a.txt" }), ("list_directory", new { path = "." })],
            1 => [("write_file", new { path = "b.txt", content = "two\n" }), ("write_file", new { path = "c.txt", content = "three\n" })],
            _ => [Done],
        });
        var task = await slice.CreateAsync();
        await slice.DecideAsync(await slice.PendingAsync(task), new { decision = "approve" });

        var ended = await slice.FinishedAsync(task);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        Assert.Equal("two", await slice.GitAsync("show", $"navi/{task}:b.txt"));
        Assert.Equal("2", await slice.GitAsync("rev-list", "--count", $"main..navi/{task}"));
        Assert.Equal(["0-model", "0-0", "0-1", "1-model", "1-0", "1-1", "2-model", "2-0"], Calls(ended).Select(c => c.GetProperty("call_id").GetString()));
    }

    [Fact]
    public async Task ActionGate_Rejected_IsToldToTheModelAndNotRun()
    {
        var told = "";
        await using var slice = await Slice.StartAsync((turn, messages) =>
        {
            if (turn == 1)
                told = ScriptedModel.LastResults(messages);
            return turn == 0 ? [("run_command", new { command = "frobnicate --all" })] : [Done];
        });
        var task = await slice.CreateAsync();
        var gate = await slice.PendingAsync(task);
        Assert.Equal("action", gate.GetProperty("kind").GetString());
        await slice.DecideAsync(gate, new { decision = "reject", reason = "too dangerous" });

        var ended = await slice.FinishedAsync(task);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        Assert.Contains("too dangerous", told, StringComparison.Ordinal);
        var call = Call(ended, "0-0");
        Assert.Equal(("rejected", 0), (call.GetProperty("status").GetString(), call.GetProperty("attempt").GetInt32()));
    }

    [Fact]
    public async Task ActionGate_Approved_RunsOnceAndConsumesTheApproval()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("run_command", new { command = "frobnicate || echo ran > ran.txt" })] : [Done]);
        var task = await slice.CreateAsync();
        var gate = await slice.PendingAsync(task);
        await slice.DecideAsync(gate, new { decision = "approve", action_digest = gate.GetProperty("action_digest").GetString() });
        await slice.DecideAsync(await NextAsync(slice, task, gate), new { decision = "approve" });

        var ended = await slice.FinishedAsync(task);

        Assert.Equal("ran", await slice.GitAsync("show", $"navi/{task}:ran.txt"));
        Assert.Equal(1, Call(ended, "0-0").GetProperty("attempt").GetInt32());
        Assert.All(ended.GetProperty("checkpoints").EnumerateArray(), c => Assert.True(c.TryGetProperty("consumed_at", out _)));
    }

    [Fact]
    public async Task Question_Answered_GoesToTheModel()
    {
        var told = "";
        await using var slice = await Slice.StartAsync((turn, messages) =>
        {
            if (turn == 1)
                told = ScriptedModel.LastResults(messages);
            return turn == 0 ? [("ask_person", new { question = "Which colour?" })] : [Done];
        });
        var task = await slice.CreateAsync(preApprove: true);
        var gate = await slice.PendingAsync(task);
        Assert.Equal(("question", "Which colour?"), (gate.GetProperty("kind").GetString(), gate.GetProperty("title").GetString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await slice.DecideAsync(gate, new { decision = "approve" })).StatusCode);
        await slice.DecideAsync(gate, new { decision = "respond", answer = "blue" });

        await slice.FinishedAsync(task);

        Assert.Equal("blue", told);
    }

    [Fact]
    public async Task Calls_UnknownOrMalformed_AreToldToTheModelAndNotRun()
    {
        var told = "";
        await using var slice = await Slice.StartAsync((turn, messages) =>
        {
            if (turn == 1)
                told = ScriptedModel.LastResults(messages);
            return turn == 0 ? [("reed_file", new { path = "a.txt" }), ("read_file", new { pth = "a.txt" })] : [Done];
        });

        var ended = await slice.FinishedAsync(await slice.CreateAsync());

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        Assert.Contains("read_file", told, StringComparison.Ordinal);
        Assert.Contains("pth", told, StringComparison.Ordinal);
        Assert.Equal("invalid", Call(ended, "0-0").GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("OUTSIDE/secret.txt")]
    [InlineData("link/secret.txt")]
    [InlineData(".git/config")]
    public async Task Paths_OutOfTheWorkspace_AreRefusedToTheModel(string path)
    {
        // A throw-away target: should a guard ever fail, nothing of the machine is harmed.
        var outside = Directory.CreateTempSubdirectory("navi-outside-").FullName;
        var secret = Path.Combine(outside, "secret.txt");
        await File.WriteAllTextAsync(secret, "s3cret");
        path = path.Replace("OUTSIDE", outside, StringComparison.Ordinal);
        var told = "";
        await using var slice = await Slice.StartAsync((turn, messages) =>
        {
            if (turn == 1)
                told = ScriptedModel.LastResults(messages);
            return turn == 0 ? [("read_file", new { path }), ("write_file", new { path, content = "x" })] : [Done];
        });
        File.CreateSymbolicLink(Path.Combine(slice.Repository, "link"), outside);
        await slice.GitAsync("add", "-A");
        await slice.GitAsync("-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "link");

        var ended = await slice.FinishedAsync(await slice.CreateAsync(preApprove: true));

        Assert.All(new[] { "0-0", "0-1" }, id => Assert.True(Call(ended, id).GetProperty("is_error").GetBoolean()));
        Assert.DoesNotContain("s3cret", told, StringComparison.Ordinal);
        Assert.Equal("s3cret", await File.ReadAllTextAsync(secret));
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public async Task Model_ThatNeverEnds_ReachesTheIterationLimit()
    {
        await using var slice = await Slice.StartAsync((turn, _) => [("find_files", new { glob = $"{turn}*" })], new() { ["Navi:Agent:MaxTurns"] = "30" });

        var ended = await slice.FinishedAsync(await slice.CreateAsync());

        Assert.Equal("iteration_limit", ended.GetProperty("stop_reason").GetString());
        Assert.Equal(60, Calls(ended).Count());
    }

    [Fact]
    public async Task Model_PastItsTime_EndsWithTimeLimit()
    {
        await using var slice = await Slice.StartAsync((turn, _) => [("find_files", new { glob = $"{turn}*" })], new() { ["Navi:Agent:MaxTurns"] = "1000", ["Navi:Agent:TimeLimit"] = "00:00:02" });

        Assert.Equal("time_limit", (await slice.FinishedAsync(await slice.CreateAsync())).GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Cancel_WhileACommandRuns_KillsItAndEndsCancelled()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("run_command", new { command = "python3 -c 'import time; time.sleep(300)'" })] : [Done]);
        var task = await slice.CreateAsync();
        await Navi.Testing.Wait.UntilAsync(async () => Calls(await slice.TaskAsync(task)).Any(c => c.GetProperty("status").GetString() == "started" && c.GetProperty("tool").GetString() == "run_command"), () => "not started");

        Assert.Equal(HttpStatusCode.Accepted, (await slice.Http.PostAsync($"/v1/tasks/{task}/cancel", null)).StatusCode);

        var ended = await slice.FinishedAsync(task);
        Assert.Equal("cancelled", ended.GetProperty("stop_reason").GetString());
        Assert.Equal("cancelled", Call(ended, "0-0").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await slice.Http.PostAsync($"/v1/tasks/{task}/cancel", null)).StatusCode);
    }

    [Fact]
    public async Task Cancel_WhileAGateWaits_EndsCancelled()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("ask_person", new { question = "Well?" })] : [Done]);
        var task = await slice.CreateAsync();
        await slice.PendingAsync(task);

        await slice.Http.PostAsync($"/v1/tasks/{task}/cancel", null);

        var ended = await slice.FinishedAsync(task);
        Assert.Equal("cancelled", ended.GetProperty("stop_reason").GetString());
        Assert.Equal("cancelled", Assert.Single(ended.GetProperty("checkpoints").EnumerateArray()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Metrics_OfAFinishedTask_CountWhatHappened()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("read_file", new { path = "a.txt" })] : [Done]);
        await slice.FinishedAsync(await slice.CreateAsync());

        var database = (Navi.Platform.Data.NaviDatabase)slice.Services.GetService(typeof(Navi.Platform.Data.NaviDatabase))!;
        var row = await database.RunAsync(Navi.Platform.Data.Scope.System, c => Dapper.SqlMapper.QuerySingleAsync<(int Turns, int Tools, long Input, long Output)>(
            c, "SELECT model_turns, tool_calls, input_tokens, output_tokens FROM navi.task_metrics"), CancellationToken.None);

        Assert.Equal((2, 2, 20L, 10L), row);
    }

    private static async Task<JsonElement> NextAsync(Slice slice, Guid task, JsonElement before)
    {
        JsonElement next = default;
        await Navi.Testing.Wait.UntilAsync(
            async () => (next = await slice.PendingAsync(task)).GetProperty("id").GetGuid() != before.GetProperty("id").GetGuid(), () => "no further gate");
        return next;
    }

    private static IEnumerable<JsonElement> Calls(JsonElement task) => task.GetProperty("calls").EnumerateArray();

    private static JsonElement Call(JsonElement task, string id) => Calls(task).Single(c => c.GetProperty("call_id").GetString() == id);
}
