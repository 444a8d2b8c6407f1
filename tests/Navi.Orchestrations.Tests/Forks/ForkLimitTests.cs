using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.Forks;

/// <summary>What a fork does not take over: gates, approvals, money, turns, time, repetitions and proofs.</summary>
public sealed class ForkLimitTests
{
    private static readonly (string, object) Done = ("finish_task", new { status = "done", summary = "finished" });

    [Fact]
    public async Task Approval_OfTheOrigin_OpensNothingInTheFork()
    {
        var command = ("run_command", (object)new { command = "frobnicate || echo ran >> ran.txt" });
        await using var slice = await Slice.StartAsync((turn, messages) => turn switch
        {
            0 => [command],
            1 when Forked(messages) => [command],
            _ => [Done],
        });
        var origin = await slice.CreateAsync(preApprove: true);
        var ended = await slice.FinishedAsync(origin);
        Assert.Equal("approved", ended.GetProperty("checkpoints")[0].GetProperty("status").GetString());

        var fork = await slice.ForkAsync(origin, new { call_id = "0-0", task = "forked" });
        var gate = await slice.PendingAsync(fork);

        var waiting = await slice.TaskAsync(fork);
        Assert.False(waiting.GetProperty("pre_approved").GetBoolean());
        Assert.Equal("1-0", gate.GetProperty("call_id").GetString());
        Assert.Single(waiting.GetProperty("checkpoints").EnumerateArray());
        Assert.True(waiting.Call("0-0").GetProperty("inherited").GetBoolean());
        Assert.False(waiting.Call("0-0").TryGetProperty("checkpoint_id", out _));
        Assert.Equal(("planned", 0), (waiting.Call("1-0").GetProperty("status").GetString(), waiting.Call("1-0").GetProperty("attempt").GetInt32()));
        using var approved = await slice.DecideAsync(gate, new { decision = "approve" });
        JsonElement now = default;
        await Testing.Wait.UntilAsync(
            async () => (now = await slice.TaskAsync(fork)).GetProperty("checkpoints").EnumerateArray().Any(c => c.GetProperty("kind").GetString() == "review"), () => $"no review: {now}");
        await slice.PublishedAsync(fork);
        // Once by the origin, once by the fork: the inherited command was not done again.
        Assert.Equal("ran\nran", await slice.GitAsync("show", $"navi/{fork}:ran.txt"));
    }

    [Fact]
    public async Task Costs_OfOriginAndFork_AddUpWithoutCountingAnythingTwice()
    {
        await using var slice = await Slice.StartAsync((turn, messages) => turn < (Forked(messages) ? 4 : 3) ? [("find_files", new { glob = $"{turn}*" })] : [Done]);
        var origin = await slice.CreateAsync();
        await slice.FinishedAsync(origin);
        var fork = await slice.ForkAsync(origin, new { call_id = "1-0", task = "forked" });

        var ended = await slice.FinishedAsync(fork);

        // Four turns of the origin; the fork's own are 2, 3 and 4, of 10 tokens in and 5 out each.
        Assert.Equal((30, 15), (ended.GetProperty("input_tokens").GetInt64(), ended.GetProperty("output_tokens").GetInt64()));
        var metrics = await slice.RowsAsync<(Guid Task, int Turns, int Calls, long Input)>("SELECT task_id, model_turns, tool_calls, input_tokens FROM navi.task_metrics ORDER BY task_id");
        Assert.Equal([(origin, 4, 4, 40L), (fork, 3, 3, 30L)], metrics);
        var total = (await slice.Http.GetFromJsonAsync<JsonElement>("/v1/costs?group=task")).GetProperty("total");
        Assert.Equal((7, 70, 35), (total.GetProperty("calls").GetInt64(), total.GetProperty("input_tokens").GetInt64(), total.GetProperty("output_tokens").GetInt64()));
        Assert.Equal(["0-0", "1-0"], ended.GetProperty("calls").EnumerateArray().Where(c => c.GetProperty("inherited").GetBoolean()).Select(c => c.GetProperty("call_id").GetString()));
    }

    [Fact]
    public async Task Turns_OfAFork_AreItsOwnNumber()
    {
        await using var slice = await Slice.StartAsync((turn, _) => [("find_files", new { glob = $"{turn}*" })], new() { ["Navi:Agent:MaxTurns"] = "26" });
        var origin = await slice.CreateAsync();
        await slice.FinishedAsync(origin);

        var ended = await slice.FinishedAsync(await slice.ForkAsync(origin, new { }));

        // 26 turns of its own, over the hand-over at turn 50.
        Assert.Equal("iteration_limit", ended.GetProperty("stop_reason").GetString());
        Assert.Equal("25-0", ended.GetProperty("forked_from").GetProperty("call_id").GetString());
        Assert.Equal(Enumerable.Range(26, 26), ended.GetProperty("calls").EnumerateArray().Where(c => c.GetProperty("tool").GetString() == "model").Select(c => c.GetProperty("turn").GetInt32()));
    }

    [Fact]
    public async Task Repetition_OfTheOrigin_DoesNotEndTheFork()
    {
        await using var slice = await Slice.StartAsync((_, messages) => Forked(messages) ? [Done] : [("read_file", new { path = "missing.txt" })]);
        var origin = await slice.CreateAsync();
        Assert.Equal("loop_detected", (await slice.FinishedAsync(origin)).GetProperty("stop_reason").GetString());

        var ended = await slice.FinishedAsync(await slice.ForkAsync(origin, new { task = "forked" }));

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task Summary_OfAFork_KeepsThePeoplesDecisionsAndTheFormerWords()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Navi:Context:DefaultWindow"] = "8000", ["Navi:Context:MaxTools"] = "6", ["Navi:Context:ToolTokens"] = "1000", ["Navi:Context:ModelSummary"] = "false",
        };
        await using var slice = await Slice.StartAsync(
            (turn, messages) => turn == 0 ? [("ask_person", new { question = "Which colour?" })] : Forked(messages) && turn < 9 ? [("read_file", new { path = "long.txt", start_line = turn })] : [Done], settings);
        await File.WriteAllTextAsync(Path.Combine(slice.Repository, "long.txt"), string.Join('\n', Enumerable.Range(0, 400).Select(n => $"line {n} of the text")));
        await slice.GitAsync("add", "-A");
        await slice.GitAsync("-c", "user.name=T", "-c", "user.email=t@example.invalid", "commit", "-q", "-m", "long");
        var origin = await slice.CreateAsync(task: "the first words");
        using var answered = await slice.DecideAsync(await slice.PendingAsync(origin), new { decision = "respond", answer = "ultramarine" });
        await slice.FinishedAsync(origin);

        var fork = await slice.ForkAsync(origin, new { call_id = "0-0", task = "forked" });
        await slice.FinishedAsync(fork);

        var summaries = await slice.RowsAsync<string>(
            "SELECT convert_from(c.body, 'UTF8') FROM navi.compactions x JOIN navi.contents c ON c.org_id = x.org_id AND c.digest = x.summary_digest WHERE x.task_id = @fork ORDER BY x.number", new { fork });
        Assert.NotEmpty(summaries);
        Assert.Contains("0-0 Which colour?: answered by local: ultramarine", summaries[^1], StringComparison.Ordinal);
        Assert.Contains("from turn 0: the first words", summaries[^1], StringComparison.Ordinal);
    }

    private static bool Forked(IReadOnlyList<ChatMessage> messages) => messages.Any(m => m.Role == ChatRole.User && m.Text.EndsWith("forked", StringComparison.Ordinal));
}
