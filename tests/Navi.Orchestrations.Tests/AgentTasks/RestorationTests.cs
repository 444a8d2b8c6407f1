using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Navi.Agent.Restoration;
using Navi.Platform.Data;
using Navi.Platform.Tasks.Events;
using Navi.Platform.Tasks.Restoration;
using Navi.Testing.Service;
using Npgsql;

namespace Navi.Orchestrations.Tests.AgentTasks;

/// <summary>After a restore nothing goes on by itself, and what may have happened meanwhile is not done again.</summary>
public sealed class RestorationTests
{
    private static readonly (string, object) Done = ("finish_task", new { status = "done", summary = "finished" });
    private static readonly DateTimeOffset Point = DateTimeOffset.UnixEpoch;

    [Fact]
    public async Task Hold_OpenTasks_AreSuspendedAndGoOnWhenAPersonResumesThem()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("ask_person", new { question = "Well?" })] : [Done]);
        var ended = await slice.CreateAsync("rules", task: "survey this repository", preApprove: true);
        await slice.FinishedAsync(ended);
        var task = await slice.CreateAsync();
        var gate = await slice.PendingAsync(task);

        var report = await HoldAsync(slice);

        var held = Assert.Single(report.Tasks);
        Assert.Equal((task, "local", true, 0, 1), (held.Id, held.Organisation, held.Held, held.InDoubt, report.WorkspacesPutBack));
        Assert.Empty(report.Unknown);
        using (await slice.DecideAsync(gate, new { decision = "respond", answer = "well" }))
            Assert.Equal("planned", (await slice.TaskAsync(task)).GetProperty("calls").EnumerateArray().Single(c => c.GetProperty("call_id").GetString() == "0-0").GetProperty("status").GetString());
        using (var resumed = await slice.Http.PostAsync($"/v1/tasks/{task}/resume", null))
            Assert.Equal(HttpStatusCode.Accepted, resumed.StatusCode);
        Assert.StartsWith("completed", (await slice.FinishedAsync(task)).GetProperty("stop_reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_AnUnsettledIrreversibleCall_IsInDoubtAndNeverRuns()
    {
        var settings = new Dictionary<string, string?> { ["Navi:Sandbox:Bubblewrap"] = "/nonexistent/bwrap", ["Navi:Sandbox:AllowUnsandboxed"] = "true" };
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("run_command", new { command = "touch ../../effect" })] : [Done], settings);
        var task = await slice.CreateAsync();
        var gate = await slice.PendingAsync(task);

        var report = await HoldAsync(slice);

        Assert.Equal(1, Assert.Single(report.Tasks).InDoubt);
        using (await slice.Http.PostAsync($"/v1/tasks/{task}/resume", null))
        using (await slice.DecideAsync(gate, new { decision = "approve" }))
        {
            var ended = await slice.FinishedAsync(task);
            Assert.Equal("failed", ended.GetProperty("stop_reason").GetString());
        }
        var events = await slice.Services.GetRequiredService<TaskEventStore>().ReadAsync(Scope.System, task, 0, 1000, CancellationToken.None);
        Assert.DoesNotContain(events, e => e.Type == "call_started" && e.Data.Contains("run_command", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Hold_Twice_ChangesNothingMore()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("ask_person", new { question = "Well?" })] : [Done]);
        var task = await slice.CreateAsync();
        await slice.PendingAsync(task);
        await HoldAsync(slice);
        var before = await slice.TaskAsync(task);

        await HoldAsync(slice);

        Assert.Equal(before.GetProperty("suspended_at").GetString(), (await slice.TaskAsync(task)).GetProperty("suspended_at").GetString());
        var events = await slice.Services.GetRequiredService<TaskEventStore>().ReadAsync(Scope.System, task, 0, 1000, CancellationToken.None);
        Assert.Contains(RestoredTasks.By, Assert.Single(events, e => e.Type == "task_suspended").Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hold_AWorkspaceWithoutARow_IsNamedAndLeftAlone()
    {
        await using var slice = await Slice.StartAsync((turn, _) => turn == 0 ? [("ask_person", new { question = "Well?" })] : [Done]);
        var task = await slice.CreateAsync();
        await slice.PendingAsync(task);
        await using (var connection = new NpgsqlConnection(slice.ConnectionString))
            await connection.ExecuteAsync("DELETE FROM navi.tasks WHERE id = @task", new { task });

        var report = await HoldAsync(slice);

        Assert.Equal([task], report.Unknown);
        Assert.Empty(report.Tasks);
    }

    private static Task<RestorationReport> HoldAsync(Slice slice) => slice.Services.GetRequiredService<IRestoredInstallation>().HoldAsync(Point, CancellationToken.None);
}
