using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Navi.Platform.Checkpoints;
using Navi.Platform.Data;
using Navi.Platform.Tasks;
using Navi.Platform.Tasks.Events;
using Navi.Testing;
using Navi.Testing.Service;

namespace Navi.Orchestrations.Tests.AgentTasks;

/// <summary>A suspended task begins nothing, loses nothing, and its clocks stand still.</summary>
public sealed class SuspensionTests
{
    private static readonly (string, object) Done = ("finish_task", new { status = "done", summary = "finished" });
    private static readonly (string, object) Ask = ("ask_person", new { question = "Well?" });

    [Fact]
    public async Task Decision_WhileSuspended_IsKeptAndActedOnAfterResume()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [Ask] : [Done]);
        var task = await slice.CreateAsync();
        var gate = await slice.PendingAsync(task);

        Assert.True((await PostAsync(slice, task, "suspend", HttpStatusCode.Accepted)).GetProperty("suspended").GetBoolean());
        using (var decided = await slice.DecideAsync(gate, new { decision = "respond", answer = "well" }))
            Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        await ParkedAsync(slice, task);

        Assert.Equal("planned", (await slice.TaskAsync(task)).GetProperty("calls").EnumerateArray().Single(c => c.GetProperty("call_id").GetString() == "0-0").GetProperty("status").GetString());
        Assert.False((await PostAsync(slice, task, "resume", HttpStatusCode.Accepted)).GetProperty("suspended").GetBoolean());
        var ended = await slice.FinishedAsync(task);
        Assert.Contains(ended.GetProperty("stop_reason").GetString(), new[] { "completed", "completed_unverified" });
        await NothingBeganAsync(slice, task);
    }

    [Fact]
    public async Task Task_SuspendedBeforeItsStart_StaysQueuedAndCancelEndsItAtOnce()
    {
        await using var slice = await Slice.StartAsync((_, _) => [Done]);
        var task = await QueueAsync(slice);
        await PostAsync(slice, task, "suspend", HttpStatusCode.Accepted);

        // The message that starts it was never sent: reconciliation finds it.
        await ParkedAsync(slice, task);
        Assert.Equal("queued", (await slice.TaskAsync(task)).GetProperty("status").GetString());
        await PostAsync(slice, task, "cancel", HttpStatusCode.Accepted);

        Assert.Equal("cancelled", (await slice.FinishedAsync(task)).GetProperty("stop_reason").GetString());
        Assert.Empty((await slice.TaskAsync(task)).GetProperty("calls").EnumerateArray());
    }

    [Fact]
    public async Task Resume_WhoseMessageWasLost_IsSentAgain()
    {
        await using var slice = await Slice.StartAsync((_, _) => [Done]);
        var task = await QueueAsync(slice);
        await PostAsync(slice, task, "suspend", HttpStatusCode.Accepted);
        await ParkedAsync(slice, task);

        // As after a kill between the commit and the sending.
        var (accepted, outbox) = await slice.Services.GetRequiredService<TaskSuspension>().ResumeAsync(Scope.Of("local"), task, "local", CancellationToken.None);

        Assert.True(accepted);
        Assert.Single(outbox);
        await slice.FinishedAsync(task);
    }

    [Fact]
    public async Task Suspend_RepeatedOrOfAnEndedTask_SaysTheSameStateOrTheReason()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [Ask] : [Done]);
        var task = await slice.CreateAsync();
        var gate = await slice.PendingAsync(task);
        await PostAsync(slice, task, "resume", HttpStatusCode.Accepted);
        var first = await PostAsync(slice, task, "suspend", HttpStatusCode.Accepted);
        var second = await PostAsync(slice, task, "suspend", HttpStatusCode.Accepted);
        Assert.Equal(first.GetProperty("suspended_at").GetString(), second.GetProperty("suspended_at").GetString());
        await PostAsync(slice, task, "resume", HttpStatusCode.Accepted);
        using (await slice.DecideAsync(gate, new { decision = "respond", answer = "well" }))
            await slice.FinishedAsync(task);

        Assert.EndsWith("finished", (await PostAsync(slice, task, "suspend", HttpStatusCode.Conflict)).GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("finished", (await PostAsync(slice, task, "resume", HttpStatusCode.Conflict)).GetProperty("type").GetString(), StringComparison.Ordinal);
        await PostAsync(slice, Guid.NewGuid(), "suspend", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Clocks_WhileSuspended_StandStillByTheDatabasesTime()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [Ask] : [Done]);
        var task = await slice.CreateAsync();
        var gate = (await slice.PendingAsync(task)).GetProperty("id").GetGuid();
        await PostAsync(slice, task, "suspend", HttpStatusCode.Accepted);
        var checkpoints = slice.Services.GetRequiredService<CheckpointStore>();

        // As if it had been suspended an hour ago, half an hour before both times would have been over.
        await RunAsync(slice, "UPDATE navi.checkpoints SET suspended_at = now() - interval '60 minutes', expires_at = now() - interval '30 minutes' WHERE task_id = @task", task);
        await RunAsync(slice, "UPDATE navi.tasks SET suspended_at = now() - interval '60 minutes', deadline_at = now() - interval '30 minutes' WHERE id = @task", task);
        Assert.Equal("pending", (await checkpoints.LookAsync(gate, CancellationToken.None)).Status);
        await PostAsync(slice, task, "resume", HttpStatusCode.Accepted);

        var row = await checkpoints.LookAsync(gate, CancellationToken.None);
        Assert.Equal("pending", row.Status);
        Assert.InRange(TimeSpan.FromMilliseconds(row.RemainingMs), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(30));
        Assert.False((await slice.Services.GetRequiredService<TaskStore>().FindAsync(Scope.System, task, CancellationToken.None))!.Overdue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SuspendResumeDecideCancel_InAnyOrder_EndLegallyAndNothingBeginsWhileSuspended(int seed)
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn < 3 ? [Ask, ("list_directory", new { })] : [Done]);
        var random = new Random(seed);
        var task = await slice.CreateAsync();
        for (var i = 0; i < 25; i++)
        {
            var word = random.Next(12) switch { < 5 => "suspend", < 9 => "resume", 11 when seed % 3 == 0 && i > 15 => "cancel", _ => "decide" };
            if (word == "decide")
                await AnswerAsync(slice, task);
            else
                using (await slice.Http.PostAsync($"/v1/tasks/{task}/{word}", null))
                    await slice.TaskAsync(task);
        }
        using (await slice.Http.PostAsync($"/v1/tasks/{task}/resume", null))
            await Wait.UntilAsync(
                async () =>
                {
                    await AnswerAsync(slice, task);
                    return (await slice.TaskAsync(task)).GetProperty("status").GetString() == "finished";
                }, () => $"{task} did not end");

        var ended = await slice.TaskAsync(task);
        Assert.Contains(ended.GetProperty("stop_reason").GetString(), new[] { "completed", "completed_unverified", "cancelled" });
        Assert.False(ended.GetProperty("suspended").GetBoolean());
        Assert.DoesNotContain(ended.GetProperty("checkpoints").EnumerateArray(), c => c.GetProperty("status").GetString() == "pending");
        await NothingBeganAsync(slice, task);
    }

    // Events are numbered under the task's lock, so their order is the order of what happened.
    private static async Task NothingBeganAsync(Slice slice, Guid task)
    {
        var suspended = false;
        foreach (var item in await slice.Services.GetRequiredService<TaskEventStore>().ReadAsync(Scope.System, task, 0, 10_000, CancellationToken.None))
        {
            suspended = item.Type switch { "task_suspended" => true, "task_resumed" or "cancel_requested" => false, _ => suspended };
            Assert.False(suspended && item.Type is "call_started" or "task_started", $"event {item.Seq} of a suspended task: {item.Type} {item.Data}");
        }
    }

    private static async Task AnswerAsync(Slice slice, Guid task)
    {
        foreach (var gate in (await slice.Http.GetFromJsonAsync<JsonElement>($"/v1/checkpoints?status=pending&task={task}")).GetProperty("items").EnumerateArray())
            (await slice.DecideAsync(gate, new { decision = "respond", answer = "well" })).Dispose();
    }

    private static async Task<Guid> QueueAsync(Slice slice) =>
        (await slice.Services.GetRequiredService<TaskStore>().CreateAsync(
            new NewTask("local", "local", slice.Repository, "do it", "scripted", "Local", false, 60, TimeSpan.FromHours(1), null, "digest"), CancellationToken.None)).Task!.Id;

    private static Task ParkedAsync(Slice slice, Guid task) => Wait.UntilAsync(
        () => slice.Services.GetRequiredService<NaviDatabase>().RunAsync(
            Scope.System, c => c.QuerySingleAsync<bool>("SELECT parked FROM navi.tasks WHERE id = @task", new { task }), CancellationToken.None),
        () => $"{task} does not wait");

    private static Task RunAsync(Slice slice, string sql, Guid task) =>
        slice.Services.GetRequiredService<NaviDatabase>().RunAsync(Scope.System, c => c.ExecuteAsync(sql, new { task }), CancellationToken.None);

    private static async Task<JsonElement> PostAsync(Slice slice, Guid task, string word, HttpStatusCode expected)
    {
        using var response = await slice.Http.PostAsync($"/v1/tasks/{task}/{word}", null);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{word}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }
}
