using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Navi.Orchestrations.Tests.Context;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.Forks;

/// <summary>Forks of finished, running and rejected tasks: what the new one has, and that the other one stays as it is.</summary>
public sealed class ForkTests
{
    private const string Otherwise = "add d.txt instead";
    private static readonly (string, object) Done = ("finish_task", new { status = "done", summary = "finished" });
    private readonly ConcurrentQueue<string> prompts = new();

    [Theory]
    [InlineData("0-1", "b.txt", "c.txt")]
    [InlineData("1-0", "b.txt c.txt", "")]
    [InlineData(null, "b.txt c.txt", "")]
    [InlineData("0-0", "", "b.txt c.txt")]
    public async Task Fork_OfAFinishedTask_PublishesWhatItInheritsAndItsOwnAndLeavesTheOriginAlone(string? callId, string inherited, string later)
    {
        await using var slice = await Slice.StartAsync(Script);
        var origin = await slice.CreateAsync();
        await slice.PublishedAsync(origin);
        var before = await slice.StateAsync(origin);

        var fork = await slice.ForkAsync(origin, callId is null ? new { task = Otherwise } : new { call_id = callId, task = Otherwise });
        var ended = await slice.PublishedAsync(fork);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        Assert.Equal(before, await slice.StateAsync(origin, fork));
        var from = ended.GetProperty("forked_from");
        Assert.Equal((origin, callId ?? "1-0"), (from.GetProperty("task").GetGuid(), from.GetProperty("call_id").GetString()));
        var published = (await slice.GitAsync("ls-tree", "--name-only", $"navi/{fork}")).Split('\n');
        Assert.Equal([.. new[] { "a.txt", "d.txt" }.Concat(inherited.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Order()], published);
        Assert.All(later.Split(' ', StringSplitOptions.RemoveEmptyEntries), f => Assert.DoesNotContain(f, published));
        // The review shows everything that differs from the repository, what was inherited included.
        var diff = await slice.Http.GetStringAsync($"/v1/tasks/{fork}/diff");
        Assert.All(published.Except(["a.txt"]), f => Assert.Contains($"+++ b/{f}", diff, StringComparison.Ordinal));
        Assert.Equal((await slice.TaskAsync(origin)).GetProperty("base_commit").GetString(), ended.GetProperty("base_commit").GetString());
    }

    [Fact]
    public async Task Fork_WithTheSameWords_IsShownTheVeryPromptThatTheOriginWouldHaveSeen()
    {
        await using var slice = await Slice.StartAsync(Script);
        var origin = await slice.CreateAsync();
        await slice.PublishedAsync(origin);

        var fork = await slice.ForkAsync(origin, new { call_id = "0-1" });
        await slice.PublishedAsync(fork);

        var digests = await slice.RowsAsync<string>("SELECT prompt_digest FROM navi.model_turns WHERE turn = 1 AND task_id IN (@origin, @fork)", new { origin, fork });
        Assert.Equal(2, digests.Count);
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public async Task Fork_WithOtherWords_ShowsInheritedCallsAsHistoryAndTheNewWordsAsTheTask()
    {
        await using var slice = await Slice.StartAsync(Script);
        var origin = await slice.CreateAsync(task: "the first words");
        await slice.PublishedAsync(origin);
        prompts.Clear();

        var fork = await slice.ForkAsync(origin, new { call_id = "0-1", task = Otherwise });
        var ended = await slice.PublishedAsync(fork);

        Assert.True(prompts.TryPeek(out var first));
        string[] order = ["the first words", "0-0 read_file", "0-1 write_file", "0-0=", "0-1=", "In place of the task above, do this from here on:", Otherwise];
        Assert.Equal(order.Select(o => first.IndexOf(o, StringComparison.Ordinal)).Order(), order.Select(o => first.IndexOf(o, StringComparison.Ordinal)));
        Assert.True(first.Contains(order[0], StringComparison.Ordinal) && !first.Contains("1-0 write_file", StringComparison.Ordinal), first);
        Assert.Equal(Otherwise, ended.GetProperty("task").GetString());
        Assert.Equal(["task_forked", "task_created", "task_started", "workspace_ready"], await slice.RowsAsync<string>("SELECT type FROM navi.task_events WHERE task_id = @fork ORDER BY seq LIMIT 4", new { fork }));
    }

    [Fact]
    public async Task Fork_CutWithinATurn_ShowsTheCallsUpToTheChosenOneAlone()
    {
        await using var slice = await Slice.StartAsync(Script);
        var origin = await slice.CreateAsync();
        await slice.PublishedAsync(origin);
        prompts.Clear();

        var fork = await slice.ForkAsync(origin, new { call_id = "0-0", task = Otherwise });
        await slice.PublishedAsync(fork);

        Assert.True(prompts.TryPeek(out var first));
        Assert.Contains("0-0 read_file", first, StringComparison.Ordinal);
        Assert.DoesNotContain("0-1", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fork_OfARunningTask_BeginsAfterWhatIsDoneAndNothingElse()
    {
        await using var slice = await Slice.StartAsync((turn, messages) => Asked(messages) ? Script(turn, messages) : turn switch
        {
            0 => Script(0, messages),
            1 => [("ask_person", new { question = "Which colour?" }), ("write_file", new { path = "c.txt", content = "blue\n" })],
            _ => [Done],
        });
        var origin = await slice.CreateAsync();
        var gate = await slice.PendingAsync(origin);
        foreach (var (call, says) in new[] { ("1-0", "Call 1-0 is not done: it is planned."), ("1-1", "Call 1-0, before 1-1, is not done: it is planned.") })
        {
            using var refused = await slice.Http.PostAsJsonAsync($"/v1/tasks/{origin}/fork", new { call_id = call });
            var problem = await refused.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal((HttpStatusCode.Conflict, "urn:navi:problem:not-done", says), (refused.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("title").GetString()));
        }
        var before = await slice.StateAsync(origin);

        var fork = await slice.ForkAsync(origin, new { task = Otherwise });
        var ended = await slice.PublishedAsync(fork);

        Assert.Equal("0-1", ended.GetProperty("forked_from").GetProperty("call_id").GetString());
        Assert.Equal(before, await slice.StateAsync(origin, fork));
        Assert.Equal("a.txt\nb.txt\nd.txt", await slice.GitAsync("ls-tree", "--name-only", $"navi/{fork}"));
        using var answered = await slice.DecideAsync(gate, new { decision = "respond", answer = "blue" });
        await slice.PublishedAsync(origin);
        Assert.Equal("a.txt\nb.txt\nc.txt", await slice.GitAsync("ls-tree", "--name-only", $"navi/{origin}"));
    }

    [Fact]
    public async Task Fork_OfARejectedTask_GoesOnAndIsReviewedItself()
    {
        await using var slice = await Slice.StartAsync(Script);
        var origin = await slice.CreateAsync();
        using var rejected = await slice.DecideAsync(await slice.PendingAsync(origin), new { decision = "reject", reason = "not so" });
        Assert.Equal("rejected", (await slice.FinishedAsync(origin)).GetProperty("stop_reason").GetString());
        var before = await slice.StateAsync(origin);

        var fork = await slice.ForkAsync(origin, new { call_id = "1-0", task = Otherwise });
        var ended = await slice.PublishedAsync(fork);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        Assert.Equal(before, await slice.StateAsync(origin, fork));
        Assert.Equal("a.txt\nb.txt\nc.txt\nd.txt", await slice.GitAsync("ls-tree", "--name-only", $"navi/{fork}"));
        Assert.Equal("", await slice.GitAsync("branch", "--list", $"navi/{origin}"));
    }

    [Fact]
    public async Task Fork_OfAFork_HasAllOfItsHistoryAndBothWords()
    {
        await using var slice = await Slice.StartAsync(Script);
        var origin = await slice.CreateAsync(task: "the first words");
        await slice.PublishedAsync(origin);
        var middle = await slice.ForkAsync(origin, new { call_id = "0-1", task = Otherwise });
        await slice.PublishedAsync(middle);
        var before = await slice.StateAsync(middle);
        prompts.Clear();

        var last = await slice.ForkAsync(middle, new { call_id = "1-0", task = $"once more: {Otherwise}" });
        await slice.PublishedAsync(last);
        // An inherited call is a step like any other; the words at that point were the first ones.
        var early = await slice.ForkAsync(middle, new { call_id = "0-1", task = "the first words" });
        await slice.PublishedAsync(early);

        Assert.True(prompts.TryPeek(out var first));
        Assert.True(first.IndexOf("the first words", StringComparison.Ordinal) is var a and >= 0 && first.IndexOf(Otherwise, StringComparison.Ordinal) is var b && b > a
            && first.IndexOf($"once more: {Otherwise}", StringComparison.Ordinal) > b, first);
        Assert.Equal("a.txt\nb.txt\nd.txt", await slice.GitAsync("ls-tree", "--name-only", $"navi/{last}"));
        Assert.Equal("a.txt\nb.txt\nc.txt", await slice.GitAsync("ls-tree", "--name-only", $"navi/{early}"));
        Assert.Equal(before, await slice.StateAsync(middle, last, early));
        var digests = await slice.RowsAsync<string>("SELECT prompt_digest FROM navi.model_turns WHERE turn = 1 AND task_id IN (@origin, @early)", new { origin, early });
        Assert.Single(digests.Distinct());
    }

    [Fact]
    public async Task Fork_WhoseOriginIsDeleted_KeepsItsHistoryAndItsWorkspace()
    {
        var told = "";
        await using var slice = await Slice.StartAsync((turn, messages) =>
        {
            if (!Asked(messages))
                return Script(turn, messages);
            if (turn == 3)
                told = ScriptedModel.LastResults(messages);
            return turn switch
            {
                1 => [("ask_person", new { question = "Go on?" })],
                2 => [("read_result", new { call_id = "0-0" }), ("read_file", new { path = "b.txt" })],
                _ => [Done],
            };
        });
        var origin = await slice.CreateAsync();
        await slice.PublishedAsync(origin);
        var fork = await slice.ForkAsync(origin, new { call_id = "0-1", task = Otherwise });
        var gate = await slice.PendingAsync(fork);

        await slice.RowsAsync<int>("DELETE FROM navi.tasks WHERE id = @origin", new { origin });
        Directory.Delete(slice.WorkspaceOf(origin), recursive: true);
        using var answered = await slice.DecideAsync(gate, new { decision = "respond", answer = "yes" });
        var ended = await slice.PublishedAsync(fork);

        Assert.Equal("completed_unverified", ended.GetProperty("stop_reason").GetString());
        Assert.Contains("one", told, StringComparison.Ordinal);
        Assert.Contains("two", told, StringComparison.Ordinal);
        Assert.Equal("two", await slice.GitAsync("show", $"navi/{fork}:b.txt"));
        Assert.Equal(origin, ended.GetProperty("forked_from").GetProperty("task").GetGuid());
    }

    // Two turns of work under the first words; under the others one file more, however many turns there were before.
    private IEnumerable<(string, object)> Script(int turn, IReadOnlyList<ChatMessage> messages)
    {
        prompts.Enqueue(Answers.Text(messages));
        if (Asked(messages))
            return messages.Any(m => m.Contents.OfType<FunctionCallContent>().Any(c => c.Arguments?.TryGetValue("path", out var path) == true && $"{path}" == "d.txt")) ? [Done] : [("write_file", new { path = "d.txt", content = "four\n" })];
        return turn switch
        {
            0 => [("read_file", new { path = "a.txt" }), ("write_file", new { path = "b.txt", content = "two\n" })],
            1 => [("write_file", new { path = "c.txt", content = "three\n" })],
            _ => [Done],
        };
    }

    private static bool Asked(IReadOnlyList<ChatMessage> messages) => messages.Any(m => m.Role == ChatRole.User && m.Text.Contains(Otherwise, StringComparison.Ordinal));
}
